"""A partner's pages: home, the short form, a look at it, ending, people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satama.accounts.forms import OwnMails
from satama.accounts.who import may_enter
from satama.web.pages import show

from ..models import Entry, Member, Organisation
from ..reading import Reader
from ..roles.actions import NotDone
from ..upkeep.actions import NotAllowed, confirm, may
from ..views.doors import language_of, region_of
from ..views.entry import context, with_translations
from . import actions, standing
from .door import NotYours, entry_of, organisation_of, organisations, partner
from .forms import ShortForm
from .joining import NewMember

ADD_MEMBER = "databank.add_member"


@require_safe
def lead(request: HttpRequest) -> HttpResponse:
    """From the bare address to the person's own pages, in their language."""
    own = organisations(request) if request.user.is_authenticated else []
    if not own and may_enter(request.user):
        return redirect("wagtailadmin_home")
    found = region_of(request)
    region = next((one.region for one in own if one.region.parent_id), found)
    spoken = getattr(request.user, "language", "")
    language = spoken if spoken in region.languages else language_of(request, region)
    response = redirect("partner_home", region=region.slug, language=language)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@partner
@require_safe
def home(request: HttpRequest, reader: Reader) -> HttpResponse:
    own = organisations(request)
    if not own:
        raise NotYours
    here = [one for one in own if one.region_id in reader.lineage]
    page = {
        "sections": [_section(request, one, reader) for one in here],
        "elsewhere": [one for one in own if one not in here],
        "mails": OwnMails(instance=request.user),
    }
    return show(request, "databank/partner/home.html", page)


