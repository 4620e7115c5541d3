"""Real presses at once: one question, one folder, one code."""

import threading

import pytest
from django.db import connection

from satama.accounts.models import Folder
from satama.office import actions
from satama.threads.actions import Question
from satama.threads.models import Desk, Thread

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = Question(kind="question", language="en", text="A tax card?")


def at_once(count: int, act) -> list:
    """What the act gives each of so many, who begin together."""
    given, ready = [], threading.Barrier(count)

    def do(number: int) -> None:
        ready.wait()
        try:
            given.append(act(number))
        finally:
            connection.close()

    doing = [threading.Thread(target=do, args=[number]) for number in range(count)]
    for each in doing:
        each.start()
    for each in doing:
        each.join()
    return given


def test_of_eight_presses_at_once_one_asks_and_all_show_the_same_code(satamala):
    def press(_number: int):
        return actions.ask(satamala, ASKED, token="t", folder=None, fresh=True)

    given = at_once(8, press)

    assert len(given) == 8
    assert len({(sent.thread_id, sent.folder_id, sent.code) for sent in given}) == 1
    assert (Thread.objects.count(), Folder.objects.count()) == (1, 1)


def test_of_forty_askers_at_once_each_has_a_folder(satamala):
    Desk.objects.create(region=satamala)

    given = at_once(
        40, lambda n: actions.ask(satamala, ASKED, token=str(n), folder=None, fresh=True)
    )

    assert len({sent.code for sent in given}) == 40
    assert (Thread.objects.count(), Folder.objects.count()) == (40, 40)
