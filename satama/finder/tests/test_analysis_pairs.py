"""Pairs of words that a reader takes for one, in Finnish and Swedish: how many meet."""

from satama.finder.engine.analysis import finnish, parts, words
from satama.finder.engine.analysis.snowball import snowball

# Own lists: inflected, then compounds with a word in them, then derived.
FINNISH = """
oleskeluluvan oleskelulupa|asunnot asunto|työpaikkoja työpaikka|kansalaisuutta kansalaisuus
pankin pankki|töitä työ|lasten lapsi|kuntaan kunta|vuoden vuosi|kielen kieli|kaupungissa kaupunki
hakemuksen hakemus|ilmoittautuminen ilmoittautua|todistukset todistus|perheen perhe|miehen mies
sairaalaan sairaala|opettajien opettaja|veroja vero|lääkärille lääkäri|kurssien kurssi
asuntojen asunto|oikeudet oikeus|työttömän työtön|yrityksiä yritys|asiakkaat asiakas
ajokortin kortti|työlupahakemus hakemus|suomikurssi kurssi|päiväkotipaikka päiväkoti
hammaslääkäriaika hammaslääkäri|vuokra-asuntoa asunto|veronumerohakemus veronumero
kausityöntekijän työntekijä|lastenvaunut lapsi|terveyskeskusmaksu terveyskeskus
perheenyhdistämishakemus hakemus|hakeminen hakea|koulutuksen kouluttaa|opiskelijoiden opiskelija
"""
SWEDISH = """
skolan skola|tillståndet tillstånd|ansökan ansöka|böcker bok|sidans sida|städer stad
arbetsgivares arbetsgivare|barnen barn|skatten skatt|dokumentet dokument|medlemmar medlem
föräldrar förälder|rättigheterna rättighet|byrån byrå|platser plats
arbetstillstånd tillstånd|uppehållstillståndet tillstånd|skattekort kort
språkkurser kurs|bostadsansökan ansökan
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for line in table.split("\n") for pair in line.split("|") if pair]


def met(table: str, stem) -> int:
    """How many pairs share a stem."""
    return sum(any(stem(p) == stem(other) for p in one.split("-")) for one, other in pairs(table))


def found(table: str, language: str) -> int:
    """How many pairs share a stem, or a part that the index knows."""
    known = {first(other, language) for _, other in pairs(table)}
    return sum(
        any(
            first(other, language) in (first(p, language), *parts(p, known, language))
            for p in one.split("-")
        )
        for one, other in pairs(table)
    )


def first(word: str, language: str) -> str:
    return words(word, language)[0]


def test_finnish_forms_meet_by_rules():
    assert len(pairs(FINNISH)) == 40
    assert met(FINNISH, str) == 0
    assert met(FINNISH, lambda word: snowball(word, "finnish")) == 10
    assert met(FINNISH, finnish.by_rules) == 28


def test_finnish_compounds_are_found_by_their_parts():
    with_voikko = finnish.finnish("kodissa") == "koti"

    assert found(FINNISH, "fi") == (39 if with_voikko else 40)


def test_swedish_forms_and_compounds_meet():
    assert len(pairs(SWEDISH)) == 20
    assert met(SWEDISH, str) == 0
    assert met(SWEDISH, lambda word: snowball(word, "swedish")) == 3
    assert met(SWEDISH, lambda word: first(word, "sv")) == 15
    assert found(SWEDISH, "sv") == 19


def test_different_words_stay_apart():
    apart = "lupa lippu|vero vera|kieli kello|aina aine|työ tyttö|maa maksu|asunto asia|koulu koira"

    assert met(apart, finnish.by_rules) <= 1
    assert met("skola skor|barn bana|bok båt|skatt skada|land lund", lambda w: first(w, "sv")) == 0


def test_a_long_word_is_taken_apart_by_what_the_index_knows():
    known = {first(word, "fi") for word in ("kausi", "työntekijä", "uima", "halli", "vuoro")}

    assert parts("uimahallivuoro", known, "fi") == [
        first(word, "fi") for word in ("uima", "halli", "vuoro")
    ]
    assert parts("kausityöntekijöitä", known, "fi") == [
        first(word, "fi") for word in ("kausi", "työntekijä")
    ]


def test_a_swedish_joint_belongs_to_no_part():
    known = {first(word, "sv") for word in ("arbete", "tillstånd", "ansökan")}

    assert parts("tillståndsansökan", known, "sv") == [
        first(word, "sv") for word in ("tillstånd", "ansökan")
    ]


def test_short_known_and_mostly_unknown_words_stay_whole():
    assert parts("auto", {"aut"}, "fi") == []
    assert parts("uimahalli", {"uimahalli"}, "fi") == []
    assert parts("xylofonisoittaja", {"sot"}, "fi") == []
