"""A submission to be read: labelled answers in the order of the form, and no CPR number."""

from casework.forms import Option, settle, text_view, words
from tests.forms.building import choices, component, context, form, group, one_of_each, rows

ANSWERS = {
    "linje": "x",
    "gruppe": {"tal": 1.5, "janej": False},
    "skala": 7,
    "radio": "a",
    "flere": ["a", "b"],
    "dato": "2026-11-26",
    "klokken": "13:40",
    "tidspunkt": "2026-11-26T13:40:00+01:00",
    "cpr": "140314-4567",
    "medarbejder": "lars",
    "bilag": ["dok-1"],
    "personer": [{"navn": "Inger", "boern": [{"bor": True}]}],
}


def lines(language="da", **more):
    parts = text_view(one_of_each(), settle(one_of_each(), ANSWERS, context()).answers, language, **more)
    return {line.path: line.text for part in parts for line in part.lines}


def test_says_every_answer_in_danish():
    assert lines(choices={"employee": [Option("lars", words("Lars Bo", ""))]}) == {
        "linje": "x",
        "tekst": "",
        "gruppe.tal": "1,5",
        "gruppe.janej": "Nej",
        "skala": "7",
        "radio": "a da",
        "valg": "",
        "flere": "a da, b da",
        "maerker": "",
        "dato": "26.11.2026",
        "klokken": "13.40",
        "tidspunkt": "26.11.2026 kl. 13.40",
        "cpr": "140314-••••",
        "medarbejder": "Lars Bo",
        "bilag": "dok-1",
        "personer.0.navn": "Inger",
        "personer.0.foedt": "",
        "personer.0.boern.0.fornavn": "",
        "personer.0.boern.0.bor": "Ja",
    }


def test_says_it_in_english():
    english = lines("en")

    assert english["gruppe.tal"] == "1.5"
    assert english["gruppe.janej"] == "No"
    assert english["radio"] == "a en"
    assert english["tidspunkt"] == "26 Nov 2026, 13:40"
    assert english["medarbejder"] == "lars"


def test_headings_follow_groups_and_rows():
    asked = form(
        component("textfield", "a"),
        group("Barnet", component("textfield", "b")),
        rows("folk", component("textfield", "navn"), properties={"item": "Forælder", "itemEn": "Parent"}),
    )
    answers = {"a": "1", "b": "2", "folk": [{"navn": "I"}, {"navn": "J"}]}

    found = text_view(asked, answers)

    assert [(part.heading, part.level) for part in found] == [
        ("", 0),
        ("Barnet", 1),
        ("Forælder 1", 2),
        ("Forælder 2", 2),
    ]


def test_leaves_out_what_was_not_asked():
    assert text_view(form(component("textfield", "a"), component("textfield", "b")), {"a": None})[0].lines[0].text == ""
    assert len(text_view(form(component("textfield", "a"), component("textfield", "b")), {"a": None})[0].lines) == 1


def test_marks_the_childs_own_words():
    asked = form(component("textarea", "ord", properties={"words": "true"}), component("textarea", "andet"))

    assert [line.words for line in text_view(asked, {"ord": "Jeg sover ikke", "andet": "x"})[0].lines] == [True, False]


def test_what_is_masked_already_stays_masked_and_what_is_no_number_shows_nothing():
    asked = form(component("textfield", "a", properties={"masked": "cpr"}))

    for kept, shown in [("140314-••••", "140314-••••"), ("1403144567", "140314-••••"), ("hemmeligt", "••••••-••••")]:
        assert text_view(asked, {"a": kept})[0].lines[0].text == shown


def test_shows_answers_of_an_older_form_as_they_are():
    asked = form(choices("radio", "a"), component("datetime", "d", subtype="date"), component("number", "n"))

    assert [line.text for line in text_view(asked, {"a": "z", "d": "snart", "n": "tre"})[0].lines] == [
        "z",
        "snart",
        "tre",
    ]
