"""The search benchmarks count what they say, and every system is asked rightly."""

import json
import math

import pytest
from django.core.management import call_command

from benchmarks.search import tables, tasks
from benchmarks.search.corpus_pack import write_pack
from benchmarks.search.measures import Scores, interval, mean, scores
from benchmarks.search.systems import BASELINES, Satama, joined
from benchmarks.search_quality import answered, write_into
from satama.finder.engine.index import Document

DOCUMENTS = [
    Document(7, "en", "Tax card", "Ask the tax office for it.", "taxes"),
    Document(7, "fi", "Verokortti", "Pyydä sitä Verohallinnosta."),
    Document(3, "en", "Day care", "A place for a child, also in the evening."),
    Document(5, "en", "Library", "Books, and a place to read; O'Neill's \\ papers."),
]


def test_scores_are_those_computed_by_hand():
    # Second and third place hold grades 3 and 2; one of grade 2 is missed.
    found = scores([9, 1, 2], {1: 3, 2: 2, 4: 2})

    ideal = 3 + 2 / math.log2(3) + 2 / 2
    assert found.ndcg == pytest.approx((3 / math.log2(3) + 2 / 2) / ideal)
    assert found[1:] == pytest.approx((1 / 2, 0, 2 / 3, 2 / 3))


def test_a_near_copy_gains_but_is_not_the_answer():
    found = scores([8, 1], {1: 2, 8: 1})

    assert found.ndcg == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert found[1:] == pytest.approx((1 / 2, 0, 1, 1))


def test_nothing_found_and_the_eleventh_place_score_nothing():
    assert scores([], {1: 2}) == Scores(0, 0, 0, 0, 0)
    assert scores([*range(10, 20), 1], {1: 2}) == Scores(0, 0, 0, 0, 0)


def test_means_are_taken_of_each_measure():
    assert mean([Scores(1, 1, 1, 1, 1), Scores(0, 0.5, 0, 0, 1)]) == (0.5, 0.75, 0.5, 0.5, 1)


def test_an_interval_holds_the_mean_and_is_the_same_again():
    differences = [0.1, 0.3, -0.1, 0.2] * 20

    low, high = interval(differences)

    assert low < 0.125 < high
    assert 0.05 < high - low < 0.1  # 1.96 times the standard error, twice: 0.065
    assert (low, high) == interval(differences)
    assert interval([0.2] * 9) == pytest.approx((0.2, 0.2))


def test_a_baseline_gets_all_texts_of_an_entry_as_one():
    first = joined(DOCUMENTS)[0]

    assert first == (
        7,
        "Tax card\nVerokortti",
        "Ask the tax office for it.\ntaxes\nPyydä sitä Verohallinnosta.",
    )


@pytest.mark.parametrize("system", [Satama, *BASELINES], ids=lambda system: system.name)
def test_every_system_asks_for_any_of_the_words(db, system):
    if system.name == "bm25s":
        pytest.importorskip("bm25s")
    made = system(DOCUMENTS)

    assert made.ask("how do I get a TAX card?", "en", 3)[0] == 7
    assert made.ask("unheard-of child", "en", 3)[0] == 3
    assert made.ask("O'Neill's \\ papers", "en", 3)[0] == 5
    assert made.ask("verokortti", "so", 3) == [7]
    assert made.ask("?!", "en", 3) == []


def corpus(folder):
    """Two pages in two towns, in German; one of them in Arabic."""
    pages = [("a:1", "a", "Kita", "Kinder"), ("b:2", "b", "Steuer", f"Amt [[x]]\u0007{'W' * 300}")]
    german = [page(*one, "de", "native") for one in pages]
    arabic = [page("a:1", "a", "روضة", "أطفال", "ar", "mt")]
    write(folder / "corpus" / "de.jsonl", german)
    write(folder / "corpus" / "ar.jsonl", arabic)
    return [*german, *arabic]


def page(name, city, title, text, language, origin):
    own = {"id": f"{language}/{name}", "page": name, "language": language, "origin": origin}
    return {**own, "city": city, "title": title, "text": text}


def write(file, rows):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))


def test_a_question_counts_in_all_towns_and_in_its_own(tmp_path):
    corpus(tmp_path)
    for variant in tasks.VARIANTS:
        asked = {"id": "q", "language": "de", "variant": variant, "kind": "page"}
        write(tmp_path / f"queries/de.{variant}.jsonl", [{**asked, "city": "b", "text": "Amt?"}])
    for name in ("qrels", "qrels-city"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "de-de.tsv").write_text("q\tde/b:2\t2\n")

    made = tasks._of_one_language(tmp_path, "de")

    assert [(q.task, q.variant, q.grades, q.within) for q in made.questions] == [
        ("all towns", "clean", {1: 2}, None),
        ("all towns", "typo", {1: 2}, None),
        ("own town", "clean", {1: 2}, frozenset({1})),
        ("own town", "typo", {1: 2}, frozenset({1})),
    ]


def test_the_corpus_becomes_a_pack_without_faults(tmp_path, capsys):
    folder = tmp_path / "strange-towns"

    write_pack(corpus(tmp_path), folder)
    call_command("check-content", folder, no_warnings=True)

    said = capsys.readouterr().out
    assert "2 municipalities" in said
    assert "no faults" in said
    kept = json.loads((folder / "entries" / "b-2.yaml").read_text())
    assert kept["texts"]["de"] == {
        "made": "person",
        "title": "Steuer",
        "summary": "Amt",
        "body": f"[x]]{'W' * 300}",
    }


def test_the_report_names_the_best_baseline_and_what_was_refused(db):
    pytest.importorskip("bm25s")
    asked = [("tax card", {7: 3}), ("day care", {3: 2}), ("parrot", {})]
    questions = [
        tasks.Question(tasks.OWN["dev"], "en", text, "en", "keyword", grades)
        for text, grades in asked
    ]
    answers = [
        tables.Answer(one.question, one.scores, refused=not one.question.grades)
        for one in answered(tasks.Collection(DOCUMENTS, questions))
    ]

    lines = tables.report(answers).splitlines()

    assert "| all | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | +0.000 [+0.000, +0.000] |" in lines
    assert "| own content, nothing fits (should be refused) | 1 | 100.0% |" in lines
    assert "| own content, answerable | 2 | 0.0% |" in lines


def test_tables_replace_what_stood_between_the_marks(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Search\n<!-- table -->\nold\n<!-- /table -->\nEnd\n")

    write_into(page, "new \\1\n")

    assert page.read_text() == "# Search\n<!-- table -->\nnew \\1\n<!-- /table -->\nEnd\n"


def test_a_page_without_marks_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Search\n")

    with pytest.raises(SystemExit, match="has no <!-- table -->"):
        write_into(page, "new\n")

    assert page.read_text() == "# Search\n"
