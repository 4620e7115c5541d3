"""The forms of our own doors."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from satama.base import languages

from .models import User


class Address(forms.Form):
    """Where the link that signs in is sent."""

    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
    )


class FirstAdministrator(forms.Form):
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first:
            try:
                validate_password(first, User(email=given.get("email", "")))
            except ValidationError as refusal:
                self.add_error("password1", refusal)
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same. Type it again."))
        return given


def mail_languages() -> list[tuple[str, str]]:
    spoken = [(code, languages.own_name(code)) for code, _code in settings.LANGUAGES]
    return [("", gettext("The region's first")), *spoken]


class OwnMails(forms.ModelForm):
    language = forms.ChoiceField(
        label=capfirst(_("language of our mails")), choices=mail_languages, required=False
    )

    class Meta:
        model = User
        fields = ("language",)
