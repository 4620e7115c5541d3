"""Fields of forms that others wrote, as we show fields."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The input without a placeholder (its label says it), and known to password keepers."""
    attrs: dict[str, str | bool] = {"placeholder": False}
    if field.name in {"login", "email"}:
        attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    if field.field.widget.attrs.get("autocomplete") == "one-time-code":
        attrs["inputmode"] = "numeric"
    return field.as_widget(attrs=attrs)
