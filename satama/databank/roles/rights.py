"""What each role may do with each noun, where it holds (docs/roles.md). No database.

To `view` a noun is to be offered its rows where a form names one; pages ask for the other verbs."""

from collections.abc import Iterable

ENTER = "wagtailadmin.access_admin"


def _rights(verbs: str, nouns: str, room: str = "databank") -> Iterable[str]:
    return (f"{room}.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split())


# Writers' own pages, outside /staff/, ask for these.
_WRITER = {*_rights("view add change", "entry fact place"), *_rights("view", "organisation")}
_OWNER = {
    *_WRITER,
    *_rights("change", "organisation"),
    *_rights("view add change delete", "member"),
}
_TRANSLATOR = {ENTER, *_rights("view", "entry"), *_rights("view change", "text")}
_TALLY = {*_rights("view add", "contact", "office")}
_ADVISER = {ENTER, "threads.answer_thread", *_rights("add change", "closure"), *_TALLY}
_EDITOR = {
    *_TRANSLATOR,
    *_rights("view add change", "entry fact organisation place topic redirect"),
    *_rights("publish lock unlock", "entry"),
    *_rights("view", "link municipality region"),
    *_rights("add change", "closure"),
    "finder.view_asked",
    *_TALLY,
    *_rights("add change", "outreachplace change", "office"),
    *(f"wagtailimages.{verb}_image" for verb in ("add", "choose", "change")),
}
_COORDINATOR = {
    *_EDITOR,
    *_ADVISER,
    *_rights("delete", "entry fact organisation place topic redirect"),
    *_rights("change", "municipality region"),
    *_rights("delete", "outreachplace change", "office"),
    *_rights("view add change delete", "member"),
    "threads.change_desk",
    *_rights("view add change delete", "phrase", "office"),
    "office.view_wrongdesk",
}

RIGHTS: dict[str, frozenset[str]] = {
    "translator": frozenset(_TRANSLATOR),
    "adviser": frozenset(_ADVISER),
    "editor": frozenset(_EDITOR),
    "coordinator": frozenset(_COORDINATOR),
    "writer": frozenset(_WRITER),
    "owner": frozenset(_OWNER),
}
