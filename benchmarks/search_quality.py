"""How well search finds, beside what others use, in one run: `python -m benchmarks.search_quality`.

`--corpus` names a folder like retrieval-dev (its README tells the form); without it, only our own
content is asked. `--into` writes the tables between the marks of a page. Needs bm25s.
"""

import argparse
import os
import platform
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import django

MARKED = re.compile(r"(<!-- table -->\n).*?(<!-- /table -->)", re.DOTALL)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--corpus", type=Path, help="a folder with corpus, queries and qrels")
    arguments.add_argument("--into", type=Path, help="a page with the marks <!-- table -->")
    given = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satama.config.settings")
    django.setup()
    from benchmarks.search.systems import versions
    from benchmarks.search.tables import report

    said = ", ".join([f"Python {platform.python_version()}", *versions()])
    tables = f"{date.today():%-d %B %Y}; {said}.\n\n{report(list(answers(given.corpus)))}\n"
    print(tables)
    if given.into:
        write_into(given.into, tables)


def answers(corpus: Path | None) -> Iterator:
    """Every question of every collection, put to every system."""
    from benchmarks.search import tasks

    for collection in tasks.own_content():
        yield from answered(collection)
    for collection in tasks.independent(corpus) if corpus else ():
        yield from answered(collection)


def answered(collection) -> Iterator:
    """The systems are built anew for each collection, and each asked everything."""
    from benchmarks.search.measures import scores
    from benchmarks.search.systems import BASELINES, Satama
    from benchmarks.search.tables import Answer

    ours = Satama(collection.documents)
    theirs = collection.for_baselines or collection.documents
    systems = [ours, *(baseline(theirs) for baseline in BASELINES)]
    every = len({document.key for document in collection.documents})
    for question in collection.questions:
        text, language, within = question.text, question.language, question.within
        reached = {}
        for system in systems if question.grades else ():
            ranking = system.ask(text, language, every)
            kept = [key for key in ranking if within is None or key in within]
            reached[system.name] = scores(kept, question.grades)
        yield Answer(question, reached, not ours.confident(text, language, collection.akin))


def write_into(page: Path, tables: str) -> None:
    """Between the marks of the page; what stood there goes."""
    text = page.read_text(encoding="utf-8")
    if not MARKED.search(text):
        sys.exit(f"{page} has no <!-- table --> and <!-- /table -->.")
    page.write_text(MARKED.sub(lambda found: found[1] + tables + found[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
