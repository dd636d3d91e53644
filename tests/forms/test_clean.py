"""Answers as they are posted by a browser, or sent by another system as JSON."""

import pytest
from werkzeug.datastructures import MultiDict

from casework.errors import InvalidError
from casework.forms import clean, clean_json
from tests.forms.building import choices, component, form, group, one_of_each, rows

NUMBERS = [
    ("12", 12),
    (" 12 ", 12),
    ("3,5", 3.5),
    ("3.5", 3.5),
    ("-7", -7),
    ("1.250", 1250),
    ("1.250,75", 1250.75),
    ("1 250", 1250),
    ("0.125", 0.125),
    ("2,0", 2),
    ("tolv", "tolv"),
    ("1e3", "1e3"),
    ("1,2,3", "1,2,3"),
    ("NaN", "NaN"),
    ("9" * 40, "9" * 40),
]
DATES = [
    ("26.11.2026", "2026-11-26"),
    ("1.9.2025", "2025-09-01"),
    ("01-09-2025", "2025-09-01"),
    ("1/9 2025", "2025-09-01"),
    ("2026-11-26", "2026-11-26"),
    ("29.2.2028", "2028-02-29"),
    ("29.2.2027", "29.2.2027"),
    ("31.4.2026", "31.4.2026"),
    ("26.11.26", "26.11.26"),
    ("i går", "i går"),
    ("26.11.2026 kl. 13.40", "26.11.2026 kl. 13.40"),
]
INSTANTS = [
    ("26.11.2026 kl. 13.40", "2026-11-26T13:40:00+01:00"),
    ("26.11.2026 13:40", "2026-11-26T13:40:00+01:00"),
    ("26.11.2026, 13.40", "2026-11-26T13:40:00+01:00"),
    ("26.6.2026 kl 1340", "2026-06-26T13:40:00+02:00"),
    ("2026-11-26T13:40", "2026-11-26T13:40:00+01:00"),
    # The clocks go from 2 to 3 on 29 March 2026, and back from 3 to 2 on 25 October.
    ("29.3.2026 kl. 2.30", "29.3.2026 kl. 2.30"),
    ("25.10.2026 kl. 2.30", "2026-10-25T02:30:00+02:00"),
    ("26.11.2026", "26.11.2026"),
    ("26.11.2026 kl. 25.00", "26.11.2026 kl. 25.00"),
]
TIMES = [("13.40", "13:40"), ("kl. 9.05", "09:05"), ("0905", "09:05"), ("24.00", "24.00"), ("nu", "nu")]


@pytest.mark.parametrize(("written", "kept"), NUMBERS)
def test_reads_numbers_as_danes_write_them(written, kept):
    answer = clean(form(component("number", "a")), {"a": [written]})["a"]

    assert answer == kept
    assert type(answer) is type(kept)


@pytest.mark.parametrize(
    ("subtype", "written", "kept"),
    [("date", *d) for d in DATES] + [("datetime", *d) for d in INSTANTS] + [("time", *d) for d in TIMES],
)
def test_reads_dates_and_times_and_keeps_what_it_cannot_read(subtype, written, kept):
    found = clean(form(component("datetime", "a", subtype=subtype)), {"a": [written]})

    assert found == {"a": kept}


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ({"a:day": "26", "a:month": "11", "a:year": "2026"}, "2026-11-26"),
        ({"a:day": " 1", "a:month": "9 ", "a:year": "2025"}, "2025-09-01"),
        ({"a:day": "31", "a:month": "2", "a:year": "2026"}, "31.2.2026"),
        ({"a:day": "26", "a:month": "", "a:year": ""}, "26.."),
        ({"a:day": "", "a:month": "", "a:year": ""}, None),
    ],
)
def test_puts_the_parts_of_a_date_together(parts, kept):
    assert clean(form(component("datetime", "a", subtype="date")), parts) == {"a": kept}


def test_puts_date_and_time_together_as_local_time():
    posted = {"a:day": "26", "a:month": "6", "a:year": "2026", "a:time": "13.40"}

    assert clean(form(component("datetime", "a", subtype="datetime")), posted) == {"a": "2026-06-26T13:40:00+02:00"}


@pytest.mark.parametrize(
    ("posted", "answers"),
    [
        ({"a": ["", "ja"]}, {"a": True}),
        ({"a": ["", "nej"]}, {"a": False}),
        ({"a": [""]}, {"a": None}),
        ({}, {}),
        ({"a": ["måske"]}, {"a": "måske"}),
    ],
)
def test_tells_yes_no_unanswered_and_not_asked_apart(posted, answers):
    assert clean(form(component("checkbox", "a")), posted) == answers


def test_choices_come_in_the_order_of_the_form_and_once():
    asked = form(choices("checklist", "a", "x", "y", "z"))

    assert clean(asked, {"a": ["", "z", "x", "z"]}) == {"a": ["x", "z"]}
    assert clean(asked, {"a": [""]}) == {"a": []}
    assert clean(asked, {"a": ["q", "y"]}) == {"a": ["y", "q"]}


