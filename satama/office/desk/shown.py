"""What the Desk's pages show of a thread."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from satama.base import languages, words
from satama.databank.reading import lineage, reader_in
from satama.threads.models import KINDS, STATES, Message, Thread

from ..forms import LONGEST
from ..models import Phrase
from ..models.desk import PHRASE_KINDS
from ..shown import page_named
from . import acts, machine, written
from .doors import own_language
from .forms import AnswerForm


@dataclass(frozen=True)
class Row:
    """A thread in the inbox."""

    thread: Thread
    on: date

    @property
    def kind(self) -> Any:
        return KINDS[self.thread.kind]

    @property
    def state(self) -> Any:
        return STATES[self.thread.state]

    @property
    def language(self) -> str:
        return languages.own_name(self.thread.language)

    @property
    def about(self) -> list[str]:
        """Topic, municipality, page: as far as known."""
        of = self.thread
        named = [str(one) for one in (of.topic, of.municipality) if one]
        return named or ([of.page] if of.page else [])

    @property
    def late(self) -> bool:
        return self.thread.answered is None and self.thread.promised < self.on

    @property
    def promise(self) -> str:
        """One sentence; nothing once it was answered."""
        thread, language = self.thread, get_language() or "en"
        if thread.answered or thread.state == "closed":
            return ""
        if thread.promised == self.on:
            return _("Due today")
        if not self.late:
            day = words.near_day(thread.promised, language)
            return _("Promised by %(day)s") % {"day": day}
        days = (self.on - thread.promised).days
        sentence = ngettext("%(days)d day late", "%(days)d days late", days)
        return sentence % {"days": days}

    @property
    def holder(self) -> Any:
        """Who is writing an answer just now."""
        until = self.thread.held_until
        return self.thread.held_by if until and until > timezone.now() else None


@dataclass(frozen=True)
class Line:
    """A message in two languages: the original always, a translation beside it."""

    message: Message
    original: SafeString
    beside: SafeString


def page(thread: Thread, user: Any, **forms: Any) -> dict[str, Any]:
    """All that the page of a thread shows. `forms`: those that were sent and not done."""
    own, region = own_language(thread.region), thread.region
    said = list(thread.messages.select_related("author"))
    last = said[-1].pk if said else 0
    home = reader_in(region, thread.language).base
    answer = forms.pop("answer", None)
    preview = forms.pop("preview", None)
    for name, form in acts.ACTS.items():
        initial = _begun(name, said, last)
        forms.setdefault(name, form(None, thread, initial=initial))
    mine = [message.pk for message in said if message.author_id == user.pk]
    return {
        "thread": thread,
        "row": Row(thread, region.today()),
        "region": region,
        "own": own,
        "lines": [_line(one, home) for one in said],
        "readable": _readable(said, thread, own),
        "last": last,
        "mine": mine[-1] if mine else 0,
        "answer": answer or AnswerForm(None, thread, initial={"seen": last}),
        "overtaken": answer is not None and str(answer["seen"].value()) != str(last),
        "preview": preview,
        "acts": forms,
        "home": home,
        "asked_on": page_named(thread.page, reader_in(region, own)),
        "notes": thread.notes.select_related("author"),
        "given": thread.hand_overs.select_related("to"),
        "phrases": phrases(thread, own),
        "drafts": machine.offered(region, own, thread.language),
        "held": _held(thread, user),
        "user": user,
    }


def _begun(name: str, said: list[Message], last: int) -> dict[str, Any]:
    """What a form that nobody touched has in it."""
    if name == "handing":
        words = [one.text for one in said if one.side == "visitor"]
        return {"shared": "\n\n".join(words)[:LONGEST]}
    return {"seen": last} if name == "called" else {}


def _line(message: Message, home: str) -> Line:
    show = written.told if message.side == "desk" else _plain
    return Line(message, show(message.text, home), show(message.translation, home))


def _readable(said: list[Message], thread: Thread, own: str) -> list[str]:
    """The visitor's languages out of which a machine may translate for us."""
    spoken = dict.fromkeys(message.language for message in said if message.side == "visitor")
    return [code for code in spoken if machine.offered(thread.region, code, own)]


def _plain(text: str, _home: str) -> SafeString:
    """A visitor's words: nothing in them becomes a link."""
    return SafeString(linebreaks(text, autoescape=True))


def phrases(thread: Thread, own: str) -> list[dict[str, Any]]:
    """Approved words that there are in the reader's language, by kind; with the same in ours."""
    rows = Phrase.objects.filter(region__in=lineage(thread.region))
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in PHRASE_KINDS}
    for row in rows:
        if reply := row.said(thread.language):
            found[row.kind].append({"phrase": row, "reply": reply, "own": row.said(own)})
    return [{"kind": PHRASE_KINDS[kind], "rows": some} for kind, some in found.items() if some]


def preview(form: AnswerForm) -> dict[str, Any]:
    """The answer as its reader will see it."""
    kept, thread = form.said(), form.thread
    text = kept.get("translation") or kept["text"]
    language = thread.language if kept.get("translation") else kept["language"]
    home = reader_in(thread.region, thread.language).base
    return {"html": written.told(text, home), "language": language}


def state(thread: Thread, user: Any) -> dict[str, Any]:
    """For the script: the last message, and who else is answering since when."""
    last = thread.messages.values_list("pk", flat=True).last() or 0
    return {"last": last, "held": _held(thread, user)}


def _held(thread: Thread, user: Any) -> str:
    """Who else is answering, in a sentence; else nothing."""
    if Row(thread, thread.region.today()).holder in (None, user):
        return ""
    since = thread.held_since.astimezone(ZoneInfo(thread.region.time_zone))  # type: ignore[union-attr]
    told = {"who": thread.held_by, "time": words.clock(since.time(), get_language() or "en")}
    return _("%(who)s has been answering since %(time)s.") % told
