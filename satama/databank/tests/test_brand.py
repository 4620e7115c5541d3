"""A municipality's colours must be readable; otherwise they are refused, and told why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satama.databank.brand import DEFAULTS, ENOUGH, TOKENS, contrast, css, faults

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_our_own_colours_are_readable():
    assert faults({}) == []
    assert faults(DEFAULTS) == []


@pytest.mark.parametrize(
    ("tokens", "reasons"),
    [
        ({"beacon": "#ff9900"}, ["on-beacon on beacon has a contrast of 2.1:1; 4.5:1 is needed"]),
        ({"deep": "#cccccc"}, ["on-deep on deep has a contrast of 1.6:1; 4.5:1 is needed"]),
        (
            {"quiet": "#999999"},
            [
                "quiet on mist has a contrast of 2.6:1; 4.5:1 is needed",
                "quiet on foam has a contrast of 2.8:1; 4.5:1 is needed",
            ],
        ),
        ({"sparkle": "#ffffff"}, ["unknown token sparkle"]),
        ({"sea": "blue"}, ["sea must look like #0f5485"]),
        ({"sea": "#0F5485"}, ["sea must look like #0f5485"]),
        ({"sea": "#0f5485;}body{display:none"}, ["sea must look like #0f5485"]),
        ({"sea": "#0f5485\n"}, ["sea must look like #0f5485"]),
        ({"radius": "1em"}, ["radius must look like 14px"]),
        ({"radius": "8px\n"}, ["radius must look like 14px"]),
    ],
)
def test_what_cannot_be_read_is_refused(tokens, reasons):
    assert faults(tokens) == reasons


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_bounds(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(st.dictionaries(st.sampled_from(sorted(set(TOKENS) - {"radius"})), COLOURS))
def test_what_passes_can_be_read(tokens):
    if faults(tokens):
        return
    colours = DEFAULTS | {"on-deep": "#ffffff"} | tokens

    assert contrast(colours["on-beacon"], colours["beacon"]) >= ENOUGH
    assert contrast(colours["water"], colours["mist"]) >= ENOUGH
    assert contrast(colours["on-deep"], colours["deep"]) >= ENOUGH


def test_the_tokens_colour_the_light_scheme_only():
    assert css({"sea": "#0f5485", "deep": "#0b3a60"}) == (
        "@media (prefers-color-scheme: light){:root{--deep:#0b3a60;--sea:#0f5485;}}\n"
    )
