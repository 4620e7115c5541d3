"""The language a question is typed in: by script, by letters that tell, by small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from .letters import WORD, normalise, script
from .wordlists import listed

LONGEST_LOOKED_AT = 300
# Leave the page's own language only for one that is this much better attested, counted in words,
# and by so much better than any other. Measured on tests/data/queries-dev.jsonl and on synonyms.
SURE = 1.2
AHEAD = 0.6
# Where the script rules the page's language out, less will do.
APART = 0.4

SCRIPTS = (
    dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), "ARABIC")
    | dict.fromkeys(("uk", "ru", "be", "bg", "sr", "kk"), "CYRILLIC")
    | dict.fromkeys(("ne", "hi", "mr"), "DEVANAGARI")
    | {"zh": "CJK", "th": "THAI", "ko": "HANGUL", "am": "ETHIOPIC", "ti": "ETHIOPIC"}
    | {"he": "HEBREW", "el": "GREEK", "ta": "TAMIL", "bn": "BENGALI", "my": "MYANMAR"}
)
# The letters that a language has beside those that all with its script share.
LETTERS = {
    "ar": "ةىيكأإؤئء",
    "ckb": "پچژگیکێۆڕڵڤەئ",
    "de": "äöüß",
    "en": "",
    "es": "áéíóúüñ",
    "et": "äöõüšž",
    "fa": "پچژگیکئأ",
    "fi": "äö",
    "fr": "éèêëàâîïôûùçœ",
    "ps": "ټډړږښځڅېۍپچژګیک",
    "ru": "ыэёъ",
    "so": "",
    "sv": "äöåé",
    "tr": "çğıöşüâ",
    "uk": "іїєґ",
    "ur": "ٹڈڑےہھںپچژگیکئ",
    "vi": "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
}
# Endings and joins that are common in one language and rare in the others.
SHAPES = {
    language: re.compile(shape)
    for language, shape in {
        "ar": "^[وبف]?ال..|ة$",
        "de": "sch|(?:ung|ungen|keit|heit|lich)$",
        "en": "th|wh|ght|ck$|(?:ing|ed|ly|ness)$",
        "es": "(?:ción|dad|ado|ada|iento|miso)$",
        "et": "õ|üü|(?:mine|mise|sse|dele|tele|misele)$",
        "fa": "^ن?می|ها$|های$",
        "fi": "yö|uo|ää|äi|yy|(?:s[st][aä]|l[lt][aä]|lle|nen|[iu]us|ys|kset|een|iin|aan|uun)$",
        "fr": "eau|(?:ement|tion|eux|ité|ez)$",
        "ru": "(?:ться|ого|ия|ие|ть|ии|ение)$",
        "so": "dh|aa.*aa|^x|[aeiou]x|q(?!u)|(?:yada|ada|nka|aha|yo)$",
        "sv": "sj[uöäa]|skj|stj|ghet|(?:ning|ningen|else|tionen|het|arna|erna|orna|kort)$",
        "tr": "(?:lar|ler|mak|mek|yor|yorum|nda|nde|lık|lik)$",
        "uk": "(?:ити|ати|ння|ість|ого|ють)$",
    }.items()
}
MARKS = frozenset("".join(LETTERS.values()))


def language_of(text: str, offered: Iterable[str], default: str) -> str:
    """The offered language that the text is in; the default unless another is quite sure."""
    found = WORD.findall(normalise(text[:LONGEST_LOOKED_AT]))
    written = _main_script("".join(found))
    by_primary: dict[str, str] = {}
    for code in sorted(offered, key=len):
        by_primary.setdefault(_primary(code), code)
    own = _primary(default)
    fit = [name for name in {**by_primary, own: default} if _script_of(name) == written]
    if not fit or fit == [own]:
        return default
    if own not in fit and len(fit) == 1:
        return by_primary[fit[0]]
    score = _scores(found, fit)
    first, second = sorted(fit, key=score, reverse=True)[:2]
    lead = score(first) - score(second)
    if own not in fit:
        return by_primary[first] if lead >= APART else default
    sure = score(first) >= score(own) + SURE and lead >= AHEAD
    return by_primary[first] if sure else default


def _scores(found: list[str], languages: list[str]) -> Callable[[str], float]:
    """How much speaks for a language: what is common to several counts for each a share."""
    points: dict[str, float] = dict.fromkeys(languages, 0.0)
    for word in found:
        marks = MARKS.intersection(word)
        having = {name for name in languages if marks <= set(LETTERS.get(name, word))}
        small = {name for name in languages if word in _small_words(name)}
        shaped = {name for name in languages if name in SHAPES and SHAPES[name].search(word)}
        for names, weight in ((having if marks else set(), 1.0), (small, 1.0), (shaped, 0.5)):
            for name in names:
                points[name] += weight / len(names)
        for name in languages:
            if marks and name not in having:
                points[name] -= 1
    return points.__getitem__


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(map(normalise, listed(language)))


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _script_of(language: str) -> str:
    return SCRIPTS.get(language, "LATIN")


def _main_script(letters: str) -> str:
    """The script of most letters; Latin names stand in texts of every script and count last."""
    counts = Counter(script(letter) for letter in letters if letter.isalpha())
    if len(counts) > 1:
        counts["LATIN"] = min(counts["LATIN"], 1)
    return max(counts, key=lambda name: counts[name], default="")
