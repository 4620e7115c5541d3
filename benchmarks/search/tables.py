"""What was measured, as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import tasks
from .measures import Scores, interval, mean
from .systems import BASELINES, Satama
from .tasks import Question

OURS = Satama.name
THEIRS = [system.name for system in BASELINES]
A_GROUP = 5  # queries that a language needs to stand alone


@dataclass(frozen=True)
class Answer:
    """A question with what each system reached, and whether ours said that nothing fits."""

    question: Question
    scores: dict[str, Scores]
    refused: bool


Row = tuple[str, list[Answer]]


def report(answers: Sequence[Answer]) -> str:
    """All tables, each under its heading."""
    parts = []
    for heading, rows in _sections(answers):
        rows = [(label, these) for label, these in rows if these]
        if rows:
            parts += [f"### {heading}", "", *_gains(rows), "", *_recalls(rows), ""]
    return "\n".join([*parts, *_refusals(answers)])


def _sections(answers: Sequence[Answer]) -> Iterable[tuple[str, list[Row]]]:
    asked = [answer for answer in answers if answer.question.grades]
    of = {task: [a for a in asked if a.question.task == task] for task in ORDER}
    for task in tasks.OWN.values():
        yield task.capitalize(), _own(of[task])
    yield tasks.BARE.capitalize(), _by_pair(of[tasks.BARE])
    yield "Independent corpus, one language, all towns", _by_variant(of[tasks.ALL_TOWNS])
    yield (
        "Independent corpus, one language, within the asker's town",
        _by_variant(of[tasks.OWN_TOWN]),
    )
    yield "Independent corpus, clean questions of all towns by kind", _by_kind(of[tasks.ALL_TOWNS])
    yield "Across languages, nothing but the documents asked for", _by_pair(of[tasks.ALONE])
    yield (
        "Across languages, the page asked for has no translation, others have",
        _by_pair(of[tasks.TRANSLATED]),
    )
    yield (
        "Across languages, the same, counting only pages without a translation",
        _by_pair(of[tasks.UNTRANSLATED]),
    )


ORDER = (
    *tasks.OWN.values(),
    tasks.BARE,
    tasks.ALL_TOWNS,
    tasks.OWN_TOWN,
    tasks.ALONE,
    tasks.TRANSLATED,
    tasks.UNTRANSLATED,
)


def _own(asked: list[Answer]) -> list[Row]:
    """Languages with few queries are one group."""
    spoken = [a.question.language for a in asked]
    alone = [code for code in dict.fromkeys(spoken) if spoken.count(code) >= A_GROUP]
    by_language = [(code, [a for a in asked if a.question.language == code]) for code in alone]
    others = [a for a in asked if a.question.language not in alone]
    kinds = sorted({a.question.kind for a in asked})
    by_kind = [(kind, [a for a in asked if a.question.kind == kind]) for kind in kinds]
    return [("all", asked), *by_language, ("other languages", others), *by_kind]


def _by_variant(asked: list[Answer]) -> list[Row]:
    groups = list(dict.fromkeys(a.question.group for a in asked))
    variants = [(v, [a for a in asked if a.question.variant == v]) for v in tasks.VARIANTS]
    return [
        *(
            (f"{group}, {variant}", [a for a in these if a.question.group == group])
            for group in groups
            for variant, these in variants
        ),
        *((f"all, {variant}", these) for variant, these in variants),
    ]


def _by_kind(asked: list[Answer]) -> list[Row]:
    clean = [a for a in asked if a.question.variant == tasks.VARIANTS[0]]
    keys = dict.fromkeys((a.question.group, a.question.kind) for a in clean)
    return [
        (f"{group}, {kind}", [a for a in clean if (a.question.group, a.question.kind) == key])
        for key in sorted(keys)
        for group, kind in [key]
    ]


def _by_pair(asked: list[Answer]) -> list[Row]:
    groups = dict.fromkeys(a.question.group for a in asked)
    return [(group, [a for a in asked if a.question.group == group]) for group in groups]


def _gains(rows: list[Row]) -> list[str]:
    head = ["nDCG@10", "n", OURS, *THEIRS, "ours minus best, 95 %"]
    return _table(head, [_gain_row(label, these) for label, these in rows])


def _gain_row(label: str, these: list[Answer]) -> list[str]:
    means = [mean([a.scores[name] for a in these]).ndcg for name in (OURS, *THEIRS)]
    best = _best(these)
    differences = [a.scores[OURS].ndcg - a.scores[best].ndcg for a in these]
    low, high = interval(differences)
    gain = f"{sum(differences) / len(these):+.3f} [{low:+.3f}, {high:+.3f}]"
    return [label, str(len(these)), *(f"{value:.3f}" for value in means), gain]


def _recalls(rows: list[Row]) -> list[str]:
    measures = ["MRR@10", "R@1", "R@5", "R@10"]
    head = [f"{OURS} and best baseline", *measures, "best", *measures]
    return _table(head, [_recall_row(label, these) for label, these in rows])


def _recall_row(label: str, these: list[Answer]) -> list[str]:
    best = _best(these)
    ours, theirs = (
        [f"{value:.3f}" for value in mean([a.scores[name] for a in these])[1:]]
        for name in (OURS, best)
    )
    return [label, *ours, best, *theirs]


def _best(these: list[Answer]) -> str:
    """The baseline with the highest mean nDCG here."""
    return max(THEIRS, key=lambda name: sum(a.scores[name].ndcg for a in these))


def _refusals(answers: Sequence[Answer]) -> list[str]:
    clean = [a for a in answers if a.question.task == tasks.ALL_TOWNS]
    groups = [
        *(
            (f"{task}, {label}", [a for a in answers if a.question.task == task and fits(a)])
            for task in tasks.OWN.values()
            for label, fits in (("nothing fits (should be refused)", _empty), ("answerable", _full))
        ),
        *((f"independent corpus, {label}", these) for label, these in _by_variant(clean)),
    ]
    rows = [
        [label, str(len(these)), f"{sum(a.refused for a in these) / len(these):.1%}"]
        for label, these in groups
        if these
    ]
    return ["### Nothing fits", "", *_table(["questions", "n", "refused"], rows)] if rows else []


def _full(answer: Answer) -> bool:
    return bool(answer.question.grades)


def _empty(answer: Answer) -> bool:
    return not _full(answer)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    ruler = "|".join(["---", *["---:"] * (len(head) - 1)])
    return [f"| {' | '.join(head)} |", f"|{ruler}|", *(f"| {' | '.join(row)} |" for row in rows)]
