"""Wagtail's forms about people, made for ours: an e-mail address, perhaps a role, no user name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm
from wagtail.users.views.users import UserViewSet

from . import actions
from .forms import OwnMails
from .models import User


class NameOrRole(forms.Form):
    """A role ("Adviser, Welcome Office") serves as well as a name; both may stay empty."""

    first_name = forms.CharField(label=_("First name or role"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)


class Person(NameOrRole, UserForm):
    password_required = False

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        if commit:
            actions.forget_old_addresses(user)
        return user


class NewPerson(Person, UserCreationForm):
    """Somebody with an account is staff: visitors have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        self.fields["password1"].help_text = _(
            "Leave it empty, and the person makes one with “Forgot your password?” at sign-in."
        )


class ChangedPerson(Person, UserEditForm):
    pass


class OwnName(NameOrRole, NameEmailForm):
    pass


class MailsPanel(BaseSettingsPanel):
    """On one's own account page."""

    name = "mails"
    title = _("Mails to you")
    order = 410  # below the language of the pages
    form_class = OwnMails


class StaffUsers(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        return ChangedPerson if for_update else NewPerson
