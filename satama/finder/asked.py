"""What people look for, counted without who they are: in clear only what many have asked."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import Error, connection, transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac
from psycopg import Cursor

from satama.base import personal

from .engine import analysis
from .models import LONGEST, Asked

ENOUGH = 5  # askings within the window, below which a text is never in clear
WINDOW = timedelta(days=29)  # before the day itself: 30 days
KEPT = timedelta(days=400)
READ = 1000  # characters: what is longer than a question says nothing more

EDGES = " ?!.,;:…·\"'«»“”„’()[]-–؟،؛。、？！"
NAME_PARTS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
NAMES = frozenset(analysis.plain(personal.NAMES).split())

COUNTS = "(region_id, language, day, text, hash, asked, opened, results, confident)"
ADDED = """
ON CONFLICT (region_id, language, text, hash, day) DO UPDATE SET
    asked = kept.asked + EXCLUDED.asked, opened = kept.opened + EXCLUDED.opened,
    results = EXCLUDED.results, confident = EXCLUDED.confident
"""
# The fifth asking takes the hashed rows of the window along into the clear. Who waits longer than
# a moment for another's row gives up: a search is worth more than its count.
COUNT = f"""
WITH known AS MATERIALIZED (
    SELECT coalesce(sum(asked), 0) + 1 >= %(enough)s AS common,
        set_config('lock_timeout', '200ms', true)
    FROM finder_asked
    WHERE region_id = %(region)s AND language = %(language)s::text
        AND (text, hash) IN ((%(text)s::text, ''), ('', %(hash)s::text))
        AND day BETWEEN %(since)s::date AND %(day)s::date
), lifted AS (
    DELETE FROM finder_asked USING known
    WHERE known.common AND region_id = %(region)s AND language = %(language)s::text
        AND text = '' AND hash = %(hash)s::text AND hash <> ''
        AND day BETWEEN %(since)s::date AND %(day)s::date
    RETURNING day, asked, opened, results, confident, false AS now
), rows AS (
    SELECT * FROM lifted
    UNION ALL
    SELECT %(day)s::date, 1, 0, %(results)s::int, %(confident)s::boolean, true
)
INSERT INTO finder_asked AS kept {COUNTS}
SELECT %(region)s, %(language)s::text, day,
    CASE WHEN common THEN %(text)s::text ELSE '' END,
    CASE WHEN common THEN '' ELSE %(hash)s::text END,
    sum(asked), sum(opened),
    (array_agg(results ORDER BY now DESC))[1], (array_agg(confident ORDER BY now DESC))[1]
FROM rows, known GROUP BY day, common
{ADDED}
RETURNING id, day
"""  # noqa: S608  constants
# A page may stay open overnight; what is older is no answer to what was asked.
OPENED = """
UPDATE finder_asked SET opened = least(opened + 1, asked)
WHERE id = %(row)s AND day >= %(day)s::date - 1
"""
HIDE = f"""
WITH fallen AS (
    SELECT * FROM unnest(
        %(regions)s::bigint[], %(languages)s::text[], %(texts)s::text[], %(hashes)s::text[]
    ) AS told (region_id, language, text, hash)
), hidden AS (
    DELETE FROM finder_asked AS clear USING fallen
    WHERE (clear.region_id, clear.language, clear.text, clear.hash)
        = (fallen.region_id, fallen.language, fallen.text, '')
    RETURNING clear.region_id, clear.language, day, '', fallen.hash,
        asked, opened, results, confident
)
INSERT INTO finder_asked AS kept {COUNTS} SELECT * FROM hidden {ADDED}
"""  # noqa: S608  constants

logger = logging.getLogger(__name__)


class Forgotten(NamedTuple):
    deleted: int  # rows older than we keep any
    hidden: int  # texts that are rare again


def count(
    region_id: int, language: str, words: str, *, results: int, confident: bool, on: date
) -> int | None:
    """One more asking; the row that counts it. `on` is the region's own today, never a day that
    staff rehearse."""
    if not analysis.plain(words[:READ]):
        return None
    values = _values(region_id, language, words, on)
    with _harmless():
        rows = _run(COUNT, values | {"results": results, "confident": confident})
        return next((row for row, day in rows if day == on), None)
    return None


def opened(row: int, *, on: date) -> None:
    """Something that was found was opened, on the page that `count` gave this row to."""
    with _harmless():
        _run(OPENED, {"row": row, "day": on})


def forget(today: date) -> Forgotten:
    """Hashes again what fewer than five asked in 30 days; deletes what is older than 400 days."""
    deleted, _by_model = Asked.objects.filter(day__lt=today - KEPT).delete()
    lately = Sum("asked", filter=Q(day__gte=today - WINDOW))
    rare = (
        Asked.objects.exclude(text="")
        .values_list("region_id", "language", "text")
        .annotate(lately=Coalesce(lately, 0))
        .filter(lately__lt=ENOUGH)
    )
    fallen = [(region, language, text) for region, language, text, _lately in rare]
    told = {
        "regions": [region for region, _language, _text in fallen],
        "languages": [language for _region, language, _text in fallen],
        "texts": [text for _region, _language, text in fallen],
        "hashes": [_hash(text) for _region, _language, text in fallen],
    }
    _run(HIDE, told)
    return Forgotten(deleted, len(fallen))


def looks_personal(words: str, language: str) -> bool:
    """A name, number, e-mail address, phone number or identity code; in doubt, yes."""
    words = words[:READ]
    text, plain = analysis.normalise(words), analysis.plain(words)
    return (
        any(pattern.search(plain) for pattern in (personal.INTRODUCTION, personal.SURNAME))
        or personal.ADDRESS.search(text) is not None
        or not NAMES.isdisjoint(plain.split())
        or personal.has_number(text)
        or _has_capital_pair(words, language)
    )


def _has_capital_pair(words: str, language: str) -> bool:
    """Two words after each other like Matti Virtanen, none of which only joins others."""
    if language.startswith("de"):
        return False  # every noun has a capital there
    parts = NAME_PARTS.findall(words)
    return any(
        all(part[0].isupper() and not part.isupper() for part in pair)
        and len(analysis.words(" ".join(pair), language)) > 1
        for pair in pairwise(parts)
    )


def _values(region_id: int, language: str, words: str, on: date) -> dict[str, Any]:
    """What a statement is told. Text and hash are empty for what looks personal."""
    text = analysis.normalise(words[:READ]).strip(EDGES)[:LONGEST].strip(EDGES)
    text = "" if looks_personal(words, language) else text
    return {
        "region": region_id,
        "language": language,
        "text": text,
        "hash": _hash(text) if text else "",
        "day": on,
        "since": on - WINDOW,
        "enough": ENOUGH,
    }


def _hash(text: str) -> str:
    """Keyed, so that nobody who has only the database can try words out."""
    return salted_hmac("satama.finder.asked", text, algorithm="sha256").hexdigest()


def _run(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """One statement. Its words travel apart from it, unlike Django's: the server's own logs show
    statements."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _harmless() -> Iterator[None]:
    """An error of the database spoils neither the search nor the transaction around it."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield
    except Error as error:
        # The kind alone: an error's words could be those of a visitor.
        logger.warning("A question was not counted: %s", type(error).__name__)
