"""How long filling, asking and suggesting take, each measured in a process of its own."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil

from . import recombined
from .kept import KEPT, Kept, Satama
from .recombined import Asked

LIMIT, SUGGESTED = 10, 6
ROUNDS, SECONDS = 5, 6  # each question at least so often; more often until the time is over
WITHIN = 2  # places that a visitor's search is within: the region and the country


@dataclass(frozen=True)
class Speed:
    """Milliseconds of each call: of the processor, and of the clock where another process works
    (`clock`: of the search always); texts a second of processor time; bytes."""

    system: str
    texts: int
    rate: float
    search: list[float]
    clock: list[float]
    within: list[float]
    suggest: list[float]
    memory: int
    folder: int


def measure(system: type[Kept], number: int, folder: Path, said: Path) -> Speed:
    """Filled by one fresh process, asked by another."""
    folder.mkdir()
    rate = _fresh(_fill, system.name, number, folder, said)
    return _fresh(_ask, system.name, number, folder, said, rate)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _fresh(work: Callable, *given: object) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result()


def _named(name: str) -> type[Kept]:
    return next(system for system in KEPT if system.name == name)


def _fill(name: str, number: int, folder: Path, said: Path) -> float:
    """Processor time of all threads and processes; making up the texts is not counted."""
    texts = _Timed(recombined.texts(recombined.kept(said)[0], number))
    system = _named(name)(folder)
    before = _used(system)
    system.fill(texts)
    return number / (_used(system) - before - texts.seconds)


def _used(system: Kept) -> float:
    others = sum(sum(process.cpu_times()[:2]) for process in system.others())
    return time.process_time() + others


class _Timed:
    """Texts, and the seconds that went into making them up."""

    def __init__(self, texts: Iterator) -> None:
        self._texts = texts
        self.seconds = 0.0

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> object:
        before = time.thread_time()
        try:
            return next(self._texts)
        finally:
            self.seconds += time.thread_time() - before


def _ask(name: str, number: int, folder: Path, said: Path, rate: float) -> Speed:
    draw = random.Random(recombined.SEED)
    _, questions, prefixes = recombined.kept(said)
    system = _named(name)(folder)
    words = {(word, language) for text, language in questions for word in text.split()}
    for word, language in sorted(words):  # each was asked before; no question was
        system.ask(word, language, LIMIT)
    clock, own = _spent(lambda text, language: system.ask(text, language, LIMIT), questions, draw)
    search = clock if system.others() else own
    within, suggest = _ours(system, questions, prefixes, draw)
    processes = (psutil.Process(), *system.others())
    memory = sum(process.memory_info().rss for process in processes)
    return Speed(name, number, rate, search, clock, within, suggest, memory, system.size())


def _ours(
    system: Kept, questions: list[Asked], prefixes: list[Asked], draw: random.Random
) -> tuple[list[float], list[float]]:
    """What the others do not do: searching within places, suggesting."""
    if not isinstance(system, Satama):
        return [], []
    index = system.index

    def search(text: str, language: str) -> object:
        places = draw.sample(range(recombined.PLACES), WITHIN)
        return index.search(text, language=language, limit=LIMIT, places=places)

    def suggest(text: str, language: str) -> object:
        return index.suggest(text, language=language, limit=SUGGESTED)

    return _spent(search, questions, draw)[1], _spent(suggest, prefixes, draw)[1]


def _spent(
    ask: Callable[[str, str], object], asked: list[Asked], draw: random.Random
) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, by the clock and of our thread; in another order every round."""
    clock: list[float] = []
    own: list[float] = []
    began = time.perf_counter()
    while len(clock) < ROUNDS * len(asked) or time.perf_counter() - began < SECONDS:
        for text, language in draw.sample(asked, len(asked)):
            before, used = time.perf_counter_ns(), time.thread_time_ns()
            ask(text, language)
            own.append((time.thread_time_ns() - used) / 1e6)
            clock.append((time.perf_counter_ns() - before) / 1e6)
    return clock, own
