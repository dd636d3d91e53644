"""What a process owner is told about a form before it is released."""

import json

import pytest

from casework.forms import lint
from tests.forms.building import as_json, choices, component, group, rows

FINE = component("textfield", "navn")

CASES = [
    ("unknown-type", {"type": "iframe", "id": "ramme"}, "ramme"),
    ("unknown-type", {"type": "html", "id": "kode", "content": "<b>"}, "kode"),
    ("key", {**component("textfield", "x"), "key": "æ b"}, "æ b"),
    ("duplicate-key", component("number", "navn"), "navn"),
    ("duplicate-key", group("G", component("textfield", "a"), path="navn"), "navn"),
    ("options", component("radio", "valg"), "valg"),
    ("options", component("select", "valg", valuesExpression="=x"), "valg"),
    ("option-value", choices("radio", "valg", "a", "a"), "valg"),
    ("option-value", choices("radio", "valg", "a", " "), "valg"),
    ("option-label", component("radio", "valg", values=[{"value": "a", "label": "A"}]), "valg"),
    ("label-da", {"type": "textfield", "key": "a", "properties": {"labelEn": "A"}}, "a"),
    ("label-en", {"type": "textfield", "key": "a", "label": "A"}, "a"),
    ("label-en", component("textfield", "a", description="Hjælp"), "a"),
    ("label-en", {"type": "text", "id": "t", "text": "Læs dette"}, "t"),
    ("label-en", {"type": "group", "id": "g", "label": "Gruppe", "components": []}, ""),
    ("label-expression", component("textfield", "a", description="={{navn}}", properties={"descriptionEn": "x"}), "a"),
    ("feel", component("textfield", "a", conditional={"hide": "=navn = "}), "a"),
    ("feel", component("textfield", "a", validate={"required": "=if"}), "a"),
    ("feel", component("textfield", "a", properties={"prefill": "=1 +"}), "a"),
    ("feel", component("expression", "a"), "a"),
    ("limits", component("number", "a", validate={"min": 10, "max": 1}), "a"),
    ("limits", component("textfield", "a", validate={"minLength": 10, "maxLength": 1}), "a"),
    ("limits", component("datetime", "a", properties={"minDate": "2027-01-01", "maxDate": "2026-01-01"}), "a"),
    ("limits", component("datetime", "a", properties={"past": "true", "future": "true"}), "a"),
    ("limits", component("number", "a", increment=0), "a"),
    ("limit", component("number", "a", validate={"min": "få"}), "a"),
    ("pattern", component("textfield", "a", validate={"pattern": "("}), "a"),
    ("pattern", component("textfield", "a", validate={"pattern": "(a+)+$"}), "a"),
    ("pattern", component("textarea", "a", validate={"pattern": "^a$"}), "a"),
    ("text-decides", component("textarea", "a", properties={"variable": "a"}), "a"),
    ("text-decides", component("textfield", "a", properties={"variable": "a"}), "a"),
    ("text-decides", rows("a", component("textarea", "b"), properties={"variable": "a"}), "a"),
    ("cpr", component("textfield", "a", properties={"variable": "a", "widget": "cpr"}), "a"),
    ("name", component("number", "a", properties={"variable": "a b"}), "a"),
    ("name", component("number", "a", properties={"fact": "..."}), "a"),
    ("consent", {**choices("radio", "valg", "a", "b"), "properties": {"labelEn": "x", "consent": "c"}}, "valg"),
    ("widget", component("textfield", "a", properties={"widget": "scale"}), "a"),
    ("widget", component("number", "a", properties={"widget": "slider"}), "a"),
    ("widget", component("number", "a", validate={"max": 1000}, properties={"widget": "scale"}), "a"),
]

WARNINGS = [
    ("default", component("textfield", "a", defaultValue="x"), "a"),
    ("pattern-message", component("textfield", "a", validate={"pattern": "^a$"}), "a"),
    ("property", component("textfield", "a", properties={"lableEn": "x"}), "a"),
    ("duplicate-variable", component("number", "a", properties={"variable": "tal"}), "tal"),
    ("circle", component("textfield", "a", conditional={"hide": "=b = 1"}), "a"),
]


@pytest.mark.parametrize(("rule", "wrong", "name"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_finds_what_is_wrong_and_says_how_to_mend_it_in_both_languages(rule, wrong, name):
    findings = [f for f in lint(as_json(FINE, wrong)) if f.rule == rule]

    assert [(f.component, f.severity) for f in findings] == [(name, "error")]
    for said in (findings[0].message, findings[0].mend):
        assert said.text("da") != said.text("en")
        assert "{" not in said.text("da").replace("{{", "")


@pytest.mark.parametrize(("rule", "doubtful", "name"), WARNINGS, ids=lambda case: case if isinstance(case, str) else "")
def test_warns_of_what_is_doubtful(rule, doubtful, name):
    others = [
        component("number", "b", conditional={"hide": '=a = "x"'}, properties={"variable": "tal"}),
    ]

    findings = [f for f in lint(as_json(FINE, doubtful, *others)) if f.rule == rule and f.component == name]

    assert [f.severity for f in findings] == ["warning"]


def test_finds_nothing_in_a_good_form():
    good = [
        component(
            "textfield", "journal", validate={"pattern": r"^\d{4}-\d+$"}, properties={"message": "x", "messageEn": "y"}
        ),
        choices("radio", "valg", properties={"variable": "valg"}, conditional={"hide": "=tal = null"}),
        component("number", "tal", validate={"min": 0, "max": "=graense"}, properties={"fact": "person.tal"}),
        component("select", "hvem", properties={"widget": "employee", "variable": "hvem"}),
        component("expression", "sum", expression="=tal * 2", properties={"variable": "sum"}),
        {"type": "separator", "id": "s"},
        {"type": "text", "text": "Læs", "properties": {"textEn": "Read"}},
        rows("folk", component("textfield", "navn"), properties={"fact": "persons.folk", "minRows": "1"}),
        rows("trin", component("textarea", "indhold"), component("number", "uger"), properties={"variable": "trin"}),
    ]

    assert lint(as_json(*good)) == []


def test_a_form_that_asks_nothing_is_found():
    assert [f.rule for f in lint(as_json({"type": "separator"}))] == ["empty"]


@pytest.mark.parametrize(
    "odd",
    [
        {
            "type": "number",
            "properties": {"widget": "scale"},
            "validate": {"min": "-1e999999999", "max": "1e999999999"},
        },
        {"type": "datetime", "subtype": {"a": []}},
        {"type": ["textfield"], "label": {"a": 1}, "values": 7, "validate": "x", "conditional": [[]]},
        {"type": "textfield", "validate": {"minLength": "9" * 5000, "pattern": "[[a]"}},
    ],
)
def test_whatever_stands_in_a_field_is_found_or_passed_over(odd):
    assert all(one.message.text("da") for one in lint(as_json({"key": "a", **odd})))


@pytest.mark.parametrize(
    "data", [b"", b"<xml/>", b"[]", b"[" * 50_000, b"x" * 1_000_001, json.dumps({"components": 3})]
)
def test_an_unusable_file_is_one_finding(data):
    assert [f.rule for f in lint(data)] == ["unusable"]
