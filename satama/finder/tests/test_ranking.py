"""What a question wants beside its words, and what that does to an answer."""

from datetime import date

import pytest

from satama.databank.models import Entry
from satama.finder.ranking import Asked, asked, factors

TODAY = date(2026, 11, 22)
TOWNS = {"kokkola": frozenset({"kokkola", "karleby"}), "kannus": frozenset({"kannus"})}
EMPLOYER = {"hire", "rekrytoida"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("how do I get a tax card", Asked(how=True)),
        ("Miten saan verokortin", Asked(how=True)),
        ("كيف أجد شقة", Asked(how=True)),
        ("怎么办居留卡", Asked(how=True)),
        ("doctor today", Asked(today=True)),
        ("LÄKARE IDAG", Asked(today=True)),
        ("หมอวันนี้", Asked(today=True)),
        ("hire a welder", Asked(employer=True)),
        ("day care in Karleby or Kannus", Asked(towns=frozenset({"kokkola", "kannus"}))),
        ("show me", Asked()),
        ("", Asked()),
    ],
)
def test_a_question_is_read(words, wanted):
    assert asked(words, EMPLOYER, TOWNS) == wanted


def weigh(entry: Entry, wants: Asked = Asked(), **more) -> dict[str, float]:  # noqa: B008
    usual = {"towns": (), "home": "kokkola", "ended": False, "open_now": False, "on": TODAY}
    return factors(entry, wants, **usual | more)


def entry(**fields) -> Entry:
    return Entry(**{"kind": "service", "checked": TODAY, "audiences": [], **fields})


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        (weigh(entry()), {}),
        (weigh(entry(), ended=True), {"ended": 0.6}),
        (weigh(entry(status="closed")), {"closed for now": 0.9}),
        (weigh(entry(confirmed=False)), {"not confirmed": 0.97}),
        (weigh(entry(checked=None)), {"long not checked": 0.95}),
        (weigh(entry(checked=date(2025, 11, 22))), {}),
        (weigh(entry(checked=date(2025, 11, 21))), {"long not checked": 0.95}),
        (weigh(entry(kind="guide"), Asked(how=True)), {"guide for how": 1.08}),
        (weigh(entry(), Asked(how=True)), {}),
        (weigh(entry(), Asked(today=True), open_now=True), {"open today": 1.1}),
        (weigh(entry(audiences=["employer"])), {"only for employers": 0.9}),
        (weigh(entry(audiences=["employer"]), Asked(employer=True)), {"for employers": 1.15}),
        (weigh(entry(audiences=["worker", "employer"])), {}),
        (weigh(entry(), towns={"kokkola", "kannus"}), {}),
        (weigh(entry(), towns={"kannus"}), {"of another town": 0.7}),
        (
            weigh(entry(), Asked(towns=frozenset({"kannus"})), towns={"kannus"}),
            {"in the town": 1.2},
        ),
        (
            weigh(entry(), Asked(towns=frozenset({"kannus"})), towns={"kokkola"}),
            {"of another town": 0.7},
        ),
    ],
)
def test_every_factor_has_its_reason(found, reasons):
    assert found == reasons
