"""Languages: their names in their own script, their direction, and what to show when a text is
missing."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "ckb", "sd", "ug", "yi"})
# The variant of BCP 47 for easy language: fi-simple is easy Finnish (selkosuomi).
EASY = "-simple"


def is_easy(language: str) -> bool:
    return language.endswith(EASY)


def plain(language: str) -> str:
    """The language without its easy variant: its words for the service, its dates, its stems."""
    return language.removesuffix(EASY)


@lru_cache
def own_name(language: str) -> str:
    """What the language calls itself: Suomi, العربية, Selkosuomi."""
    if is_easy(language):
        with translation.override(plain(language)):
            return gettext("Easy language")
    name: str = Locale.parse(language.replace("-", "_")).get_display_name() or language
    return name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """ "rtl" or "ltr", for the `dir` attribute."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def order_for(
    language: str, fallbacks: Mapping[str, Sequence[str]], languages: Iterable[str]
) -> list[str]:
    """The languages to try for a reader: their own, also as it is spoken usually, its fallbacks,
    then the region's own order, easy variants last."""
    rest = sorted(languages, key=is_easy)
    return list(dict.fromkeys([language, plain(language), *fallbacks.get(language, ()), *rest]))


def best(words: Mapping[str, str], order: Iterable[str]) -> tuple[str, str]:
    """The first text there is, and its language; any language is better than none."""
    for language in order:
        if words.get(language):
            return words[language], language
    return next(((text, language) for language, text in words.items() if text), ("", ""))
