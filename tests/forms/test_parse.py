"""Reading form-js JSON: what a form holds, and what is refused before it can do harm."""

import json

import pytest

from casework.errors import InvalidError, LimitError
from casework.forms import ComponentType, parse
from tests.forms.building import as_json, choices, component, form, group, rows


def test_reads_labels_options_and_properties_in_both_languages():
    found = form(choices("radio", "kanal", "telefon", "brev", properties={"variable": "kanal"}))

    (field,) = found.components
    assert found.title.text("da") == "Prøve"
    assert found.title.text("en") == "Trial"
    assert field.label.text("da") == "kanal på dansk"
    assert field.label.text("en") == "kanal in English"
    assert [option.label.text("en") for option in field.options] == ["telefon en", "brev en"]
    assert field.variable == "kanal"


def test_a_missing_english_word_falls_back_to_the_danish():
    found = parse(json.dumps({"components": [{"type": "textfield", "key": "navn", "label": "Navn"}]}))

    assert found.components[0].label.text("en") == "Navn"


def test_gives_the_path_of_every_field():
    found = form(
        group("Ude", component("textfield", "a"), path="ude"),
        group("Flad", component("textfield", "b")),
        rows("folk", component("textfield", "navn")),
    )

    assert [path for path, _ in found.fields] == ["ude.a", "b", "folk", "folk.*.navn"]


def test_the_same_bytes_are_parsed_once_and_other_bytes_anew():
    data = as_json(component("textfield", "a"))

    assert parse(data) is parse(data.encode())
    assert parse(data) is not parse(data + " ")
    assert parse(data).digest != parse(data + " ").digest


def test_buttons_are_ignored():
    assert (
        form(component("textfield", "a"), {"type": "button", "key": "send"}).components[0].type
        is ComponentType.TEXTFIELD
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'"x"', b"{}", b'{"components": {}}', b'{"components": [NaN]}', b"\xff\xfe\x00", b"[" * 100_000],
)
def test_refuses_what_is_no_form(data):
    with pytest.raises(InvalidError):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [
        as_json({"type": "textfield", "key": "a", "label": "x" * 1_000_001}),
        as_json(*[component("textfield", f"a{i}") for i in range(501)]),
        as_json(
            group(
                "1",
                group("2", group("3", group("4", group("5", group("6", group("7", group("8", {"type": "text"}))))))),
            )
        ),
    ],
    ids=["too large", "too many components", "too deep"],
)
def test_refuses_what_is_beyond_the_limits(data):
    with pytest.raises(LimitError):
        parse(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "iframe", "key": "a"},
        {"type": "html", "content": "<script>"},
        {"type": "textfield", "key": "a.b"},
        {"type": "textfield"},
        {"type": "number", "key": "a", "validate": {"min": "en"}},
        {"type": "datetime", "key": "a", "properties": {"minDate": "2026-02-31"}},
        "text",
    ],
)
def test_refuses_what_lint_would_not_let_pass(wrong):
    with pytest.raises(InvalidError):
        parse(as_json(wrong))
