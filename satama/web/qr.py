"""QR codes, drawn in the page itself: no other host learns what is in them."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(text: str, scale: int = 4) -> SafeString:
    """An SVG element without a size of its own; `scale`: of its inner units."""
    svg = segno.make(text, error="m").svg_inline(scale=scale, border=2, omitsize=True)
    return mark_safe(svg)  # noqa: S308  drawn by segno
