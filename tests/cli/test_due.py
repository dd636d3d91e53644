"""`casework due`: one question or a batch of them."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework


def run(*arguments, lines=None):
    return CliRunner().invoke(casework, ["due", *arguments], input=lines)


def asked(duration="P6D", calendar="working-days", start="2026-03-30"):
    return json.dumps({"duration": duration, "calendar": calendar, "from": start})


def test_says_when_and_why():
    result = run("--duration", "P6D", "--calendar", "working-days", "--from", "2026-03-30")

    first, *why = result.stdout.splitlines()
    assert first == "2026-04-10T23:59:59+02:00"
    assert why[0] == "Fristen regnes fra mandag den 30. marts 2026."
    assert "skærtorsdag den 2. april" in why[-1]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("duration", "calendar", "start", "due"),
    [
        ("PT24H", "elapsed", "2026-03-28T10:00:00+01:00", "2026-03-29T11:00:00+02:00"),
        ("PT24H", "elapsed", "2026-03-28T09:00:00Z", "2026-03-29T11:00:00+02:00"),
        ("PT24H", "elapsed", "2026-03-28T10:00", "2026-03-29T11:00:00+02:00"),
        ("P4M", "calendar", "2026-10-31", "2027-02-28T23:59:59+01:00"),
        ("P6D", "calendar", "2026-04-02", "2026-04-08T23:59:59+02:00"),
        ("-P6M", "calendar", "2027-08-31", "2027-02-28T23:59:59+01:00"),
        ("P1D", "calendar", "2026-03-30T22:30:00Z", "2026-04-01T23:59:59+02:00"),
        ("P6D", "working-days", "2026-12-21", "2026-12-30T23:59:59+01:00"),
    ],
)
def test_gives_the_instant_with_the_danish_offset(duration, calendar, start, due):
    result = run("--duration", duration, "--calendar", calendar, "--from", start, "--json")

    assert json.loads(result.stdout)["due"] == due


def test_explains_in_english_when_asked():
    arguments = ["--duration", "P6D", "--calendar", "working-days", "--from", "2026-03-30", "--language", "en"]

    assert "Counted from Monday 30 March 2026." in json.loads(run(*arguments, "--json").stdout)["explanation"]


def test_closed_days_are_given_or_as_configured(settings):
    arguments = ["--duration", "P6D", "--calendar", "working-days", "--from", "2026-12-21", "--json"]

    given = run(*arguments, "--closed-days", "06-05,12-24,12-31")
    settings(SAGSGANG_CLOSED_DAYS="12-24")
    configured, none = run(*arguments), run(*arguments, "--closed-days", "")

    days = [json.loads(result.stdout)["due"][:10] for result in (given, configured, none)]
    assert days == ["2027-01-04", "2026-12-31", "2026-12-30"]


def test_a_batch_answers_line_by_line_and_a_bad_line_does_not_stop_the_rest():
    lines = [
        asked(),
        asked(duration="PT"),
        "no json",
        "",
        "[]",
        '{"duration": "P6D"}',
        asked(duration=6),
        asked(calendar="lunar"),
        asked(start="2026-02-30"),
        asked(start="last summer, when the weather was still good"),
        asked(duration="P999999999D"),
        "[" * 100_000,
        asked(calendar="calendar"),
    ]

    result = run("--batch", lines="\n".join(lines))

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [sorted(answer) for answer in answers] == [
        ["due", "explanation"],
        *[["error"]] * 11,
        ["due", "explanation"],
    ]
    assert answers[1]["error"].startswith("»PT« er ikke en varighed.")
    assert "lunar" in answers[7]["error"]
    assert answers[12]["due"] == "2026-04-05T23:59:59+02:00"
    assert result.exit_code == 0


def test_a_batch_survives_bytes_that_are_no_text():
    result = run("--batch", lines=b"\xff\xfe\n" + asked().encode() + b"\n")

    assert ["error" in line for line in result.stdout.splitlines()] == [True, False]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--duration": "PT"}, "er ikke en varighed"),
        (
            {"--calendar": "lunar"},
            "Der er ingen kalender »lunar«, kun elapsed, calendar, calendar-with-start og working-days.",
        ),
        ({"--from": "tomorrow"}, "hverken en dato eller et tidspunkt"),
        ({"--closed-days": "6/5"}, "er ikke en lukkedag"),
    ],
)
def test_refuses_in_one_sentence_with_exit_code_2(change, said):
    options = {"--duration": "P6D", "--calendar": "working-days", "--from": "2026-03-30", **change}

    result = run(*[part for option in options.items() for part in option])

    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert (result.exit_code, result.stdout) == (2, "")


def test_refuses_in_the_language_that_was_asked_for():
    result = run("--duration", "P", "--calendar", "elapsed", "--from", "2026-03-30", "--language", "en")

    assert result.stderr.startswith('"P" is not a duration.')


def test_asks_for_what_is_missing():
    result = run("--duration", "P6D")

    assert "Give --duration, --calendar and --from, or --batch." in result.stderr
    assert result.exit_code == 2
