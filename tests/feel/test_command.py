"""`casework feel`."""

import json
import time

import pytest
from click.testing import CliRunner

from casework.cli.feel import feel


def run(*arguments, given=None):
    return CliRunner().invoke(feel, arguments, input=given)


def test_prints_the_value_as_json():
    result = run('date(født) + duration("P18Y")', "--context", '{"født": {"$date": "2010-05-01"}}', "--json")

    assert json.loads(result.output) == {"value": "2028-05-01", "warnings": []}
    assert result.exit_code == 0


def test_a_text_that_looks_like_a_date_stays_a_text():
    result = run('{tekst: født = "2010-05-01", dato: date(født)}', "--context", '{"født": "2010-05-01"}', "--json")

    assert json.loads(result.output)["value"] == {"tekst": True, "dato": "2010-05-01"}


def test_says_warnings_in_the_readers_language():
    result = run("alder > 3")

    assert result.stdout == "null\n"
    assert result.stderr == "»alder« er ikke kendt her.\n"
    assert "not known" in run("alder > 3", "--language", "en").stderr


def test_an_expression_that_is_wrong_is_exit_code_1_and_no_traceback():
    result = run("alder >", "--json")

    assert result.exit_code == 1
    assert json.loads(result.output)["value"] is None
    assert "ved tegn 8" in json.loads(result.output)["error"]
    assert run("alder >").stderr.startswith("Der mangler noget")


@pytest.mark.parametrize("context", ["[1]", "nix", '{"a": {"$date": "nix"}}', '{"a": {"$number": "x"}}'])
def test_refuses_a_context_that_is_none(context):
    result = run("1", "--context", context)

    assert result.exit_code == 1
    assert "Konteksten" in result.stderr


def test_needs_an_expression():
    assert run().exit_code == 2


def test_a_batch_answers_line_by_line_whatever_the_lines_are():
    lines = [
        '{"expression": "a + 1", "context": {"a": 1}}',
        '{"expression": "a +"}',
        "garbage",
        "",
        '{"expression": "some x in 1..1000000000 satisfies x < 0", "context": {}}',
        '{"expression": "mangler"}',
        '{"expression": 7}',
        '{"expression": "a", "context": {"a": 123456789012345678901234567890}}',
        '{"expression": "a", "context": {"a": {"$instant": "2026-01-01T00:00:00+00:00"}}}',
    ]

    result = run("--batch", given="\n".join(lines))

    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["value"] for answer in answers] == [
        2,
        None,
        None,
        None,
        None,
        None,
        None,
        "2026-01-01T01:00:00@Europe/Copenhagen",
    ]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False, True, True, False]
    assert all(answer["warnings"] for answer in answers if answer["value"] is None)


def test_three_thousand_lines_take_seconds():
    lines = [json.dumps({"expression": f"if x > {n} then {n} else x", "context": {"x": n % 7}}) for n in range(3000)]
    started = time.monotonic()

    result = run("--batch", given="\n".join(lines))

    assert len(result.output.splitlines()) == 3000
    assert time.monotonic() - started < 10
