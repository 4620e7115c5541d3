"""What in a text may tell who wrote it: names, numbers, addresses. In doubt, it does. No database.

To point at for a person who looks; who must decide alone asks `looks_personal` of the finder."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SERVICE_NUMBERS = {"112", "116000", "116006", "116111", "116117", "116123"}
NUMBER = re.compile(r"\d(?:[\W_]*\d)*")
ADDRESS = re.compile(r"@|[(\[] ?at ?[)\]]|\bat\b.*\bdot\b|\b(?:gmail|hotmail|icloud|yahoo)\b")
SURNAME = re.compile(r"(?:[fklnrt]sson|chenko|енко|ович|евич)\b")
INTRODUCTION = re.compile(
    r"\b(?:my name is|(?:mun |minun )?nim(?:eni|i) on|jag heter|mitt namn ar|minu nimi on"
    r"|ich heiss?e|mein name ist|je m appelle|mon nom est|me llamo|mi nombre es|benim adim"
    r"|magacaygu|toi ten la|ten toi la|мене звати|меня зовут|моє ім я|мое имя|اسمي|نام من|اسم من"
    r"|मेरो नाम)\b|ฉันชื่อ|ผมชื่อ|我叫|我的名字"
)
# Given and family names that are no everyday word in a language of ours, and no public name here.
NAMES = """
aino anja anna anneli annika antti anu eero eeva eila eino elina emilia erkki hanna hannu harri
heidi heikki helena henna iida ilkka ismo jaakko jaana janne jari jenni johanna joonas jorma juha
juhani jukka jyrki kaarina kaija kalevi kalle katja katri kimmo kirsi kristiina laura lauri leena
liisa marjatta markku marko matti merja mervi mikko mirja niko nina olli outi pasi pekka
pertti petri pirjo pirkko päivi raija raimo reijo riikka riitta risto ritva saara sakari samuli
sauli seija seppo sinikka sirpa soile tarja teemu tero tiina tommi toni tuija tuomas tuomo
tuula ulla veikko venla vesa virpi ahonen heikkilä heikkinen heinonen hiltunen hämäläinen jokinen
järvinen kinnunen korhonen koskinen lahtinen laitinen lehtinen lehtonen leinonen leppänen
mattila mäkelä mäkinen nieminen rantanen saarinen salminen salonen tuominen turunen virtanen
astrid birgitta britta camilla carina christina emma erik eva fredrik gunilla gunnar gustav
henrik ingrid johan jonas karin karl kerstin kristina lars magnus marianne mattias mikael monica
niklas nils patrik sara stefan susanne sven ulf ulrika andres juri kadri katrin kersti
kristjan margus piret priit tiit toomas triin urmas antonio carlos carmen daniel david elizabeth
francisco jennifer jessica john jose juan luis maria mary michael miguel pedro peter robert sarah
thomas william abdi abdullahi ahmed ahmet ali amina asha axmed ayse cabdi elif emine fadumo
fatima fatma hakan halima hassan hatice hodan huseyin hussein ibrahim ifrah ismail khadija khalid
maxamed mehmet mohamed mohammad mohammed muhammad mustafa nasra omar osman sahra warsame xasan
yusuf zahra zeynep gurung khan krishna kumar patel rajesh ramesh sharma shrestha singh sunil
suresh tamang thapa aleksandr alexander anastasia andrei andrey andrii bohdan dmitri dmytro
ekaterina elena halyna igor ihor irina iryna ivan kateryna liudmyla maksym mariia mikhail mykhailo
mykola natalia nataliia natalya nikolai oksana oleg oleh oleksandr oleksii olena olga olha pavel
pavlo petro serhii sergei sergey svetlana svitlana taras tatiana tetiana vasyl viktor viktoriia
vladimir volodymyr yulia yuliia yuri yurii олександр александр олексій алексей сергій сергей андрій
андрей дмитро дмитрий володимир владимир микола николай іван иван олег ігор игорь юрій юрий василь
василий віктор виктор михайло михаил павло павел петро петр тарас богдан максим денис артем наталія
наталья наталия оксана олена елена ольга ірина ирина світлана светлана тетяна татьяна людмила
галина катерина екатерина юлія юлия анна ганна марія мария анастасія анастасия вікторія виктория
оля саша маша наташа таня лена дарина даша محمد أحمد حسين فاطمة عائشة خديجة مريم يوسف إبراهيم مصطفى
خالد عبدالله زينب سارة ليلى محمود طارق حمزة زهرا فاطمه مهدی نرگس
"""

MAIL = re.compile(r"[^\s,;:<>()]+@[^\s,;:<>()]*[^\s,;:<>().!?]")
PRICE = re.compile(r"\s*(?:€|eur)", re.IGNORECASE)  # behind a number
CODE = re.compile(r"\b\d{6}[-+A-FU-Ya-fu-y]\d{3}\w\b")  # of a person, in Finland
LETTERS = re.compile(r"[^\W\d_]+")
AFTER = 2  # words after "my name is"


@dataclass(frozen=True)
class Mark:
    """Where: from `start` to before `end`."""

    start: int
    end: int


def marks(text: str) -> list[Mark]:
    """What to look at, in order, none within another."""
    found: list[Mark] = []
    for mark in sorted(_marks(text), key=lambda mark: (mark.start, -mark.end)):
        if found and mark.start < found[-1].end:
            found[-1] = Mark(found[-1].start, max(mark.end, found[-1].end))
        else:
            found.append(mark)
    return found


def has_number(text: str) -> bool:
    """Three digits in a row, or five in all, that are no service number."""
    left = [found[0] for found in NUMBER.finditer(text) if _digits(found[0]) not in SERVICE_NUMBERS]
    return bool(re.search(r"\d{3}", " ".join(left))) or len(_digits(" ".join(left))) >= 5


def _marks(text: str) -> Iterator[Mark]:
    for found in (*MAIL.finditer(text), *CODE.finditer(text)):
        yield Mark(*found.span())
    for found in NUMBER.finditer(text):
        if has_number(found[0]) and not PRICE.match(text, found.end()):
            yield Mark(*found.span())
    folded = "".join(_fold(letter) for letter in text)
    for found in (*SURNAME.finditer(folded), *LETTERS.finditer(folded)):
        word = _word(folded, found.start())
        if found.re is SURNAME or folded[slice(*word)] in _NAMES:
            yield Mark(*word)
    for found in INTRODUCTION.finditer(folded):
        following = list(LETTERS.finditer(folded, found.end()))[:AFTER]
        yield Mark(found.start(), following[-1].end() if following else found.end())
    for one, other in pairwise(LETTERS.finditer(text)):
        apart = text[one.end() : other.start()]
        if apart in (" ", "-") and _is_capital(one[0]) and _is_capital(other[0]):
            yield Mark(one.start(), other.end())


def _is_capital(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _word(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _digits(text: str) -> str:
    return "".join(str(int(c)) for c in text if c.isdecimal())


def _fold(letter: str) -> str:
    """One letter for one: small, without the marks of Latin letters; a space for all else."""
    if not letter.isalnum():
        return " "
    small = letter.lower()
    bare = unicodedata.normalize("NFD", small)[:1] if letter.isascii() or _latin(small) else small
    return bare if len(bare) == 1 else letter


def _latin(letter: str) -> bool:
    return unicodedata.name(letter[:1], "").startswith("LATIN")


_NAMES = frozenset("".join(_fold(letter) for letter in NAMES).split())
