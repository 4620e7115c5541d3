"""Somebody more who may write for an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.member import ORGANISATION_ROLES


class NewMember(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the person’s e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=list(ORGANISATION_ROLES.items()),
        initial="writer",
        widget=forms.RadioSelect,
    )
