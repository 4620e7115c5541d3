"""A region's own colours and corners. Saving refuses what could not be read: contrast under 4.5:1.
Pure."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

COLOUR = re.compile(r"^#[0-9a-f]{6}$")
LENGTH = re.compile(r"^\d{1,2}px$")
# token: (what it colours, the token it is read against, light and dark defaults of that one)
TOKENS = {
    "water": "ink",
    "sea": "links and marks",
    "on-sea": "words on marks",
    "deep": "the band behind the question",
    "beacon": "the button to press next",
    "on-beacon": "words on that button",
    "mist": "the page",
    "foam": "cards",
    "quiet": "secondary words",
    "radius": "corners",
}
DEFAULTS = {
    "water": "#0b2e4f",
    "sea": "#0f5485",
    "on-sea": "#ffffff",
    "deep": "#0b3a60",
    "beacon": "#b8400e",
    "on-beacon": "#ffffff",
    "mist": "#f2f7fa",
    "foam": "#ffffff",
    "quiet": "#48647a",
}
PAIRS = [
    ("water", "mist"),
    ("water", "foam"),
    ("sea", "mist"),
    ("sea", "foam"),
    ("quiet", "mist"),
    ("quiet", "foam"),
    ("on-sea", "sea"),
    ("on-beacon", "beacon"),
    ("on-deep", "deep"),
]
ENOUGH = 4.5  # WCAG 2.2, 1.4.3


def faults(tokens: Mapping[str, str]) -> list[str]:
    """What is wrong with a brand, in plain words; empty when it may be saved."""
    found = [_("unknown token %s") % name for name in tokens if name not in TOKENS]
    for name, value in tokens.items():
        if name in TOKENS and not _is_token(name, value):
            example = "14px" if name == "radius" else "#0f5485"
            found.append(
                _("%(name)s must look like %(example)s") % {"name": name, "example": example}
            )
    if found:
        return found
    colours = {**DEFAULTS, "on-deep": "#ffffff", **tokens}
    for front, behind in PAIRS:
        ratio = contrast(colours[front], colours[behind])
        if ratio < ENOUGH:
            said = {"front": front, "behind": behind, "ratio": f"{ratio:.1f}"}
            sentence = _("%(front)s on %(behind)s has a contrast of %(ratio)s:1; 4.5:1 is needed")
            found.append(sentence % said)
    return found


def _is_token(name: str, value: object) -> bool:
    pattern = LENGTH if name == "radius" else COLOUR
    return name in TOKENS and bool(pattern.fullmatch(str(value)))


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours (#rrggbb), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def css(tokens: Mapping[str, str]) -> str:
    """The tokens as a style sheet for the light scheme; dark keeps our own, which are known to be
    readable."""
    fit = [(name, value) for name, value in sorted(tokens.items()) if _is_token(name, value)]
    lines = "".join(f"--{name}:{value};" for name, value in fit)
    return f"@media (prefers-color-scheme: light){{:root{{{lines}}}}}\n"
