"""Languages: their names in their own script, their direction, and what to show when a text is
missing."""

from collections.abc import Iterable, Mapping, Sequence

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "ckb", "sd", "ug", "yi"})


def direction(language: str) -> str:
    """ "rtl" or "ltr", for the `dir` attribute."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def order_for(
    language: str, fallbacks: Mapping[str, Sequence[str]], languages: Iterable[str]
) -> list[str]:
    """The languages to try for a reader: their own, its fallbacks, then the region's own order."""
    return list(dict.fromkeys([language, *fallbacks.get(language, ()), *languages]))


def best(words: Mapping[str, str], order: Iterable[str]) -> tuple[str, str]:
    """The first text there is, and its language; any language is better than none."""
    for language in order:
        if words.get(language):
            return words[language], language
    return next(((text, language) for language, text in words.items() if text), ("", ""))
