"""Members: the page on which coordinators let people in, by their e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views import snippets

from ..models import Member, Organisation
from ..models.member import ORGANISATION_ROLES, REGION_ROLES, ROLES
from . import actions, staff
from .chooser import NobodyChooses
from .forms import NounForm
from .policy import RolePolicy
from .rights import RIGHTS
from .scope import Scope, regions_with


class MemberPolicy(RolePolicy):
    """Leaves the last coordinator's own role alone."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if not super().user_has_permission_for_instance(user, action, instance):
            return False
        try:
            if instance.pk and action in ("change", "delete"):
                actions.may_take(instance, user)  # type: ignore[arg-type]
        except actions.NotDone:
            return False
        return True


class MemberForm(NounForm):
    """Whom, as what, and where; afterwards the role alone changes."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("Who has no account yet gets one.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["email"].initial = self.instance.user.email
            for name in ("email", "region", "organisation"):
                self.fields[name].disabled = True

    def _offer(self, where: Scope) -> None:
        super()._offer(where)
        field = self.fields["organisation"]
        field.widget = forms.Select({"class": "w-max-w-full"})
        field.queryset = where.within(Organisation.objects.order_by("slug"))
        roles = ROLES
        if self.instance.pk:
            roles = REGION_ROLES if self.instance.region_id else ORGANISATION_ROLES
        given = [one for one in roles.items() if regions_with(self.for_user, *RIGHTS[one[0]])]
        self.fields["role"].choices = [("", "---------"), *given]

    def clean(self) -> dict[str, Any]:
        """The role tells which of the two places counts."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["organisation" if cleaned.get("role") in REGION_ROLES else "region"] = None
        return cleaned

    def save(self, commit: bool = True) -> Member:
        asked = self.cleaned_data
        if self.instance.pk:
            actions.change_role(self.instance, role=asked["role"], by=self.for_user)
            return self.instance
        where = asked["region"] or asked["organisation"]
        return actions.invite(asked["email"], role=asked["role"], where=where, by=self.for_user)


Member.base_form_class = MemberForm  # type: ignore[attr-defined]  # Wagtail reads it off the model


class ByAction:
    """Saves by an action, which writes the history, and shows why it refused."""

    form: MemberForm

    def save_instance(self) -> Member:
        return self.form.save()

    def form_valid(self, form: MemberForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except actions.NotDone as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = str(refusal)
            return self.form_invalid(form)  # type: ignore[attr-defined]


class Add(ByAction, snippets.CreateView):
    pass


class Edit(ByAction, staff.EditView):
    pass


class Remove(snippets.DeleteView):
    def delete_action(self) -> None:
        try:
            actions.remove(self.object, by=self.request.user)
        except actions.NotDone:
            raise PermissionDenied from None


class List(staff.IndexView):
    many = False  # one by one: each may be the last who could


class Members(staff.NounViewSet):
    model = Member
    icon = "user"
    list_display = ["user", "role", "region", "organisation", "since"]
    list_filter = ["role", "region"]
    search_fields = ["user__email"]
    panels = [FieldPanel(name) for name in ("email", "role", "region", "organisation")]
    index_view_class = List
    add_view_class = Add
    edit_view_class = Edit
    delete_view_class = Remove
    chooser_viewset_class = NobodyChooses

    @property
    def permission_policy(self) -> MemberPolicy:
        return MemberPolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("user", "region", "organisation")
