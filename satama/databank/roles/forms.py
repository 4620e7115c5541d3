"""The form of a noun: nobody moves a row out of what they may change, or makes one elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin

from satama.accounts.models import User

from ..models import Region
from .policy import RolePolicy
from .scope import Scope


def publishes(sent: Mapping[str, Any]) -> bool:
    """Whether a button was pressed after which readers may see it. To approve is to publish."""
    return "action-publish" in sent or "action-workflow-action" in sent


class NounForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.for_user:
            self._offer(RolePolicy(type(self.instance)).where(self.for_user, self._verb))

    @property
    def _verb(self) -> str:
        return "change" if self.instance.pk else "add"

    def _offer(self, where: Scope) -> None:
        """The regions in which the person may do this, and the people of those."""
        if "region" in self.fields:
            field, regions = self.fields["region"], where.within(Region.objects.order_by("slug"))
            field.widget = forms.Select()
            field.queryset = regions
            if len(regions) == 1:
                field.initial = regions[0]
        if "keeper" in self.fields:
            self.fields["keeper"].queryset = people(where, self.instance.keeper_id)

    def _verbs(self) -> Iterator[str]:
        yield self._verb
        if isinstance(self.instance, DraftStateMixin) and publishes(self.data):
            yield "publish"

    def _post_clean(self) -> None:
        super()._post_clean()
        may = RolePolicy(type(self.instance)).user_has_permission_for_instance
        user = self.for_user
        if (
            user
            and not self.errors
            and not all(may(user, verb, self.instance) for verb in self._verbs())
        ):
            where = "region" if "region" in self.fields else None
            said = _("You may not do this here. Choose your own region.")
            self.add_error(where, ValidationError(said))


def people(where: Scope, also: int | None) -> QuerySet:
    """Who may be asked to keep something there, and who does already."""
    everybody = User.objects.order_by("email")
    if where.everywhere:
        return everybody
    of = Q(memberships__region__in=where.regions)
    of |= Q(memberships__organisation__region__in=where.regions)
    return everybody.filter(of | Q(pk=also)).distinct()
