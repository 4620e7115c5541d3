"""What a command's option names."""

from django.core.management.base import CommandError

from satama.databank.models import Region


def region_named(slug: str) -> Region:
    """The region; a sentence with those that there are when it is none of them."""
    region = Region.objects.filter(slug=slug).first()
    if not region:
        known = ", ".join(Region.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no region {slug!r}; there is: {known or 'none'}.")
    return region
