"""What may tell who wrote a text is pointed at; what everybody may say is left alone."""

import pytest

from satama.base.personal import marks


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "My name is Anna Korhonen, call 040 123 4567 or a.b@post.example.",
            ["My name is Anna Korhonen", "040 123 4567", "a.b@post.example"],
        ),
        ("Меня зовут Оксана. Где карта?", ["Меня зовут Оксана. Где"]),
        ("اسمي محمد", ["اسمي محمد"]),
        ("Mäkelä, 010190-123A", ["Mäkelä", "010190-123A"]),
        ("Jag heter Åsa-Lena Björk", ["Jag heter Åsa-Lena Björk"]),
        ("The bill 123-456 is mine", ["123-456"]),
        ("Call 112 or 116 117. It costs 590 € a year, 14 days.", []),
        ("How do I get a tax card?", []),
        ("", []),
    ],
)
def test_what_may_tell_who_wrote_is_marked(text, marked):
    assert [text[mark.start : mark.end] for mark in marks(text)] == marked
