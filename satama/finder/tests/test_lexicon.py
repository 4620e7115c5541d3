"""Words of one language stand for those of another, learnt from lines translated one by one."""

from satama.finder.engine import analysis
from satama.finder.engine.index import Document, Index
from satama.finder.engine.lexicon import Lexicon, model

LINES = [
    ("das Haus", "талон дім"),
    ("Haus und Garten", "дім сад"),
    ("der Garten", "сад"),
    ("das grosse Haus", "великий дім"),
    ("grosser Garten", "великий сад"),
]


def learnt(lexicon: Lexicon) -> Lexicon:
    lines = [(analysis.words(uk, "uk"), analysis.words(de, "de")) for de, uk in LINES]
    lexicon.learn("uk", "de", lines)
    return lexicon


def test_what_stands_together_most_stands_for_it():
    lexicon = learnt(Lexicon())

    said = lexicon.translate(analysis.words("дім сад невідоме", "uk"), "uk", "de")

    assert [pairs[:1] and pairs[0][0] for pairs in said.values()] == ["haus", "gart", []]
    assert lexicon.translate(["haus"], "de", "uk") == {}


def test_a_question_finds_what_exists_only_in_another_language():
    index = Index([Document(1, "de", "Haus", ""), Document(2, "de", "Garten", "")])
    assert index.search("дім", language="uk") == []

    learnt(index.lexicon)

    assert [hit.key for hit in index.search("дім", language="uk")] == [1]
    assert [hit.key for hit in index.search("великий сад", language="uk")][:1] == [2]


def test_the_own_language_goes_before_a_translation():
    index = Index([Document(1, "de", "Haus", ""), Document(2, "uk", "Дім", "")])

    learnt(index.lexicon)

    assert [hit.key for hit in index.search("дім", language="uk")] == [2, 1]


def test_a_lexicon_is_the_same_after_a_file():
    lexicon = learnt(Lexicon())
    other = Lexicon()

    other.recall(lexicon.told())

    assert other.pairs == lexicon.pairs
    assert other.knows("uk", "de") and not other.knows("de", "uk")


def test_nothing_is_learnt_from_nothing():
    assert model([]) == model([([], ["haus"])]) == {}
