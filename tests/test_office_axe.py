"""What staff of the office open less often, looked at by axe: the poster, its places, what was
done about feedback, and the mails that did not leave."""

import pytest

from .test_axe import AXE, RUN
from .test_editing import WAGTAILS
from .test_office_pages import AA, sign_in
from .visit import python

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("staff")]

SET_UP = """
from satama.base.models import Mail
from satama.databank.models import Region
from satama.office.models import Change, OutreachPlace
kokkola = Region.objects.get(slug="kokkola")
place, _new = OutreachPlace.objects.get_or_create(region=kokkola, name="Zq clinic", kind="clinic")
texts = {"en": "A bigger map.", "ar": "خريطة أكبر."}
change = Change.objects.create(region=kokkola, day="2026-11-20", texts=texts)
said = "550 No such user"
_ = Mail.objects.create(to="amina@mail.example", text="?", state="failed", tries=8, said=said)
_ = Mail.objects.create(to="oleh@mail.example", text="?", state="unsure", tries=1)
print(place.pk, change.pk)
"""
TEAR_DOWN = """
from satama.base.models import Mail
from satama.office.models import Change, OutreachPlace
OutreachPlace.objects.filter(name="Zq clinic").delete()
Change.objects.filter(texts__en="A bigger map.").delete()
Mail.objects.filter(state__in=["failed", "unsure"]).delete()
"""


@pytest.fixture(scope="module")
def rows(server) -> dict[str, str]:
    place, change = python(server, *SET_UP.strip().splitlines()).split()
    yield {"place": place, "change": change}
    python(server, *TEAR_DOWN.strip().splitlines())


@pytest.fixture
def tab(request, server, chromium):
    """Of an administrator, in a language and as wide as named."""
    language, width = request.param
    context = chromium.new_context(
        bypass_csp=True, locale=language, viewport={"width": width, "height": 800}
    )
    yield sign_in(server, context)
    context.close()


def faults(tab) -> list[str]:
    tab.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished))")
    tab.evaluate(AXE)
    report = tab.evaluate(RUN, AA)
    assert report["passes"]  # it did look
    found = [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in report["violations"]
        for node in fault["nodes"]
        if (fault["id"], node["target"][0]) not in WAGTAILS
    ]
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["wider than the window"] if wide else [])


@pytest.mark.parametrize("tab", [("en", 1280), ("fi", 360)], indirect=True)
@pytest.mark.parametrize("languages", ["?language=en", "?language=ar", ""])
def test_axe_finds_no_fault_on_a_poster(server, rows, tab, languages):
    tab.goto(f"{server.url}/staff/outreach/{rows['place']}/poster/{languages}")

    assert tab.locator("html").get_attribute("dir") == ("rtl" if "ar" in languages else "ltr")
    assert faults(tab) == []


@pytest.mark.parametrize("tab", [("en", 1280), ("fi", 360)], indirect=True)
@pytest.mark.parametrize(
    "path",
    [
        "snippets/office/outreachplace/",
        "snippets/office/outreachplace/add/",
        "snippets/office/outreachplace/edit/{place}/",
        "snippets/office/change/",
        "snippets/office/change/add/",
        "snippets/office/change/edit/{change}/",
        "reports/mails/",
    ],
)
def test_axe_finds_no_fault_of_ours_on_these_pages(server, rows, tab, path):
    tab.goto(f"{server.url}/staff/{path.format(**rows)}")
    assert tab.locator("main form, main table, main .listing").count() > 0
    assert faults(tab) == []


@pytest.mark.parametrize("tab", [("en", 1280), ("fi", 360)], indirect=True)
@pytest.mark.parametrize("noun", ["outreachplace", "change"])
def test_axe_finds_no_fault_of_ours_in_a_form_that_is_refused(server, tab, noun):
    tab.goto(f"{server.url}/staff/snippets/office/{noun}/add/")
    tab.locator("main form").last.evaluate("form => { form.noValidate = true; }")
    with tab.expect_navigation():
        tab.locator("main footer button[type=submit]").first.click()

    assert tab.locator(".error-message").count() == 2
    assert faults(tab) == []
