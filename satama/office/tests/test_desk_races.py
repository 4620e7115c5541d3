"""Advisers at the same moment: one answer, one count, one mail."""

from datetime import date

import pytest

from satama.accounts.folders import notices
from satama.base.models import Mail
from satama.databank.tests import cast
from satama.office.desk import actions as desk
from satama.office.models import FirstAnswer, WrongDesk
from satama.threads import hand_overs
from satama.threads.models import HandOver

from .desk_cast import Staff, asks, person
from .test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_six_advisers_who_send_at_once_one_answers_and_five_keep_their_text(satamala):
    thread = asks()
    notices.wish(thread.folder, email="a@mail.example", on=thread.asked)
    notices.prove(thread.folder)
    people = [Staff(person(f"adviser{number}", "adviser")) for number in range(6)]
    sent = people[0].goes(f"{thread.pk}/").form(f"{thread.pk}/")

    def send(number: int):
        said = sent | {"reply": f"Так {number}.", "send": "1"}
        return people[number].client.post(f"/staff/desk/{thread.pk}/", said)

    given = at_once(6, send)

    assert sorted(answer.status_code for answer in given) == [200] * 5 + [302]
    kept = [answer.content.decode() for answer in given if answer.status_code == 200]
    assert all("Somebody wrote meanwhile" in page for page in kept)
    assert thread.messages.filter(side="desk").count() == 1
    assert [row.times for row in FirstAnswer.objects.all()] == [1]
    assert Mail.objects.count() == 1


def test_of_six_who_begin_to_write_at_once_five_are_told_of_the_sixth(satamala):
    thread = asks()
    people = [Staff(person(f"adviser{number}", "adviser")) for number in range(6)]
    path = f"/staff/desk/{thread.pk}/hold/"

    given = at_once(6, lambda number: people[number].client.post(path).json()["held"])

    assert len([said for said in given if said]) == 5
    assert len(set(given)) == 2


def test_two_who_agree_at_once_hand_it_over_once(satamala):
    address = cast.fact("mail", "email", "desk@safety.example")
    thread, to = asks(), cast.organisation(email=address)
    given = hand_overs.propose(thread, to=to, shared="Less.", by=person("ritva", "adviser"))

    def agree(_number: int) -> str:
        try:
            desk.consent(HandOver.objects.get(pk=given.pk))
        except hand_overs.Settled:
            return "settled"
        return "done"

    assert sorted(at_once(4, agree)) == ["done", "settled", "settled", "settled"]
    assert Mail.objects.count() == 1


def test_counts_of_the_same_moment_are_all_counted(satamala):
    kela = cast.organisation()
    at_once(8, lambda _number: desk.wrong_desk(satamala, kela, on=date(2026, 11, 20)))
    assert WrongDesk.objects.get().times == 8