@partner
@require_POST
def mails(request: HttpRequest, reader: Reader) -> HttpResponse:
    """In which language we write to this person."""
    form = OwnMails(request.POST, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    return redirect("partner_home", reader.region.slug, reader.language)


def _section(request: HttpRequest, organisation: Organisation, reader: Reader) -> dict:
    lines = standing.lines(organisation, reader.on)
    return {
        "organisation": organisation,
        "lines": lines,
        "public": any(line.confirmable for line in lines),
        "owner": request.user.has_perm(ADD_MEMBER, Member(organisation=organisation)),
    }


@partner
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    organisation = organisation_of(request, reader, slug)
    form = ShortForm(request.POST or None, organisation=organisation, reader=reader)
    if form.is_valid():
        entry = actions.begin(organisation, given=form.cleaned_data, by=request.user)
        return redirect("partner_look", reader.region.slug, reader.language, entry.slug)
    page = {"form": form, "organisation": organisation}
    return show(request, "databank/partner/write.html", page)


@partner
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    entry = entry_of(request, reader, slug)
    form = _form(request.POST or None, entry, reader)
    page = {"form": form, "entry": entry, "organisation": entry.organisation}
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.change(entry, given=form.cleaned_data, seen=seen, by=request.user)
            return redirect("partner_look", reader.region.slug, reader.language, entry.slug)
        except actions.Overtaken:
            page |= _overtaken(request, entry, reader)
        except actions.Locked:
            page["locked"] = True
    (line,) = standing.lines(entry.organisation, reader.on, pk=entry.pk)
    page |= {"line": line, "editor": actions.others_wrote(entry)}
    page.setdefault("locked", actions.locked(entry, request.user))
    return show(request, "databank/partner/write.html", page)


def _form(data, entry: Entry, reader: Reader) -> ShortForm:
    draft = entry.get_latest_revision_as_object()
    return ShortForm(data, organisation=entry.organisation, reader=reader, draft=draft)


def _overtaken(request: HttpRequest, entry: Entry, reader: Reader) -> dict:
    """The form with what this person typed, ready to be sent once they have read the other's."""
    entry.refresh_from_db()
    data = request.POST.copy()
    data["seen"] = _form(None, entry, reader).initial["seen"]
    form = _form(data, entry, reader)
    form.is_valid()
    return {"form": form, "theirs": form.theirs()}


@partner
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """GET shows the page as readers will see it; POST sends it."""
    entry = entry_of(request, reader, slug)
    if request.method == "POST":
        return _send(request, reader, entry)
    draft = with_translations(entry.get_latest_revision_as_object())
    page = context(request, reader, draft) | {
        "share": "",
        "data": None,
        "sent": not entry.has_unpublished_changes or entry.workflow_in_progress,
        "at_once": entry.organisation.trusted and not actions.others_wrote(entry),
        "organisation": entry.organisation,
    }
    return show(request, "databank/partner/look.html", page)


def _send(request: HttpRequest, reader: Reader, entry: Entry) -> HttpResponse:
    try:
        public = actions.send(entry, by=request.user)
    except actions.Locked:
        messages.error(request, _("An editor has locked this page. Nothing was sent."))
        return redirect("partner_home", reader.region.slug, reader.language)
    said = _("It is public now.") if public else _("Sent. You get a mail when it is released.")
    messages.success(request, said)
    return redirect("partner_home", reader.region.slug, reader.language)


@partner
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """GET asks whether they are sure; POST ends it, or asks an editor to."""
    entry = entry_of(request, reader, slug)
    title = standing.lines(entry.organisation, reader.on, pk=entry.pk)[0].text
    if request.method != "POST":
        page = {"entry": entry, "text": title, "organisation": entry.organisation}
        return show(request, "databank/partner/end.html", page)
    try:
        ended = actions.end(entry, by=request.user) or not entry.live
        said = _("It has ended.") if ended else _("Sent. You get a mail when an editor agrees.")
        messages.success(request, said)
    except actions.Locked:
        messages.error(request, _("An editor has locked this page. Nothing was sent."))
    return redirect("partner_home", reader.region.slug, reader.language)


@partner
@require_POST
def true(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    entry = entry_of(request, reader, slug)
    return _confirm(request, reader, [entry], _("Thank you. It says that it was checked today."))


@partner
@require_POST
def all_true(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    organisation = organisation_of(request, reader, slug)
    lines = [line for line in standing.lines(organisation, reader.on) if line.confirmable]
    able = [line.entry for line in lines if may(request.user, line.entry)]
    if left := [line.text.title for line in lines if line.entry not in able]:
        said = _("Left as they were, for an editor to look at: %(titles)s.")
        messages.error(request, said % {"titles": ", ".join(left)})
        return _confirm(request, reader, able, _("Thank you. The others were checked today."))
    thanks = _("Thank you. All of them say that they were checked today.")
    return _confirm(request, reader, able, thanks)


def _confirm(
    request: HttpRequest, reader: Reader, entries: list[Entry], thanks: str
) -> HttpResponse:
    try:
        confirm(entries, by=request.user, on=reader.region.today())
        messages.success(request, thanks)
    except NotAllowed:
        messages.error(request, _("An editor has locked this page. Nothing was sent."))
    return redirect("partner_home", reader.region.slug, reader.language)


@partner
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, reader: Reader, slug: str) -> HttpResponse:
    """Who may write for the organisation; owners let them in."""
    organisation = organisation_of(request, reader, slug, ADD_MEMBER)
    form = NewMember(request.POST or None)
    if form.is_valid():
        try:
            actions.let_in(
                organisation, **form.cleaned_data, by=request.user, language=reader.language
            )
            messages.success(request, _("They get a mail that says how to sign in."))
            return redirect("partner_people", reader.region.slug, reader.language, slug)
        except (actions.LastOwner, NotDone) as refusal:
            form.add_error("role", str(refusal))
    page = {"form": form, "organisation": organisation, "members": _members(organisation)}
    return show(request, "databank/partner/people.html", page)


def _members(organisation: Organisation):
    return organisation.members.select_related("user").order_by("user__email")


@partner
@require_POST
def leave(request: HttpRequest, reader: Reader, slug: str, member: int) -> HttpResponse:
    """An owner takes somebody's role away."""
    organisation = organisation_of(request, reader, slug, ADD_MEMBER)
    found = _members(organisation).filter(pk=member).first()
    try:
        if found:
            actions.let_out(found, by=request.user)
        messages.success(request, _("They cannot write for the organisation any more."))
    except (actions.LastOwner, NotDone) as refusal:
        messages.error(request, str(refusal))
    return redirect("partner_people", reader.region.slug, reader.language, slug)
