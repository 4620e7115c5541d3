"""At the desk, feedback gets what was done about it: for its sender, and for everybody."""

import pytest

from satama.base.models import Mail
from satama.office.models import Change, FirstAnswer

from .desk_cast import Staff, asks, person

pytestmark = pytest.mark.django_db
SAID = "The phone number is right now."


@pytest.fixture
def ritva(satamala) -> Staff:
    return Staff(person("ritva", "adviser"))


def test_what_was_done_is_public_and_its_sender_hears_of_it(ritva, client):
    thread = asks("The number is wrong.", kind="feedback")
    thread.folder.email, thread.folder.email_proved = "amina@post.example", True
    thread.folder.save()

    ritva.does(thread, "done", reply="Номер тепер правильний.", own=SAID)

    change = Change.objects.get()
    assert change.texts == {"uk": "Номер тепер правильний.", "en": SAID}
    assert SAID in client.get("/satamala/en/feedback/changes").content.decode()
    assert SAID not in Mail.objects.get().text
    assert FirstAnswer.objects.get().times == 1
    thread.refresh_from_db()
    assert thread.state == "answered"
    assert SAID in ritva.words or "Номер" in ritva.words


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Say in a sentence what was done."),
        ({"own": "<b>Mended</b>"}, "HTML"),
        ({"own": "x" * 501}, "at most 500"),
    ],
)
def test_what_is_no_good_is_refused_and_stays(ritva, said, sentence):
    thread = asks("The number is wrong.", kind="feedback")

    ritva.does(thread, "done", **said)

    assert sentence in ritva.words
    assert all(
        words in ritva.answer.content.decode().replace("&lt;", "<").replace("&gt;", ">")
        for words in said.values()
    )
    assert not Change.objects.exists()


def test_a_question_has_no_such_form(ritva):
    thread = asks()

    ritva.goes(f"{thread.pk}/")
    assert not [f for f in ritva.page.select("form") if f["action"].endswith("/done/")]
    ritva.client.post(f"/staff/desk/{thread.pk}/done/", {"own": SAID})

    assert not Change.objects.exists()
