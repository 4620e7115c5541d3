"""Mail: out by one door, never lost, never twice, and seen when nobody can know."""

import os
import random
import signal
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from django.utils import timezone

from satama.base import mail
from satama.base.models import Mail

AMINA = "amina@satamala.example"
pytestmark = pytest.mark.django_db


def answer(**more) -> Mail:
    fields = {"to": AMINA, "subject": "لديك إجابة", "text": "افتح مجلدك.\n.\nبنقطة"}
    return mail.send(**fields | more)


def states() -> list[tuple[str, int]]:
    return list(Mail.objects.values_list("state", "tries"))


def later(**how) -> None:
    """As if so much time had passed."""
    for row in Mail.objects.all():
        Mail.objects.filter(pk=row.pk).update(due=row.due - timedelta(**how))


def test_a_mail_arrives_as_it_was_written_and_leaves_nothing_behind(post):
    made = answer(html='<p dir="rtl">افتح مجلدك.</p>')

    assert mail.deliver() == 1

    (arrived,) = post.arrived
    assert arrived["To"] == AMINA
    assert arrived["From"] == "Satamala <desk@satamala.example>"
    assert arrived["Subject"] == "لديك إجابة"
    assert arrived["Message-ID"] == f"<{made.pk}@satamala.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    plain, rich = (arrived.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert plain.splitlines() == ["افتح مجلدك.", ".", "بنقطة"]
    assert rich.strip() == '<p dir="rtl">افتح مجلدك.</p>'
    assert not Mail.objects.exists()


def test_what_is_undone_is_not_sent(post):
    with pytest.raises(RuntimeError), transaction.atomic():
        answer()
        raise RuntimeError

    assert mail.deliver() == 0 and post.arrived == []


@pytest.mark.parametrize("at", ["rcpt", "data"])
def test_a_server_that_is_busy_is_asked_again_later(post, at):
    post.moods[f"{at} {AMINA}"] = ["450"]
    answer()

    assert mail.deliver() == 0
    assert states() == [("waiting", 1)]
    assert mail.deliver() == 0  # not before its time
    later(minutes=1)
    assert mail.deliver() == 1
    assert len(post.arrived) == 1


def test_it_waits_longer_and_longer_and_then_has_failed(post):
    post.moods[f"rcpt {AMINA}"] = ["450"] * 20
    answer()

    waited = []
    while Mail.objects.get().state == "waiting":
        mail.deliver()
        waited.append(round((Mail.objects.get().due - timezone.now()) / timedelta(minutes=1)))
        later(days=1)

    assert waited[:-1] == [1, 5, 15, 60, 240, 720, 1440]
    assert states() == [("failed", 8)]


def test_an_address_that_does_not_exist_fails_at_once_and_is_not_kept_in_what_was_said(post):
    post.moods[f"rcpt {AMINA}"] = ["550"]
    answer()

    assert mail.deliver() == 0

    failed = Mail.objects.get()
    assert (failed.state, failed.said) == ("failed", "550 said of …")
    later(days=1)
    assert mail.deliver() == 0 and post.arrived == []


def test_one_refusal_does_not_keep_the_others_waiting(post):
    post.moods[f"rcpt {AMINA}"] = ["550"]
    answer()
    answer(to="oleh@satamala.example")

    assert mail.deliver() == 1
    assert [arrived["To"] for arrived in post.arrived] == ["oleh@satamala.example"]


def test_a_server_that_is_not_there_loses_nothing(post, settings):
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    answer()

    assert mail.deliver() == 0
    assert states() == [("waiting", 1)]

    settings.EMAIL_PORT = right
    later(minutes=1)
    assert mail.deliver() == 1


@pytest.mark.parametrize(("at", "arrived"), [("data", 0), ("after", 1)])
def test_a_line_that_breaks_at_the_last_word_leaves_it_to_a_person(post, at, arrived):
    post.moods[f"{at} {AMINA}"] = ["drop"]
    answer()

    assert mail.deliver() == 0
    later(days=3)
    assert mail.deliver() == 0
    assert [state for state, _ in states()] == ["unsure"]
    assert len(post.arrived) == arrived

    mail.again(Mail.objects.get())
    assert mail.deliver() == 1
    assert len({message["Message-ID"] for message in post.arrived}) == 1


def test_a_sender_that_died_before_it_began_is_replaced(post):
    answer()
    mail._take()
    assert mail.deliver() == 0  # somebody may be at it

    later(minutes=10)

    assert mail.deliver() == 1


def test_a_sender_that_died_at_the_last_word_is_seen(post):
    answer()
    mail._keep(mail._take(), "handed")
    later(minutes=10)

    assert mail.deliver() == 0
    assert [state for state, _ in states()] == ["unsure"]


def test_our_own_wrong_password_is_no_fault_of_the_mail(post, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    answer()

    mail.deliver()

    assert states() == [("waiting", 1)]


def test_a_subject_cannot_smuggle_in_a_line(post):
    answer(subject="Answer\r\nBcc: kim@elsewhere.example")

    mail.deliver()

    (arrived,) = post.arrived
    assert arrived["Bcc"] is None
    assert arrived["Subject"] == "Answer Bcc: kim@elsewhere.example"


def test_an_address_that_no_mail_can_have_fails_and_stops_nobody(post):
    answer(to="amina@ä\n.example")
    answer()

    assert mail.deliver() == 1
    assert [state for state, _ in states()] == ["failed"]


def test_what_waits_is_secret_and_one_that_no_key_opens_stops_nobody(post, settings):
    answer()
    with connection.cursor() as cursor:
        cursor.execute('SELECT concat("to", subject, text, html) FROM base_mail')
        assert AMINA not in cursor.fetchone()[0]
    settings.KEYS = ["another key, of as many letters as it takes"]
    answer(to="oleh@satamala.example")

    assert mail.deliver() == 1
    assert [arrived["To"] for arrived in post.arrived] == ["oleh@satamala.example"]
    assert [state for state, _ in states()] == ["failed"]


def test_what_belongs_to_something_erased_is_not_sent(post):
    answer(about="folder-1")
    answer(about="folder-2", to="oleh@satamala.example")

    mail.erase("folder-1")

    assert mail.deliver() == 1
    assert [arrived["To"] for arrived in post.arrived] == ["oleh@satamala.example"]


def test_without_a_server_it_is_printed():
    answer()

    assert mail.deliver() == 1
    assert [message.to for message in django_mail.outbox] == [[AMINA]]


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_mail_once(post):
    for number in range(40):
        answer(to=f"amina{number}@satamala.example")

    def sender():
        mail.deliver()
        connection.close()

    senders = [threading.Thread(target=sender) for _ in range(4)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()

    to = [message["To"] for message in post.arrived]
    assert sorted(to) == sorted(f"amina{number}@satamala.example" for number in range(40))
    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_a_hundred_times_sends_nothing_twice_and_loses_nothing(post):
    chance = random.Random(100)
    for number in range(100):
        answer(to=f"amina{number}@satamala.example")

    for _ in range(100):
        child = os.fork()
        if child == 0:
            connection.connection = None
            mail.deliver()
            os._exit(0)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        later(minutes=10)
    mail.deliver()

    to = [message["To"] for message in post.arrived]
    unsure = set(Mail.objects.values_list("to", flat=True))
    assert len(to) == len(set(to))
    assert set(to) | unsure == {f"amina{number}@satamala.example" for number in range(100)}
    assert {state for state, _ in states()} <= {"unsure"}
