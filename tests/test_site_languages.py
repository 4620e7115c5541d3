"""Every page in every language: nothing left in English, nothing mixed, every plural."""

import gettext
import re
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, NavigableString

from satama.base.languages import direction, is_easy, plain
from satama.finder.engine.analysis import scripts

from .visit import LANGUAGES, ask, language_of

pytestmark = pytest.mark.xdist_group("server")

LOCALE = Path(__file__).resolve().parents[1] / "satama" / "locale"
TRANSLATED = [code for code in LANGUAGES if code != "en" and not is_easy(code)]
SCRIPTS = {"uk": "CYRILLIC", "ru": "CYRILLIC", "ar": "ARABIC"}
HEARD = ("aria-label", "placeholder", "alt", "title", "content")
# Small words that stand in almost every sentence of a language, and in no sentence of the others.
TELLING = {
    "fi": {"ja", "tai", "jos", "voit", "sinun", "että", "myös", "sitten"},
    "sv": {"och", "att", "är", "också", "eller", "för", "från", "din"},
    "en": {"the", "and", "you", "your", "with", "of", "is", "are"},
    "uk": {"або", "та", "ви", "що", "ваш", "якщо", "є"},
    "ru": {"или", "вы", "что", "ваш", "если", "это", "и"},
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_of_the_service_is_left_in_english(soups, language):
    untranslated = [piece for piece in english_pieces(language) if len(piece) > 16]
    left = {}
    for url, soup in soups.items():
        if language_of(url) != language:
            continue
        said = own_words(soup, language)
        found = [piece for piece in untranslated if piece in said]
        left |= {piece: url for piece in found}

    assert left == {}


def english_pieces(language: str) -> set[str]:
    """What stands between the placeholders of each message that has other words here."""
    pieces = set()
    for message in catalogue_of(language):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        own = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not set(english) & set(own):
            for text in english:
                pieces |= {" ".join(part.split()) for part in re.split(r"%\(\w+\)s|<[^>]*>", text)}
    return pieces


def own_words(soup: BeautifulSoup, language: str) -> str:
    """What a reader sees or hears, without what is marked as being in another language."""
    seen, heard, waiting = [], [], [soup.html]
    while waiting:
        for part in waiting.pop().contents:
            if isinstance(part, NavigableString):
                seen += [] if isinstance(part, Comment) else [part]
            elif part.get("lang", language) == language and part.name not in {"script", "style"}:
                heard += [part[name] for name in HEARD if part.get(name)]
                waiting.append(part)
    return "\n".join(" ".join(words.split()) for words in [*seen, *heard])


def catalogue_of(language: str):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_number_of_answers_stands_in_the_right_plural(server, soups, language):
    catalogue = catalogue_of(language)
    plural = gettext.c2py(catalogue.plural_expr)
    forms = catalogue.get("%(count)s answer").string
    topics = [url for url in soups if f"/{language}/topics/" in url]
    counts = set()

    for url in topics:
        page = ask(f"{server.url}/kokkola/{language}/find?topic={url.rsplit('/', 1)[1]}").soup
        status = page.select_one("[role=status]").get_text(" ", strip=True)
        count = int(re.search(r"\d+", status)[0])
        counts.add(count)
        assert status.startswith(forms[plural(count)] % {"count": count}), url

    assert len(counts) > 3


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_counted_message_has_all_the_plurals_of_its_language(language):
    catalogue = catalogue_of(language)
    forms = len(Locale.parse(language).plural_form.tags) + 1
    counted = [message for message in catalogue if message.pluralizable]

    # Ukrainian and Russian: "many" and "other" (fractions) are one form in gettext.
    assert catalogue.num_plurals in {forms, forms - 1}
    assert counted
    assert all(len(m.string) == catalogue.num_plurals and all(m.string) for m in counted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_in_another_language_is_marked_so(soups, language):
    mixed = {}
    for url, soup in soups.items():
        if language_of(url) != language:
            continue
        for text, spoken in spoken_texts(soup):
            if not reads_as(text, plain(spoken)):
                mixed.setdefault(f"{spoken}: {text[:80]}", url)

    assert mixed == {}


def spoken_texts(soup: BeautifulSoup):
    """Each piece of text with the language it claims to be in; names and addresses left out."""
    for text in soup.body.find_all(string=True):
        words = " ".join(text.split())
        outer = list(text.parents)
        if not words or isinstance(text, Comment):
            continue
        if any(tag.name in {"script", "bdi"} or tag.get("dir") == "ltr" for tag in outer[:-3]):
            continue
        yield words, next(tag["lang"] for tag in outer if tag.get("lang"))


def reads_as(text: str, language: str) -> bool:
    """Whether the text may be in the language: by its letters, or by the small words in it."""
    own_script = SCRIPTS.get(language, "LATIN")
    found = scripts(text)
    if len(re.findall(r"[^\W\d_]{2,}", text)) > 3 and found and own_script not in found:
        return False
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    others = [code for code, small in TELLING.items() if len(words & small) > 1]
    return not others or language in others or bool(words & TELLING.get(language, set()))


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("You can call us and ask.", "fi", False),
        ("Voit soittaa, jos sinun pitää.", "sv", False),
        ("Call the office today please", "ar", False),
        ("Якщо ви вже тут", "ru", False),
        ("Soita Suomi.fi-palveluun, jos voit.", "fi", True),
        ("Kela, DVV, Migri", "ar", True),
        ("Job Market Finland: موقع الوظائف", "ar", True),
    ],
)
def test_what_tells_languages_apart(text, language, right):
    assert reads_as(text, language) == right


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_marked_as_another_language_has_its_direction(soups, language):
    wrong = {}
    for url, soup in soups.items():
        if language_of(url) != language:
            continue
        for tag in soup.main.select("[lang]"):
            across = direction(tag["lang"]) != direction(language)
            if across and tag.name != "bdi" and tag.get("dir") != direction(tag["lang"]):
                wrong.setdefault(str(tag)[:80], url)

    assert wrong == {}
