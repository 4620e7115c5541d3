"""Finnish: base forms by libvoikko where it is installed, else Snowball and rules of our own."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import Any

from .snowball import snowball

_V = "[aeiouyäö]"
_OWNER = "(?:[sn]i|ns[aä]|mme|nne)?"

# Before Snowball: weak grades made strong, words so short that it leaves them, and the endings
# that it takes for others ("lupa" is no "lu" with -pa, "kunta" no partitive of "kun").
_BEFORE = [
    (re.compile(one), other)
    for one, other in (
        ("^töi(?=.)", "työ"),
        (
            rf"^(.?{_V}{{2}})(?:n|t|n[aä]|ss[aä]|st[aä]|h{_V}n|ll[aä]|lt[aä]|lle|ksi|t[aä]"
            rf"|iden|it[aä]){_OWNER}$",
            r"\1",
        ),
        ("la(?:psi|st(?:en|a))$", "lapse"),
        ("kieltä$", "kiele"),
        ("nn(?!e$)", "nt"),
        ("ng", "nk"),
        ("nkin$", "nki"),
        (rf"({_V}s)te(?=n|ns[aä]$)", r"\1e"),
        (
            rf"(.{{2}}{_V})(?:minen|mise.{{0,6}}"
            r"|mis(?:t[aä]|ten|iin|i[aä]|i[sl][stl][aäe]).{0,3})$",
            r"\1",
        ),
    )
]
_WHOLE = re.compile(rf"(.*(?:..nt|[aeiouyäölmp]p))[aä](?:[aä]n)?{_OWNER}$")
# After it: vowels that change before endings, and consonants that change with them.
_AFTER = [
    (re.compile(one), other)
    for one, other in (
        ("(.{3}[ouyö])j$", r"\1"),
        ("([oö])ks$", r"\1s"),
        ("(.{3}[uy])(?:s|t|d|de|te|ks)$", r"\1"),
        ("(.{3}i)[nsm]$", r"\1"),
        (rf"(.{{3}}[^aeiouyäö]|.{{2}}[^aeiouyäö](?={_V}$)){_V}+$", r"\1"),
        ("(.{3}[^aeiouyäö])[aä]s$", r"\1"),
        ("(vuo|kau|ve|kä|uu)(?:s|d|t|nt?)$", r"\1d"),
        ("mieh?$", "mies"),
        ("([ao])ik$", r"\1j"),
        ("(^|.{3})([hlt][aue])[ue]$", r"\1\2k"),
        ("(.{2}l)[tl]$", r"\1"),
        ("(.{2})([kpt])\\2$", r"\1\2"),
    )
]
_SOFT = str.maketrans("pt", "vd")
_turn = threading.Lock()  # one word at a time: Voikko is not made for several threads


def finnish(word: str) -> str:
    """The base form, or what the forms of a word share as far as rules can tell."""
    return _base_form(word) or by_rules(word)


def by_rules(word: str) -> str:
    """Brings together oleskelulupa and oleskeluluvan, kunta and kuntaan, työ and töissä."""
    for one, other in _BEFORE:
        word = one.sub(other, word)
    whole = _WHOLE.match(word)
    stem = whole[1] if whole else snowball(word, "finnish")
    for one, other in _AFTER:
        stem = one.sub(other, stem)
    return stem[:-1] + stem[-1:].translate(_SOFT)


def _base_form(word: str) -> str:
    """The word itself where it is one, else its shortest base form; nothing when not known."""
    voikko = _voikko()
    if voikko is None:
        return ""
    with _turn:
        readings = voikko.analyze(word)
    bases = {reading["BASEFORM"].lower() for reading in readings if "BASEFORM" in reading}
    if word in bases or not bases:
        return word if bases else ""
    shortest = min(map(len, bases))
    # Of "vera" and "vero" for "veroja" the latter: plurals in -oja are more often of words in -o.
    return max(base for base in bases if len(base) == shortest)


@cache
def _voikko() -> Any:
    """Voikko, when its library, its Finnish words and its Python module are installed."""
    try:
        import libvoikko
    except ImportError:
        return None
    try:
        return libvoikko.Voikko("fi")
    except (OSError, libvoikko.VoikkoException):
        return None
