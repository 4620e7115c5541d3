"""What was accepted is kept, once: the server's processes and the worker beside it are killed at
random moments while people ask and mails go out. KILLS says how often."""

import http.client
import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlencode

import psutil
import pytest

from satama.base.tests.post import Office, Post

from .visit import python

pytestmark = pytest.mark.xdist_group("kept")

KILLS = int(os.environ.get("KILLS", "4"))
ASKERS, MAILS, SLIPS = 4, 60, 150
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
THERE = "for m in Message.objects.all(): print(m.text.split()[-1])"


class SlowPost(Post):
    async def handle_DATA(self, server, session, envelope):
        time.sleep(0.05)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def post():
    office = Office(SlowPost())
    office.start()
    yield office
    office.stop()


def slips(server, count: int) -> list[str]:
    lines = f"for n in range({count}): print(guard.slip())"
    found = python(server, "from satama.office import guard", lines).split()
    time.sleep(4)  # a form that is sent at once would be asked for again
    return found


def ask(server, number: int, slip: str) -> int:
    """The status; 0 when the line broke. Each from a network of its own."""
    line = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=20, source_address=(f"127.0.1.{1 + number % 250}", 0)
    )
    said = {"text": f"How do I get a tax card? {number}", "kind": "question", "back": "folder"}
    try:
        line.request(
            "POST", "/kokkola/en/ask", urlencode(said | {"language": "en", "slip": slip}), FORM
        )
        answer = line.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def until_accepted(server, number: int, slip: str) -> None:
    """As a person does it: the same form, sent again when the line broke."""
    end = time.monotonic() + 120
    while (status := ask(server, number, slip)) != 302 and time.monotonic() < end:
        assert status in (0, 302, 500, 503), status
        time.sleep(0.3)
    assert status == 302


def kill_one(server, chance: random.Random) -> None:
    """A process of the web server or the worker, whichever chance takes."""
    if ours := own(server):
        chance.choice(ours).send_signal(signal.SIGKILL)


def kill_all(server) -> None:
    ours = own(server)
    server.process.kill()
    server.process.wait()
    for one in ours:
        with suppress(psutil.NoSuchProcess):
            one.kill()


def own(server) -> list[psutil.Process]:
    ours = psutil.Process(server.process.pid).children(recursive=True)
    return [one for one in ours if "postgres" not in " ".join(_words(one))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() or ["postgres"]
    except psutil.Error:
        return ["postgres"]  # it has just ended


def test_what_was_accepted_is_there_once_and_no_mail_goes_twice(begin, post):
    url = f"smtp://127.0.0.1:{post.port}"
    server = begin(SATAMA_WORKERS="2", SATAMA_WORK="yes", SATAMA_MAIL_URL=url)
    numbered = list(enumerate(slips(server, SLIPS * max(1, KILLS // 4))))
    to = [f"amina{number}@post.example" for number in range(MAILS)]
    python(
        server,
        "from satama.base import mail",
        f"for to in {to!r}: _ = mail.send(to=to, subject='S', text='T')",
    )
    accepted, over = [], threading.Event()

    def asks() -> None:
        while not over.is_set() and numbered:
            number, slip = numbered.pop()
            until_accepted(server, number, slip)
            accepted.append(str(number))

    chance = random.Random(20261122)
    with ThreadPoolExecutor(ASKERS) as pool:
        askers = [pool.submit(asks) for _ in range(ASKERS)]
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.1, 2.5))
            kill_one(server, chance)
        over.set()
        for asker in askers:
            asker.result()
    kill_all(server)
    again = begin()

    kept = python(again, "from satama.threads.models import Message", THERE).split()
    assert Counter(kept) == Counter(accepted)
    assert len(accepted) > KILLS
    arrived = [letter["To"] for letter in post.handler.arrived]
    waiting = python(
        again, "from satama.base.models import Mail", "for m in Mail.objects.all(): print(m.to)"
    ).split()
    assert len(arrived) == len(set(arrived))
    assert set(arrived) | set(waiting) == set(to)


def test_of_two_hundred_who_ask_at_once_nobody_is_lost(begin):
    server = begin(SATAMA_WORKERS="2")
    numbered = list(enumerate(slips(server, 200)))

    with ThreadPoolExecutor(200) as pool:
        list(pool.map(lambda one: until_accepted(server, *one), numbered))

    kept = python(server, "from satama.threads.models import Message", THERE).split()
    assert Counter(kept) == Counter(str(number) for number, _slip in numbered)
