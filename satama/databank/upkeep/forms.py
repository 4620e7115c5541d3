"""Who keeps a row, and whether a fact may hide itself: said when staff save."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Channel, Region
from ..roles.forms import NounForm

NEVER_HIDDEN = gettext_lazy(
    "People call this in an emergency. It must not hide itself: an old number is better than none."
)


class KeptForm(NounForm):
    """A keeper is somebody who may change the row: others could not answer."""

    def _post_clean(self) -> None:
        super()._post_clean()
        keeper = self.instance.keeper if "keeper" in self.fields else None
        if self.errors or keeper is None or "keeper" not in self.changed_data:
            return
        if not keeper.has_perm(f"databank.change_{self.instance._meta.model_name}", self.instance):
            self.add_error("keeper", _("This person may not change it. Choose another."))


def called() -> set[str]:
    """The slugs of what people call in an emergency, in any region."""
    lists = Region.objects.values_list("emergency", flat=True)
    return {slug for slugs in lists for slug in slugs}


def refuse_to_hide(fact: int | None) -> None:
    """Raises ValidationError where hiding a fact would hurt more than an old one."""
    ways = Channel.objects.filter(Q(fact=fact) | Q(hours=fact), entry__slug__in=called())
    if fact and ways.exists():
        raise ValidationError({"hurts": NEVER_HIDDEN})


def refuse_hiding_ways(slug: str, ways: Iterable[dict[str, Any]]) -> None:
    """The same for the channels that an entry would have."""
    facts = [way.get(key) for way in ways for key in ("fact", "hours")]
    if any(fact and fact.hurts for fact in facts) and slug in called():
        raise ValidationError(NEVER_HIDDEN)