def test_text_loses_what_nobody_can_see():
    posted = {"a": "  Hej\r\nmed\u0000 dig\u202e \ud800 "}

    assert clean(form(component("textarea", "a")), posted) == {"a": "Hej\nmed dig"}


def test_letters_are_composed_so_that_names_compare():
    assert clean(form(component("textfield", "a")), {"a": "A\u030ase"}) == {"a": "Åse"}


def test_rows_are_taken_by_number_and_gaps_close():
    asked = form(rows("folk", component("textfield", "navn"), rows("boern", component("checkbox", "bor"))))
    posted = {"folk.7.navn": "Inger", "folk.2.navn": "Jesper", "folk.2.boern.1.bor": ["", "ja"], "folk": ""}

    assert clean(asked, posted) == {"folk": [{"navn": "Jesper", "boern": [{"bor": True}]}, {"navn": "Inger"}]}


def test_an_empty_list_that_was_on_the_page_is_empty_and_one_that_was_not_is_absent():
    asked = form(rows("folk", component("textfield", "navn")))

    assert clean(asked, {"folk": ""}) == {"folk": []}
    assert clean(asked, {}) == {}


def test_groups_with_a_path_hold_their_answers():
    asked = form(group("Ude", component("number", "a"), path="ude"), group("Flad", component("number", "b")))

    assert clean(asked, {"ude.a": "1", "b": "2"}) == {"ude": {"a": 1}, "b": 2}


def test_a_cpr_number_is_written_one_way():
    # 14 March 2014; fails modulus 11, so nobody has it.
    asked = form(component("textfield", "a", properties={"widget": "cpr"}))

    assert clean(asked, {"a": " 1403144567"}) == {"a": "140314-4567"}
    assert clean(asked, {"a": "14031"}) == {"a": "14031"}


def test_ignores_what_the_form_does_not_ask():
    asked = form(component("textfield", "a"), component("textfield", "fast", readonly=True))

    assert clean(asked, {"a": "x", "csrf_token": "t", "do": "save", "fast": "snyd"}) == {"a": "x"}


def test_takes_the_posted_form_of_flask():
    asked = form(choices("checklist", "a", "x", "y"), component("textfield", "b"))

    assert clean(asked, MultiDict([("a", "x"), ("a", "y"), ("b", "hej")])) == {"a": ["x", "y"], "b": "hej"}


def test_a_draft_leaves_out_fields_whose_clash_is_open():
    asked = form(component("textarea", "a"), component("textarea", "b"), rows("folk", component("textfield", "navn")))
    posted = {"a": "min", "base:a": '"før"', "b": "x", "folk": "", "folk.0.navn": "I", "base:folk": "[]"}

    assert clean(asked, posted, is_draft=True) == {"b": "x"}
    assert clean(asked, posted) == {"a": "min", "b": "x", "folk": [{"navn": "I"}]}


GARBAGE = [
    {"personer.0.boern.99999999999.fornavn": "x"},
    {"personer.-1.navn": "x"},
    {"gruppe": "x", "gruppe.tal": ["a", "b"]},
    {"dato:day": "x" * 1000, "dato:year": "-"},
    {"tidspunkt": "\u0660" * 5, "klokken": "99.99", "skala": "∞", "janej": "\x00"},
    {"flere": ["\ud800"] * 50, "bilag": [""] * 3},
    {"cpr": "0" * 10, "medarbejder": "../../etc"},
    {"": "", ".": ".", "personer.": "x", "personer..navn": "y", ":day": "1"},
]


@pytest.mark.parametrize("posted", GARBAGE)
def test_never_refuses_garbage(posted):
    assert isinstance(clean(one_of_each(), posted), dict)


def test_json_is_brought_to_one_way_of_writing():
    sent = {
        "linje": " A\u030ase ",
        "gruppe": {"tal": 3.0, "janej": None},
        "dato": "2026-11-26",
        "klokken": "13:40:00",
        "tidspunkt": "2026-11-26T12:40:00Z",
        "cpr": "1403144567",
        "personer": [{"navn": ""}],
    }

    assert clean_json(one_of_each(), sent) == {
        "linje": "Åse",
        "gruppe": {"tal": 3, "janej": None},
        "dato": "2026-11-26",
        "klokken": "13:40",
        "tidspunkt": "2026-11-26T13:40:00+01:00",
        "cpr": "140314-4567",
        "personer": [{"navn": None}],
    }


def test_json_keeps_what_is_wrong_or_unknown_for_validation_to_name():
    sent = {"gruppe": {"tal": "3", "x": 1}, "dato": "26.11.2026", "personer": [3, {"y": 1}], "flere": "a", "mere": {}}

    assert clean_json(one_of_each(), sent) == sent


def test_json_cannot_write_what_is_read_only():
    assert clean_json(form(component("textfield", "fast", readonly=True)), {"fast": "snyd"}) == {}


@pytest.mark.parametrize("sent", [None, [], "x", 3])
def test_json_that_is_no_object_is_refused(sent):
    with pytest.raises(InvalidError):
        clean_json(one_of_each(), sent)
