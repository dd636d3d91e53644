"""What a filled form tells the process and the case."""

from datetime import date, datetime, time
from decimal import Decimal

from casework.config import TIME_ZONE
from casework.forms import results, settle
from tests.forms.building import choices, component, context, form, group, rows


def told(asked, answers):
    return results(asked, settle(asked, answers, context()).answers)


def variable(name):
    return {"variable": name}


def test_gives_python_values_of_fields_that_name_a_variable_or_fact():
    asked = form(
        component("number", "helt", properties=variable("helt")),
        component("number", "del", properties=variable("del")),
        component("checkbox", "ja", properties={"variable": "ja", "fact": "samtykke"}),
        choices("radio", "valg", properties=variable("valg")),
        choices("checklist", "flere", properties=variable("flere")),
        component("datetime", "dato", subtype="date", properties={"fact": "foedt"}),
        component("datetime", "tid", subtype="datetime", properties=variable("tid")),
        component("datetime", "kl", subtype="time", properties=variable("kl")),
        component("textarea", "tekst"),
    )
    answers = {
        "helt": 3,
        "del": 1.1,
        "ja": True,
        "valg": "a",
        "flere": ["a", "b"],
        "tekst": "fri",
        "kl": "13:40",
        "dato": "2026-11-26",
        "tid": "2026-11-26T13:40:00+01:00",
    }

    variables, facts = told(asked, answers)

    assert variables == {
        "helt": 3,
        "del": Decimal("1.1"),
        "ja": True,
        "valg": "a",
        "flere": ["a", "b"],
        "kl": time(13, 40),
        "tid": datetime(2026, 11, 26, 13, 40, tzinfo=TIME_ZONE),
    }
    assert facts == {"samtykke": True, "foedt": date(2026, 11, 26)}


def test_what_was_left_empty_is_none_and_what_was_hidden_is_not_told():
    asked = form(
        component("checkbox", "a", properties=variable("a")),
        component("number", "b", properties=variable("b"), conditional={"hide": "=a = true"}),
        component("number", "c", properties=variable("c")),
    )

    assert told(asked, {"a": True, "b": 1})[0] == {"a": True, "c": None}


def test_calculated_days_and_instants_keep_their_kind():
    asked = form(
        component("expression", "dag", expression='=date("2026-11-26")', properties=variable("dag")),
        component("expression", "nu", expression="=now", properties=variable("nu")),
        component("expression", "tal", expression="=1.5 * 3", properties=variable("tal")),
        component("expression", "ord", expression='="2026 var et år"', properties=variable("ord")),
    )

    variables, _ = told(asked, {})

    assert variables["dag"] == date(2026, 11, 26)
    assert variables["nu"] == datetime(2026, 11, 26, 9, 12, tzinfo=TIME_ZONE)
    assert variables["tal"] == 4.5
    assert variables["ord"] == "2026 var et år"


def test_a_field_in_rows_gives_one_value_for_each_row():
    asked = form(
        rows("folk", component("textfield", "navn"), component("number", "alder", properties=variable("aldre")))
    )

    assert told(asked, {"folk": [{"navn": "I", "alder": 3}, {}, {"navn": "J"}]})[0] == {"aldre": [3, None]}


def test_a_list_gives_its_rows_as_objects():
    people = rows(
        "folk",
        component("textfield", "navn"),
        group("G", component("datetime", "foedt", subtype="date"), path="mere"),
        rows("boern", component("number", "alder")),
        properties={"fact": "persons.folk"},
    )

    _, facts = told(form(people), {"folk": [{"navn": "I", "mere": {"foedt": "2014-03-14"}, "boern": [{"alder": 2}]}]})

    assert facts == {"persons.folk": [{"navn": "I", "mere": {"foedt": date(2014, 3, 14)}, "boern": [{"alder": 2}]}]}
    assert told(form(people), {})[1] == {"persons.folk": []}


def test_a_list_that_becomes_a_variable_keeps_its_free_text_and_numbers_of_persons_in_the_form():
    stages = rows(
        "trin",
        component("textarea", "indhold"),
        component("datetime", "slut", subtype="date"),
        choices("radio", "hvor"),
        component("textfield", "cpr", properties={"widget": "cpr"}),
        properties={"variable": "trin"},
    )
    answers = {"trin": [{"indhold": "Weekender hjemme", "slut": "2027-02-28", "hvor": "a"}, {"indhold": "Mere"}]}

    assert told(form(stages), answers)[0] == {
        "trin": [{"slut": date(2027, 2, 28), "hvor": "a"}, {"slut": None, "hvor": None}]
    }
