"""What the case knows is filled in with its source; never more than that, and never over what somebody wrote."""

from datetime import UTC, date, datetime
from decimal import Decimal

from casework import clock
from casework.forms import Prefilled, fill, prefill, view
from casework.i18n import message
from tests.forms.building import choices, component, context, form, group, rows

FROM_CPR = message("From the case")


def knows(name):
    return {"properties": {"fact": name}}


def test_fills_in_facts_and_says_where_they_come_from():
    asked = form(
        component("textfield", "navn", **knows("person.child.name")),
        component("datetime", "foedt", subtype="date", **knows("foedt")),
        component("number", "tal", **knows("tal")),
        group("G", choices("radio", "valg", **knows("valg")), path="ude"),
        component("textfield", "ukendt", **knows("ukendt")),
    )
    facts = {"person.child.name": "Emil", "foedt": date(2014, 3, 14), "tal": Decimal("1.5"), "valg": "b"}

    known = prefill(asked, facts, {}, sources={"foedt": FROM_CPR})

    assert {path: found.value for path, found in known.items()} == {
        "navn": "Emil",
        "foedt": "2014-03-14",
        "tal": 1.5,
        "ude.valg": "b",
    }
    assert known["foedt"].source is FROM_CPR
    assert known["navn"].source.text("da") == "Fra sagen"


def test_expressions_read_the_rows_of_persons():
    asked = form(
        rows(
            "spurgt",
            component("textfield", "navn"),
            properties={"prefill": "=for p in persons.parents return {navn: p.navn}"},
        )
    )

    known = prefill(asked, {"persons.parents": [{"navn": "Inger", "relation": "mor"}]}, {})

    assert known["spurgt"].value == [{"navn": "Inger"}]
    assert prefill(asked, {}, {}) == {}


def test_fills_in_what_expressions_give():
    asked = form(
        component("datetime", "a", subtype="datetime", properties={"prefill": "=modtagetTid"}),
        component("datetime", "b", subtype="date", properties={"prefill": "=date(modtagetTid)"}),
        component("datetime", "c", subtype="date", properties={"prefill": "=date(now)"}),
        component("number", "d", properties={"prefill": "=ukendt"}),
    )
    received = datetime(2026, 11, 25, 12, 40, tzinfo=UTC)

    with clock.moved_to(datetime(2026, 11, 26, 8, 12, tzinfo=UTC)):
        known = prefill(asked, {}, {"modtagetTid": received}, sources={"modtagetTid": FROM_CPR})

    assert {path: found.value for path, found in known.items()} == {
        "a": "2026-11-25T13:40:00+01:00",
        "b": "2026-11-25",
        "c": "2026-11-26",
    }
    assert known["a"].source is FROM_CPR
    assert known["b"].source.text("da") == "Regnet ud fra sagen"


def test_fills_in_whole_lists():
    asked = form(
        rows("folk", component("textfield", "navn"), component("datetime", "foedt", subtype="date"), **knows("folk"))
    )

    known = prefill(asked, {"folk": [{"navn": "Inger", "foedt": date(1950, 1, 2)}]}, {})

    assert known["folk"].value == [{"navn": "Inger", "foedt": "1950-01-02"}]


def test_leaves_out_what_does_not_fit_the_field():
    asked = form(
        component("datetime", "a", subtype="date", **knows("a")),
        choices("radio", "b", **knows("b")),
        component("number", "c", **knows("c")),
        rows("d", component("textfield", "navn"), **knows("d")),
        component("textfield", "e", **knows("e")),
    )
    facts = {"a": "snart", "b": "z", "c": "tre", "d": [{"navn": "I", "mere": 1}], "e": ""}

    assert prefill(asked, facts, {}) == {}


def test_a_default_of_the_form_is_never_filled_in():
    assert prefill(form(choices("radio", "a", defaultValue="a")), {}, {}) == {}


def test_fills_only_where_nothing_was_answered_and_always_where_nobody_may_write():
    asked = form(
        *(component("textfield", key) for key in ("a", "b", "c")),
        component("textfield", "fast", readonly=True),
        group("G", component("textfield", "d"), path="g"),
    )
    known = {path: Prefilled(f"sag {path}", FROM_CPR) for path in ("a", "b", "c", "fast", "g.d")}
    answers = {"a": "mit", "b": None, "fast": "snyd"}

    filled = fill(asked, answers, known)

    assert filled == {"a": "mit", "b": None, "c": "sag c", "fast": "sag fast", "g": {"d": "sag g.d"}}
    assert answers == {"a": "mit", "b": None, "fast": "snyd"}


def test_the_page_marks_what_came_from_the_case_until_it_is_changed():
    asked = form(component("textfield", "a"), component("textfield", "b"))
    known = {"a": Prefilled("Emil", FROM_CPR), "b": Prefilled("x", FROM_CPR)}

    (first, second) = view(asked, {"a": "Emil", "b": "y"}, known=known, context=context()).sections[0].nodes

    assert first.source == "Fra sagen"
    assert first.described_by.endswith("a--source")
    assert second.source == ""
