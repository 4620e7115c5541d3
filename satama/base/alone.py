"""Doing what nobody else may do at the same time, on any node."""

from django.db import connection


def one_at_a_time(number: int) -> None:
    """Wait for every other transaction that asked with this number; ours holds it until its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
