"""How good a ranking is, and how sure a difference between two systems is."""

import math
import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

CUT = 10
RELEVANT = 2  # the grade from which a result counts as found
ROUNDS = 1000
SEED = 20261122


class Scores(NamedTuple):
    """One question's measures, or their means."""

    ndcg: float
    mrr: float
    recall_1: float
    recall_5: float
    recall_10: float


def scores(ranking: Sequence[int], grades: Mapping[int, int]) -> Scores:
    """nDCG@10 with the grade as gain; MRR@10 and recall over what is graded 2 and up."""
    gains = [grades.get(key, 0) for key in ranking[:CUT]]
    relevant = sum(grade >= RELEVANT for grade in grades.values())
    first = next((place for place, gain in enumerate(gains, 1) if gain >= RELEVANT), math.inf)
    found = (sum(gain >= RELEVANT for gain in gains[:cut]) / relevant for cut in (1, 5, CUT))
    ideal = sorted(grades.values(), reverse=True)[:CUT]
    return Scores(_discounted(gains) / _discounted(ideal), 1 / first, *found)


def mean(many: Sequence[Scores]) -> Scores:
    return Scores(*(sum(column) / len(many) for column in zip(*many, strict=True)))


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """The 95 % of bootstrapped means (questions drawn again, with replacement) in the middle."""
    draw = random.Random(SEED)
    count = len(differences)
    means = sorted(sum(draw.choices(differences, k=count)) / count for _round in range(ROUNDS))
    tail = ROUNDS // 40
    return means[tail], means[-tail - 1]


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))
