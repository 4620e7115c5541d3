"""Staff's pages of what has an address: an act that would lose one stops, says so, and offers to
lead readers on in the same step."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import DeleteView, UnpublishView

from satama.web.staff import head

from ..models import Entry, Redirect, Region, Text
from ..roles.staff import EditView, NounViewSet
from .actions import Lost, lead, nothing_lost, settle
from .forms import Lead, LeadLanguages, RedirectForm
from .losses import FOLDERS, told, without

DELETE = gettext_lazy("Lead readers there, and delete")
UNPUBLISH = gettext_lazy("Lead readers there, and unpublish")


def stop(
    request: HttpRequest,
    addresses: list[str],
    row: Any,
    *,
    button: Any = None,
    choice: Any = None,
    written: int = 0,
) -> HttpResponse:
    """The page that says what would be lost by an act on a row. Its form sends again what was sent,
    and where readers are to be led."""
    losses = told(addresses)
    chosen = request.POST if "lead_to" in request.POST else None
    form = Lead(chosen, losses) if all(loss.path for loss in losses) else None
    back = AdminURLFinder(request.user).get_edit_url(row)
    page = {"losses": losses, "form": form or choice, "sent": _sent(request), "back": back}
    page |= {"written": written, "button": button or _("Lead readers there, and go on")}
    return render(request, "databank/staff/stop.html", page | head(_("Readers would lose this")))


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    left_out = {"csrfmiddlewaretoken", "lead_to"}
    lists = ((name, values) for name, values in request.POST.lists() if name not in left_out)
    return [(name, value) for name, values in lists for value in values]


def wished(request: HttpRequest) -> str:
    return request.POST.get("lead_to", "")


class Delete(DeleteView):
    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        lost = without([self.object])
        protected = self.usage and self.usage.is_protected
        if lost and not protected:
            return stop(request, lost, self.object, button=DELETE)
        return super().get(request, *args, **options)

    def form_valid(self, form: Any) -> HttpResponse:
        act = partial(super().form_valid, form)
        row = copy(self.object)  # deleted, it forgets its number
        return _kept(self.request, row, act, DELETE)

    def delete_action(self) -> None:
        super().delete_action()
        settle(wished(self.request))


class Unpublish(UnpublishView):
    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        lost = without([self.object])
        if lost:
            return stop(request, lost, self.object, button=UNPUBLISH)
        return super().get(request, *args, **options)

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        act = partial(super().post, request, *args, **options)
        return _kept(request, self.object, act, UNPUBLISH)

    def unpublish(self) -> HttpResponse | None:
        answer = super().unpublish()
        settle(wished(self.request))
        return answer


class Edit(EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        self.was = self.model.objects.filter(pk=self.object.pk).first()
        if self.model is Region and (asked := self._ask_for_languages(form)):
            return asked
        try:
            with nothing_lost():
                return super().form_valid(form)
        except Lost as lost:
            if self.expects_json_response:
                return self.json_error_response("validation_error", str(lost))
            return stop(self.request, lost.addresses, self.was)

    def save_action(self) -> HttpResponse:
        settle(wished(self.request))
        now = self.model.objects.get(pk=self.object.pk)
        if getattr(self, "action", "") == "publish" and now.live and now.expire_at:
            self._before_it_ends(now)
        if self.model in FOLDERS and self.was.slug != now.slug:
            said = _("Readers of the old address are led to the new one, in every language.")
            messages.info(self.request, said)
        return super().save_action()

    def _before_it_ends(self, entry: Entry) -> None:
        """A planned end loses the address on a day when nobody is there to be asked."""
        lost = without([entry])
        if lost and not wished(self.request):
            raise Lost(lost)
        lead(lost, to=wished(self.request))

    def _ask_for_languages(self, form: Any) -> HttpResponse | None:
        """The page that asks where readers of the languages that go are led; None when known."""
        region = form.instance
        gone = [code for code in self.was.languages if code not in region.languages]
        choice = LeadLanguages(self.request.POST, gone, region.languages)
        if choice.is_valid():
            for code in gone:
                to = choice.cleaned_data[f"lead_{code}"]
                others = [one for one in region.fallbacks.get(code, ()) if one != to]
                region.fallbacks = {**region.fallbacks, code: [to, *others]}
            return None
        if not any(f"lead_{code}" in self.request.POST for code in gone):
            choice = LeadLanguages(None, gone, region.languages)
        addresses = [f"/{self.was.slug}/{code}/" for code in gone]
        texts = Text.objects.filter(language__in=gone, entry__live=True)
        written = texts.filter(entry__region=region).count()
        return stop(self.request, addresses, self.was, choice=choice, written=written)


def _kept(
    request: HttpRequest, row: Any, act: Callable[[], HttpResponse], button: Any
) -> HttpResponse:
    try:
        with nothing_lost():
            return act()
    except Lost as lost:
        return stop(request, lost.addresses, row, button=button)


class AddressViewSet(NounViewSet):
    edit_view_class = Edit
    delete_view_class = Delete
    unpublish_view_class = Unpublish


Redirect.base_form_class = RedirectForm  # type: ignore[attr-defined]  # Wagtail reads it


class Redirects(AddressViewSet):
    model = Redirect
    icon = "redirect"
    list_display = ["path", "to", "language", "region"]
    list_filter = ["region"]
    search_fields = ["path", "to"]
    panels = [
        FieldPanel("region"),
        FieldPanel("path", help_text=gettext_lazy("Like entries/tax-card, or all of it.")),
        FieldPanel("to"),
        FieldPanel("language", help_text=gettext_lazy("A code such as uk. Empty: all languages.")),
    ]


def before_many(request: HttpRequest, kind: str, rows: list[Any], action: Any) -> None:
    """Wagtail asks before and after an act on many, within its transaction."""
    action.before_many = transaction.savepoint()


def after_many(
    request: HttpRequest, kind: str, rows: list[Any], action: Any
) -> HttpResponse | None:
    if not rows or type(rows[0]) not in (*FOLDERS, Redirect, Region):
        return None
    try:
        settle(wished(request))
    except Lost as lost:
        transaction.savepoint_rollback(action.before_many)
        return stop(request, without(rows) or lost.addresses, rows[0])
    return None
