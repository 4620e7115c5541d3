"""Who opens a page: a person, or a program that says so itself. Nothing of it is kept."""

from typing import Any

# Parts of the name that a program gives itself; a browser's has none of them.
PROGRAMS = ("bot", "crawl", "spider", "preview", "curl", "wget", "python", "http")


def is_robot(agent: str) -> bool:
    """By its own saying; who says nothing is one too."""
    agent = agent.lower()
    for name in PROGRAMS:  # any() takes three times as long, for each kept page
        if name in agent:
            return True
    return not agent


def is_opening(environ: dict[str, Any]) -> bool:
    """A person asked for the page to read it now: not only its head, and not in advance."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_SEC_PURPOSE" not in environ
        and "HTTP_PURPOSE" not in environ
        and not is_robot(environ.get("HTTP_USER_AGENT", ""))
    )
