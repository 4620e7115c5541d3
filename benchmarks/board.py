"""What the staff's first page takes with many entries in many languages, in CPU of its process
(not PostgreSQL's): `python -m benchmarks.board`. Prints the row of docs/performance.md."""

import tempfile
from pathlib import Path

from tests.conftest import Server
from tests.visit import python

ENTRIES, LANGUAGES, ASKED = 1000, 16, 20
FILL = f"""
import statistics, time
from django.contrib.auth import get_user_model
from django.test import Client
from satama.databank.models import Entry, Region, Text
from satama.databank.translating import actions
region = Region.objects.get(slug="kokkola")
more = ["de", "es", "et", "fa", "fr", "ne", "so", "th", "tr", "vi", "zh"]
Region.objects.filter(pk=region.pk).update(languages=(region.languages + more)[:{LANGUAGES}])
region.refresh_from_db()
body = "Register your address within a week, on the web or at the desk.\\n\\n" * 25
missing = {ENTRIES} - Entry.objects.count()
made = Entry.objects.bulk_create(
    Entry(region=region, slug=f"made-{{n}}", kind="guide") for n in range(missing)
)
texts = Text.objects.bulk_create(
    Text(entry=entry, language=code, title="Address", summary="Within a week.", body=body)
    for entry in made for code in region.languages
)
actions.made_now(texts)
boss = get_user_model().objects.create_superuser("boss@satama.example")
client = Client(headers={{"Host": "127.0.0.1"}})
client.force_login(boss)
took = []
for number in range({ASKED}):
    begun = time.process_time()
    assert b"board-card" in client.get("/staff/").content
    took.append(time.process_time() - begun)
print(f"{{statistics.median(took) * 1000:.0f}}")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Server(folder)
        try:
            took = python(server.wait(600), FILL).strip()
        finally:
            server.stop()
    what = f"staff's first page, {ENTRIES:,} entries in {LANGUAGES} languages, CPU ms"
    print(f"| {what} | {took} | ≤ 300 |")


if __name__ == "__main__":
    main()
