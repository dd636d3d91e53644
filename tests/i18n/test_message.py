"""Sentences with holes: how values are worded in each language, and how a message travels as data."""

import json
from datetime import UTC, date, datetime

import pytest

from casework import i18n
from casework.config import TIME_ZONE
from casework.i18n import Message, message

A_MONDAY = date(2026, 3, 30)
SUMMER_MORNING = datetime(2026, 3, 30, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "value", "danish", "english"),
    [
        ("{x}", A_MONDAY, "mandag den 30. marts 2026", "Monday 30 March 2026"),
        ("{x:short}", A_MONDAY, "den 30. marts", "30 March"),
        ("{x:month}", A_MONDAY, "marts 2026", "March 2026"),
        ("{x}", SUMMER_MORNING, "mandag den 30. marts 2026 kl. 10.05", "Monday 30 March 2026 at 10:05"),
        ("{x:short}", SUMMER_MORNING, "30. marts kl. 10.05", "30 March at 10:05"),
        ("{x:time}", SUMMER_MORNING, "10.05", "10:05"),
        ("{x:brief}", A_MONDAY, "man. 30.3.", "Mon 30 Mar"),
        ("{x:digits_year}", A_MONDAY, "30.3.2026", "30 Mar 2026"),
        ("{x:brief_time}", SUMMER_MORNING, "man. 10.05", "Mon 10:05"),
        ("{x:digits_time}", SUMMER_MORNING, "30.3. 10.05", "30 Mar 10:05"),
        ("{x}", ["Mette", "Lars", "Karin"], "Mette, Lars og Karin", "Mette, Lars and Karin"),
        ("{x}", (A_MONDAY,), "mandag den 30. marts 2026", "Monday 30 March 2026"),
        ("{x}", 6, "6", "6"),
    ],
)
def test_words_a_value_in_the_readers_language(sentence, value, danish, english):
    said = Message(sentence, {"x": value})

    assert said.text("da") == danish
    assert said.text("en") == english


def test_travels_as_json_and_comes_back_the_same():
    sent = message("{a} {b} {c} {d}", a=A_MONDAY, b=SUMMER_MORNING, c=[message("inner {n}", n=1), "x"], d=None)

    received = Message.from_json(json.loads(json.dumps(sent.to_json())))

    assert received == sent
    assert received.text("da") == sent.text("da")


def test_a_sentence_without_values_keeps_its_braces():
    assert message('Write {"a": 1}.').text("en") == 'Write {"a": 1}.'


def test_says_instants_in_the_zone_of_the_municipality():
    assert i18n._ZONE == TIME_ZONE
