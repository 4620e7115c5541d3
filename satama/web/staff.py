"""What our pages among Wagtail's have in common."""

from typing import Any

from django.urls import reverse


def head(title: Any, *above: tuple[Any, str]) -> dict[str, Any]:
    """Wagtail's head of a page: its title, and the way to it by the pages (label, name of the
    address) above."""
    way = [{"url": reverse(name), "label": label} for label, name in above]
    return {"header_title": title, "breadcrumbs_items": [*way, {"url": "", "label": title}]}
