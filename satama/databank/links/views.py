"""The staff side: the report of links that do not work, and replacing one address everywhere."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import user_passes_test
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from satama.web.staff import head

from ..models import Link
from ..models.link import LINK_STATES, LONGEST
from ..roles.scope import scope
from . import actions
from .judging import in_words
from .mentions import Mention, mentions

REPORT = "databank_links"
TITLE = gettext_lazy("Links that do not work")
SURE = ("broken", "moved")
# An address may stand in all of these.
SEE = "databank.view_link"
RIGHTS = [
    SEE,
    *(f"databank.change_{noun}" for noun in ("fact", "entry", "organisation", "place")),
]


class Filters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(state, LINK_STATES[state]) for state in (*SURE, "unsure")],
        empty_label=gettext_lazy("Broken or moved"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Link
        fields = ["state"]

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data["state"]:
            return queryset.filter(state__in=SURE)
        return super().filter_queryset(queryset)


class Report(ReportView):
    """Broken ones first, the oldest trouble first; with everything that names them."""

    model = Link
    permission_policy = ModelPermissionPolicy(Link)
    permission_required = "view"
    page_title = TITLE
    header_icon = "link"
    filterset_class = Filters
    index_url_name = REPORT
    index_results_url_name = f"{REPORT}_results"
    results_template_name = "databank/staff/links.html"

    def get_queryset(self):
        order = [When(state=state, then=Value(place)) for place, state in enumerate(SURE)]
        weight = Case(*order, default=Value(len(SURE)), output_field=IntegerField())
        troubled = Link.objects.exclude(state__in=("new", "good"))
        where = scope(self.request.user, SEE)
        if not where.everywhere:
            told = mentions(timezone.localdate(), set(troubled.values_list("address", flat=True)))
            ours = {mention.address for mention in told if where.covers(mention.noun)}
            troubled = troubled.filter(address__in=ours)
        return troubled.order_by(weight, "since", "address")

    def decorate_paginated_queryset(self, object_list):
        links = list(object_list)
        named: dict[str, list[Mention]] = {link.address: [] for link in links}
        for mention in mentions(timezone.localdate(), named.keys()):
            named[mention.address].append(mention)
        edit = AdminURLFinder(self.request.user).get_edit_url
        return [
            {"link": link, "said": in_words(link.said), "named": told(named[link.address], edit)}
            for link in links
        ]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return context | {"may_replace": may_replace(self.request.user)}


def told(found: list[Mention], edit) -> list[dict]:
    """What names an address, each thing once with its fields."""
    nouns: dict[tuple, dict] = {}
    for mention in found:
        noun = mention.noun
        row = nouns.setdefault((type(noun), noun.pk), {"noun": noun, "where": {}})
        row["where"][mention.where] = True
    return [
        {
            "kind": row["noun"]._meta.verbose_name,
            "name": str(row["noun"]),
            "where": ", ".join(row["where"]),
            "edit": edit(row["noun"]),
        }
        for row in nouns.values()
    ]


def may_replace(user) -> bool:
    return user.has_perms(RIGHTS)


class Replacement(forms.Form):
    new = forms.CharField(label=gettext_lazy("New address"), max_length=LONGEST)

    def __init__(self, data, link: Link) -> None:
        super().__init__(data, initial={"new": link.moved_to})
        self.old = link.address

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        try:
            actions.may_replace(self.old, new)
        except actions.SameAddress:
            raise forms.ValidationError(_("This is the address that it has now.")) from None
        except actions.NotAnAddress:
            raise forms.ValidationError(
                _("Write a whole web address that begins with http:// or https://.")
            ) from None
        return new


@user_passes_test(may_replace)
def replace_everywhere(request, pk: int):
    """GET shows what would change, POST replaces."""
    link = get_object_or_404(Link, pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    form = Replacement(sent or None, link)
    today = timezone.localdate()
    if form.is_valid() and request.method == "POST":
        return _replaced(request, link, form.cleaned_data["new"])
    edit = AdminURLFinder(request.user).get_edit_url
    found = list(mentions(today, {link.address}))
    if found and not any(map(scope(request.user, SEE).covers, (one.noun for one in found))):
        raise PermissionDenied
    ours, others = actions.parted(found, request.user)
    page = {"link": link, "said": in_words(link.said), "form": form}
    page |= {"named": told(ours, edit), "stays": told(others, edit)}
    page |= head(_("Replace everywhere"), (TITLE, REPORT))
    return render(request, "databank/staff/replace_link.html", page)


def _replaced(request, link: Link, new: str):
    try:
        found, stays = actions.replace(
            link.address, new=new, by=request.user, on=timezone.localdate()
        )
    except actions.NothingNamesIt:
        messages.warning(request, _("Nothing has this address any more."))
        return redirect(REPORT)
    except actions.NotYours:
        messages.error(request, _("It stands only in what you may not change now."))
        return redirect(REPORT)
    said = ngettext(
        "The address was replaced in %(count)d place.",
        "The address was replaced in %(count)d places.",
        len(found),
    )
    messages.success(request, said % {"count": len(found)})
    if stays:
        said = ngettext(
            "It stays in %(count)d place that you may not change, or another person has locked.",
            "It stays in %(count)d places that you may not change, or another person has locked.",
            len(stays),
        )
        messages.warning(request, said % {"count": len(stays)})
    return redirect(REPORT)
