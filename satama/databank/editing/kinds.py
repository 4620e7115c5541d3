"""What each kind of entry has no use for. No database."""

# Fields of the entry and of its text. One that has a value shows all the same.
UNUSED: dict[str, frozenset[str]] = {
    "answer": frozenset(
        {"channels", "charge", "languages_served", "municipalities", "eligibility", "fees"}
        | {"documents", "application", "service_classes", "target_groups", "life_events"}
    ),
    "practice": frozenset(
        {"charge", "languages_served", "eligibility", "fees", "documents", "application"}
        | {"life_events"}
    ),
    "opening": frozenset({"charge", "fees", "service_classes", "life_events"}),
    "event": frozenset({"service_classes", "life_events"}),
    "guide": frozenset({"languages_served"}),
}


def without(field: str) -> list[str]:
    """The kinds that have no use for a field."""
    return [kind for kind, fields in UNUSED.items() if field in fields]
