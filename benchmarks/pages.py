"""How fast pages are, in one run on one machine: `python -m benchmarks.pages` (needs wrk).

Kept pages are compared with the same server returning the same bytes from memory: the limit.
Rounds alternate, so that a busy machine is unfair to both alike. Pages that are not kept are
measured in milliseconds of the server's CPU. Prints the table of docs/performance.md.
"""

import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

from tests.conftest import Server, free_port

ROUNDS, SECONDS, ASKED = 5, 3, 200
HOME, ENTRY = "/kokkola/en/", "/kokkola/en/entries/tax-card"
QUERIES = ["doctor", "tax+card", "day+care+for+my+child", "vero+kortti", "my+boss+does+not+pay"]
SAME = "blocking_threads=4, log_access=False"  # as satama.config.serve starts it
FIREFOX = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
UNCACHED = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
MEMORY = """
import urllib.request
asked = urllib.request.Request("{url}", headers={{"Accept-Encoding": "br"}})
answer = urllib.request.urlopen(asked)
BODY = answer.read()
OWN = ("date", "server", "connection")  # the server adds its own
HEADERS = [(n, v) for n, v in answer.headers.items() if n.lower() not in OWN]
def app(environ, start):
    start("200 OK", HEADERS)
    return [BODY]
"""


def rate(url: str) -> float:
    """Requests a second that wrk gets through eight connections."""
    said = ["-H", "Accept-Encoding: br", "-H", FIREFOX]  # a person's opening: it is counted
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS}", *said, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def fetch(url: str, **headers: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "br", **headers})
    return urllib.request.urlopen(asked).read()


def cpu(server: Server) -> float:
    """Seconds of CPU that the server's own processes used so far (not PostgreSQL's)."""
    own = [server.process.pid, *(c.pid for c in psutil.Process(server.process.pid).children(True))]
    used = 0.0
    for pid in own:
        process = psutil.Process(pid)
        if "postgres" not in process.name():
            used += sum(process.cpu_times()[:2])
    return used


def cost(server: Server, paths: list[str]) -> float:
    """Milliseconds of CPU for one page that no cache answers."""
    for path in paths:
        fetch(server.url + path, **UNCACHED)
    before = cpu(server)
    for number in range(ASKED):
        fetch(server.url + paths[number % len(paths)], **UNCACHED)
    return (cpu(server) - before) / ASKED * 1000


def first_visit(server: Server) -> int:
    """Bytes of home, find and an entry with what they load, each file once."""
    seen: set[str] = set()
    total = 0
    for path in (HOME, "/kokkola/en/find?q=doctor", ENTRY):
        page = fetch(server.url + path)
        total += len(page)
        import brotli

        html = brotli.decompress(page).decode()
        for link in (
            set(re.findall(r'(?:href|src)="(/static/[^"]+|/kokkola/brand.css)"', html)) - seen
        ):
            seen.add(link)
            total += len(fetch(server.url + link))
    return total


def kept_pages(server: Server, folder: Path) -> tuple[float, float, float]:
    """Medians of both rates and of their ratio, alternating."""
    (folder / "memory.py").write_text(MEMORY.format(url=server.url + ENTRY))
    port = free_port()
    served = f"Granian('memory:app', port={port}, interface='wsgi', workers=1, {SAME}).serve()"
    limit = subprocess.Popen(
        [sys.executable, "-c", f"from granian import Granian; {served}"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(2)
        pairs = [
            (rate(server.url + ENTRY), rate(f"http://127.0.0.1:{port}/"))
            for _round in range(ROUNDS)
        ]
    finally:
        limit.send_signal(2)
        limit.wait(20)
    ours, theirs = zip(*pairs, strict=True)
    ratio = statistics.median(a / b for a, b in pairs)
    return statistics.median(ours), statistics.median(theirs), ratio


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Server(folder).wait()
        try:
            ours, theirs, ratio = kept_pages(server, folder)
            rows = [
                ("kept page, requests a second", f"{ours:,.0f}", f"limit {theirs:,.0f}"),
                ("kept page, share of the limit", f"{ratio:.2f}", "≥ 0.70"),
                ("home, not kept, CPU ms", f"{cost(server, [HOME]):.1f}", ""),
                ("entry, not kept, CPU ms", f"{cost(server, [ENTRY]):.1f}", "≤ 15"),
                (
                    "search, CPU ms",
                    f"{cost(server, [f'/kokkola/en/find?q={q}' for q in QUERIES]):.1f}",
                    "≤ 20",
                ),
                (
                    "first visit to home, find and entry, kB",
                    f"{first_visit(server) / 1000:.1f}",
                    "≤ 60",
                ),
            ]
        finally:
            server.stop()
    print(f"{platform.machine()}, {psutil.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| measure | here | target |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
