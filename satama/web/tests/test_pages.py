"""The whole page, or the part that htmx asks for; and the last resort when all is broken."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from satama.web.pages import Frame, cacheable, show
from satama.web.templatetags.web import icon, linked_data
from satama.web.views import WORDS, broken


@pytest.fixture
def two_templates(settings):
    """Two templates of our own: a page and its part."""
    words = {"page.html": "page {{ word }}", "part.html": "part {{ word }}"}
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", words)]},
        }
    ]


def shown(part: str = "part.html", **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers)
    return show(request, "page.html", {"word": "harbour"}, part=part)


@pytest.mark.usefixtures("two_templates")
@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({}, "page harbour"),
        ({"HX-Request": "true"}, "part harbour"),
        ({"HX-Request": "false"}, "page harbour"),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, "page harbour"),
        ({"HX-Request": "true", "HX-History-Restore-Request": "false"}, "part harbour"),
    ],
)
def test_htmx_gets_the_part_and_everyone_else_the_page(headers, text):
    answer = shown(**headers)

    assert answer.content.decode() == text
    assert answer.headers["Vary"] == "HX-Request"


@pytest.mark.usefixtures("two_templates")
def test_a_page_without_a_part_is_the_page_for_all():
    answer = shown(part="", **{"HX-Request": "true"})

    assert answer.content.decode() == "page harbour"
    assert "Vary" not in answer.headers


@pytest.mark.usefixtures("two_templates")
def test_the_status_is_passed_on():
    assert show(RequestFactory().get("/"), "page.html", status=404).status_code == 404


@pytest.mark.parametrize(("params", "header"), [((), "-"), (("topic", "page"), "topic,page")])
def test_a_page_says_what_it_depends_on(params, header):
    assert cacheable(HttpResponse(), *params).headers["X-Page-Params"] == header


def test_the_canonical_address_is_the_public_one(settings):
    settings.PUBLIC_URL = "https://satamala.example"
    frame = Frame("Satamala", "/satamala/en/", "en", "ltr", "/satamala/en/about")

    assert frame.canonical == "https://satamala.example/satamala/en/about"


def test_structured_data_cannot_end_its_element():
    data = linked_data({"name": "</script><script>alert('&')</script>"})

    assert data == (
        '<script type="application/ld+json">{"name":"\\u003C/script\\u003E\\u003Cscript\\u003E'
        "alert('\\u0026')\\u003C/script\\u003E\"}</script>"
    )
    assert linked_data(None) == ""


def test_an_icon_is_hidden_from_who_listens():
    assert 'aria-hidden="true"' in icon("phone")
    assert icon("no-such-icon") == icon("") == ""


@pytest.mark.parametrize("language", WORDS)
def test_the_last_resort_speaks_the_language_of_the_address(language):
    answer = broken(RequestFactory().get(f"/satamala/{language}/find"))

    page, (title, text) = answer.content.decode(), WORDS[language]
    direction = "rtl" if language == "ar" else "ltr"
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f"<h1>{title}</h1><p>{text}</p>" in page


@pytest.mark.parametrize("path", ["/", "/x", "/satamala/xx/", "//"])
def test_the_last_resort_speaks_english_otherwise(path):
    request = RequestFactory().get("/")
    request.path = path

    assert '<html lang="en" dir="ltr">' in broken(request).content.decode()
