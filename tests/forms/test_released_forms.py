"""The forms that process owners have released: each can be deployed, shown, described and left empty."""

import json

import jsonschema_rs
import pytest

from casework.config import ROOT
from casework.forms import json_schema, lint, parse, prefill, results, settle, text_view, validate, view
from tests.forms.building import context

FORMS = sorted((ROOT / "forms").glob("*.form"))


@pytest.fixture(params=FORMS, ids=lambda path: path.name)
def data(request):
    return request.param.read_bytes()


def test_there_are_forms():
    assert FORMS


def test_has_no_finding(data):
    assert [(f.component, f.rule, f.message.text("en")) for f in lint(data)] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_can_be_shown_empty(data, language):
    found = view(parse(data), {}, language=language, context=context())

    assert found.title
    assert all(section.nodes for section in found.sections)
    assert found.errors == ()


def test_can_be_described(data):
    schema = json_schema(parse(data))

    jsonschema_rs.meta.validate(schema)
    assert schema["properties"]


def test_is_not_accepted_with_nothing_in_it_unless_nothing_is_required(data):
    asked = parse(data)
    settled = settle(asked, {}, context())

    assert json.loads(json.dumps(settled.answers)) == settled.answers
    assert bool(settled.errors) == any(c.rules.required is True or c.properties.get("minRows") for _, c in asked.fields)
    assert settled.errors == validate(asked, settled.answers, context())


def test_tells_nothing_when_nothing_was_answered(data):
    asked = parse(data)
    worked_out = {
        c.properties.get(to) for _, c in asked.fields if c.type == "expression" for to in ("variable", "fact")
    }
    answers = settle(asked, {}, context()).answers
    told = [value for values in results(asked, answers) for name, value in values.items() if name not in worked_out]

    assert all(value in (None, [], False, 0) or isinstance(value, str) for value in told)
    assert prefill(asked, {}, {}).keys() <= {path for path, c in asked.fields if c.properties.get("prefill")}
    assert text_view(asked, {}) == ()
