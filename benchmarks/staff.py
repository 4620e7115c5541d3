"""What the heaviest staff lists cost: `python -m benchmarks.staff`.

A region of 1,000 entries in 16 languages is made in a database of its own; each list is asked in
this process, and its CPU is counted (not PostgreSQL's; the time beside it has that too).
"""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta

ENTRIES, ASKED, DAYS = 1000, 20, 30
LANGUAGES = [
    *("fi", "sv", "en", "uk", "ru", "ar", "et", "fa"),
    *("so", "th", "tr", "vi", "zh-Hans", "es", "fr", "ne"),
]
WORDS = "Ota yhteyttä kouluun ja kysy, milloin voit aloittaa. " * 30
LISTS = {
    "translating, Somali": "/staff/translating/?region=big&language=so",
    "entries": "/staff/snippets/databank/entry/",
}


def fill() -> None:
    """All languages have all texts; Somali has every third, half of them outdated. People read
    every entry in every language on every day."""
    from django.utils import timezone

    from satama.databank.models import Entry, Reach, Region, Text
    from satama.databank.translating.actions import made_now

    region = Region.objects.create(slug="big", names={"en": "Big"}, languages=LANGUAGES)
    entries = Entry.objects.bulk_create(
        Entry(region=region, slug=f"entry-{n}", kind="guide") for n in range(ENTRIES)
    )
    texts = [
        Text(
            entry=entry,
            language=code,
            title=f"Entry {number} in {code}",
            summary="What it is in one sentence.",
            body=WORDS,
            made="person" if place < 3 else "machine",
        )
        for number, entry in enumerate(entries)
        for place, code in enumerate(LANGUAGES)
        if code != "so" or number % 3 == 0
    ]
    made = Text.objects.bulk_create(texts, 2000)
    for begin in range(0, len(made), 2000):
        made_now(made[begin : begin + 2000])
    Text.objects.filter(language="fi", entry__in=entries[::6]).update(summary="Something else.")
    today = timezone.localdate()
    Reach.objects.bulk_create(
        (
            Reach(entry=entry, language=code, day=today - timedelta(days=day), opened=1 + day % 5)
            for entry in entries
            for code in LANGUAGES
            for day in range(DAYS)
        ),
        5000,
    )


def cost(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of our CPU, and of time, for one page."""
    ask()
    cpu, clock = time.process_time(), time.perf_counter()
    for _number in range(ASKED):
        ask()
    used = time.process_time() - cpu, time.perf_counter() - clock
    return used[0] / ASKED * 1000, used[1] / ASKED * 1000


def main() -> None:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after PostgreSQL has stopped
    os.chmod(folder, 0o755)
    os.environ |= {"DATA": folder, "DJANGO_SETTINGS_MODULE": "satama.config.settings"}
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    fill()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.create_superuser("staff@big.example"))
    print("| list | CPU ms | ms |\n|---|---|---|")
    for name, address in LISTS.items():
        assert client.get(address).status_code == 200
        cpu, clock = cost(lambda address=address: client.get(address))
        print(f"| {name} | {cpu:.0f} | {clock:.0f} |")


if __name__ == "__main__":
    main()
