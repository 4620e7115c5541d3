"""How the office bears a rush: `python -m benchmarks.asks` asks 50 questions a second for a minute.

Each question comes from a network of its own, opens a folder of its own and is sent at its time,
whether those before are answered or not; it is timed from that moment. Then the database is asked
whether every question that was accepted is there, once. Prints the table of docs/performance.md.
"""

import http.client
import statistics
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import Server
from tests.visit import python

RATE, SECONDS, LATEST = 50, 60, 300  # a second; how long; milliseconds that p99 may take
TOGETHER = 64  # who wait for an answer at the same time
WORDS = "How do I get a tax card? لقد بدأت العمل هذا الأسبوع. Työ alkaa maanantaina. "
PATH = "/kokkola/en/ask"


def slips(server: Server, count: int) -> list[str]:
    """As the form gives them; older than the seconds in which nobody writes a question."""
    lines = python(
        server, "from satama.office import guard", f"for n in range({count}): print(guard.slip())"
    )
    time.sleep(4)
    return lines.split()


def ask(server: Server, number: int, slip: str, at: float) -> tuple[float, int, str]:
    """Milliseconds since it was due, the status, where it led."""
    time.sleep(max(0.0, at - time.monotonic()))
    network = f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"
    connection = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=30, source_address=(network, 0)
    )
    said = {"text": f"{WORDS}{number}", "kind": "question", "language": "en", "back": "folder"}
    try:
        body = urlencode(said | {"slip": slip})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", PATH, body, form)
        answer = connection.getresponse()
        answer.read()
        status, where = answer.status, answer.headers.get("Location", "")
    except OSError as fault:
        status, where = 0, type(fault).__name__
    finally:
        connection.close()
    return (time.monotonic() - at) * 1000, status, where


def kept(server: Server) -> Counter[str]:
    """How often each question is in the database."""
    told = python(
        server,
        "from satama.threads.models import Message",
        "for m in Message.objects.all(): print(m.text.split()[-1])",
    )
    return Counter(told.split())


def main() -> None:
    count = RATE * SECONDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Server(folder, SATAMA_WORKERS="2").wait()
        try:
            forms = slips(server, count)
            start = time.monotonic() + 1
            with ThreadPoolExecutor(TOGETHER) as pool:
                sent = [
                    pool.submit(ask, server, number, slip, start + number / RATE)
                    for number, slip in enumerate(forms)
                ]
                answers = [one.result() for one in sent]
            there = kept(server)
        finally:
            server.stop()
    taken = [number for number, (_ms, status, _where) in enumerate(answers) if status == 302]
    took = statistics.quantiles([ms for ms, _status, _where in answers], n=100)
    lost = [number for number in taken if there[str(number)] != 1]
    print(f"| asked | {count} in {SECONDS} s | |\n| accepted | {len(taken)} | {count} |")
    print(f"| median, ms | {took[49]:.0f} | |\n| p99, ms | {took[98]:.0f} | ≤ {LATEST} |")
    print(f"| lost or doubled | {len(lost)} | 0 |")
    others = Counter((status, where) for _ms, status, where in answers if status != 302)
    if others:
        print(others.most_common(5))


if __name__ == "__main__":
    main()
