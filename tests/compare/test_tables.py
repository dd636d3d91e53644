"""Forms and decision tables: field by field and cell by cell, also when an editor has given everything new ids."""

from __future__ import annotations

import json
import re
from copy import deepcopy

import pytest

from casework.compare import Files, Kind, compare
from casework.config import ROOT
from casework.errors import InvalidError

FORM = json.loads((ROOT / "forms" / "F04.form").read_bytes())
TABLE = (ROOT / "processes" / "intake_to_assessment" / "dmn_akutvurdering.dmn").read_text()
RULES = re.findall(r"<rule .*?</rule>", TABLE, re.DOTALL)


def test_a_field_that_comes_is_one_change():
    form = deepcopy(FORM)
    new = {"type": "checkbox", "id": "n", "key": "nyt", "label": "Er det nyt?", "validate": {"required": True}}
    form["components"][0]["components"].append(new)

    assert said(form) == ["Felt »Er det nyt?«: tilføjet"]


def test_a_field_in_another_group_keeps_its_answer():
    form = deepcopy(FORM)
    form["components"][1]["components"].insert(0, form["components"][0]["components"].pop())

    (change,) = compared(form).changes

    assert (change.facet.text("da"), change.before.text("da"), change.after.text("da")) == (
        "gruppe",
        "Barnets egne ord",
        "Samtalen",
    )
    assert not change.affects_execution


def test_fields_in_another_order_are_moved():
    form = deepcopy(FORM)
    form["components"][1]["components"].append(form["components"][1]["components"].pop(0))

    (change,) = compared(form).changes

    assert (change.kind, change.affects_execution) == (Kind.MOVED, False)


def test_new_ids_of_fields_are_the_only_change():
    form = deepcopy(FORM)
    for component in form["components"][0]["components"]:
        component["id"] += "_new"

    (change,) = compared(form).changes

    assert (change.facet.text("da"), change.affects_execution) == ("id", False)


@pytest.mark.parametrize(
    ("path", "value", "sentence", "affects"),
    [
        ("validate", {"required": False}, "Felt »Deltagere«, skal besvares: ja → nej", True),
        ("label", "Hvem var med?", "Felt »Hvem var med?«, ledetekst: Deltagere → Hvem var med?", False),
        ("conditional", {"hide": "=x"}, "Felt »Deltagere«, skjult når: intet → =x", True),
    ],
)
def test_says_what_is_another_about_a_field(path, value, sentence, affects):
    form = deepcopy(FORM)
    form["components"][1]["components"][0][path] = value

    (change,) = compared(form).changes

    assert (change.sentence.text("da"), change.affects_execution) == (sentence, affects)


def test_options_come_and_go():
    form = deepcopy(FORM)
    values = form["components"][1]["components"][0]["values"]
    del values[0]
    values.append({"value": "ven", "label": "Ven"})

    assert said(form) == ["Svarmulighed »Ven« (Deltagere): tilføjet", "Svarmulighed »Barnet« (Deltagere): fjernet"]


def test_what_is_no_form_is_refused():
    with pytest.raises(InvalidError):
        compare(Files(forms={"F04": json.dumps(FORM).encode()}), Files(forms={"F04": b"[]"}))


def test_a_cell_is_shown_before_and_now():
    told = decided(TABLE.replace('<inputEntry id="vold_i2"><text>-<', '<inputEntry id="vold_i2"><text>true<'))

    (change,), (grid,) = told.changes, told.grids
    assert change.sentence.text("da") == "Række 1, »Mistanke om overgreb«: - → true"
    assert [(row.kind, [cell.is_changed for cell in row.cells].count(True)) for row in grid.rows[:2]] == [
        (Kind.CHANGED, 1),
        (None, 0),
    ]


def test_rows_come_go_and_move():
    without = TABLE.replace(RULES[0], "")
    moved = TABLE.replace(RULES[0], "").replace(RULES[1], RULES[1] + RULES[0])

    assert [change.sentence.text("da") for change in decided(without).changes] == ["Række 1: fjernet"]
    assert [change.kind for change in decided(moved).changes] == [Kind.MOVED]
    assert [row.kind for row in decided(without).grids[0].rows][-1] is Kind.REMOVED


def test_rows_with_new_ids_are_the_same_rows():
    told = decided(TABLE.replace('<rule id="vold">', '<rule id="r1">'))

    (change,) = told.changes
    assert (change.facet.text("da"), change.affects_execution, told.grids) == ("id", False, ())


def test_a_new_column_is_one_change():
    column = '<input id="nyt" label="Nyt"><inputExpression id="u"><text>nyt</text></inputExpression></input>'
    wider = TABLE.replace("<input id", f"{column}<input id", 1)
    wider = re.sub(r'<inputEntry id="(\w+)_i1">', r'<inputEntry id="\1_i0"><text>-</text></inputEntry>\g<0>', wider)

    told = decided(wider)

    assert [change.sentence.text("da") for change in told.changes] == ["Betingelseskolonne »Nyt«: tilføjet"]
    assert told.grids[0].columns[0].kind is Kind.ADDED


def test_a_table_of_many_rows_is_compared():
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="r{n}i"><text>{n}</text></inputEntry><outputEntry/></rule>'
        for n in range(3000)
    )
    table = f'<decisionTable id="t"><input id="i"/><output id="o"/>{rules}</decisionTable>'
    big = f'{TABLE[: TABLE.index("<decision ")]}<decision id="d" name="D">{table}</decision></definitions>'.encode()

    told = compare(Files(decisions={"d": big}), Files(decisions={"d": big.replace(b">7<", b">8<")}))

    assert len(told.changes) == 1


def said(form):
    return [change.sentence.text("da") for change in compared(form).changes]


def compared(form):
    return compare(Files(forms={"F04": json.dumps(FORM).encode()}), Files(forms={"F04": json.dumps(form).encode()}))


def decided(table):
    return compare(Files(decisions={"d": TABLE.encode()}), Files(decisions={"d": table.encode()}))
