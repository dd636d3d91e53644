"""What expressions mean here: the corners of FEEL that conditions, timers and forms stand on."""

from datetime import UTC, date, datetime

import pytest

from casework import clock
from casework.feel import Function, Question, attempt, evaluate, evaluate_all, plain, unary_test
from casework.feel.errors import FeelSyntaxError


@pytest.mark.parametrize("expression", ["alder >= 15", "=alder >= 15", "  = alder >= 15"])
def test_a_leading_equals_sign_may_be_there(expression):
    assert evaluate(expression, {"alder": 15}) is True


def test_names_may_have_danish_letters_and_spaces():
    context = {"barnets alder": 12, "ønske": {"føde sted": "Ærø"}, "Sag 7": True}

    values = evaluate_all(["barnets alder + 1", "ønske.føde sted", "not(Sag 7)"], context)

    assert [one.value for one in values] == [13, "Ærø", False]


@pytest.mark.parametrize(
    "expression",
    [
        "mangler > 3",
        "mangler.alder",
        '"a" * 3',
        "1 + null",
        "null and true",
        "1 / 0",
        'number("x")',
        "[1,2][5]",
        "ukendt(1)",
    ],
)
def test_what_cannot_be_computed_is_null(expression):
    assert evaluate(expression, {}) is None


def test_null_is_compared_with_the_equals_sign():
    assert evaluate("mangler = null and 1 != null", {}) is True


@pytest.mark.parametrize(
    ("expression", "part"),
    [("1 + mangler", "mangler"), ("barn.navn", "navn"), ("3()", "3()"), ('date("nix")', 'date("nix")')],
)
def test_warns_of_what_it_could_not_compute_and_says_where(expression, part):
    (outcome,) = evaluate_all([expression], {"barn": {}})

    assert part in {warning.part for warning in outcome.warnings}
    assert all(part in warning.message.text("da") for warning in outcome.warnings if warning.part == part)


def test_evaluates_many_in_order_and_raises_the_first_that_is_no_feel():
    assert [one.value for one in evaluate_all(["1", "a", "a + 1"], {"a": 2})] == [1, 2, 3]

    with pytest.raises(FeelSyntaxError) as raised:
        evaluate_all(["1", "a +", ")"], {"a": 2})

    assert raised.value.expression == "a +"


def test_each_attempt_has_its_own_context_and_outcome():
    outcomes = attempt(
        [Question("x", {"x": 1}), Question("x +", {}), Question("x", {"x": 10**30}), Question("x", {"x": 3})]
    )

    assert [getattr(one, "value", type(one).__name__) for one in outcomes] == [
        1,
        "FeelSyntaxError",
        "FeelValueError",
        3,
    ]


def test_nothing_asked_is_nothing_answered():
    assert evaluate_all([], {}) == []


@pytest.mark.parametrize(
    ("test", "value", "passes"),
    [
        ("> 3", 4, True),
        ("> 3", None, False),
        ("[1..5)", 5, False),
        ('"a","b"', "b", True),
        ('not("a","b")', "b", False),
        ("-", None, True),
        ("? > grænse", 4, True),
        ("true", True, True),
        ("false", True, False),
        ("null", None, True),
        ('@"2026-11-26"', date(2026, 11, 26), True),
        ('< date("2026-11-26")', date(2026, 11, 25), True),
        ("ukendt", 3, False),
    ],
)
def test_unary_tests_pass_or_do_not(test, value, passes):
    assert unary_test(test, value, {"grænse": 3}) is passes


def test_many_tests_of_one_subject():
    context = {"født": date(2010, 5, 1)}
    subject = 'years and months duration(født, date("2026-05-01")).years'

    outcomes = attempt([Question(test, context, "test", subject) for test in ("16", "< 16", "[15..17]")])

    assert [one.value for one in outcomes] == [True, False, True]


def test_a_function_given_with_the_context_sees_the_others():
    context = {
        "sats": 2,
        "dobbelt": Function(("x",), "x * sats"),
        "sum af": Function(("a", "b"), "dobbelt(a) + dobbelt(b)"),
    }

    assert evaluate("sum af(3, 4)", context) == 14


def test_what_was_parsed_before_for_other_names_is_not_taken_for_these():
    contexts = [{"a-b": 7}, {"a": 5, "b": 2}, {"a-b": 9}, {"a": {"x y": 1}, "b": 1}, {"a": 5, "b": 3}]

    assert [evaluate("a-b", context) for context in contexts] == [7, 3, 9, None, 2]


def test_warnings_of_one_evaluation_are_not_those_of_the_next():
    first = evaluate_all(["mangler", "mangler"], {})
    second = evaluate_all(["mangler"], {"mangler": 1})
    third = evaluate_all(["mangler"], {})

    assert [len(one.warnings) for one in (*first, *second, *third)] == [1, 1, 0, 1]


class TestTime:
    """Moments are instants, whatever zone they are written in."""

    def test_now_and_today_obey_the_clock_of_the_application(self):
        with clock.moved_to(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
            assert evaluate("now()", {}) == datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
            assert evaluate("today()", {}) == date(2027, 1, 1)

    def test_now_of_the_context_comes_before_the_clock(self):
        context = {"now": datetime(2026, 1, 1, 12, tzinfo=UTC)}

        assert evaluate("now = now()", context) is True
        assert evaluate('now < @"2026-01-02"', {"now": date(2026, 1, 1)}) is True

    def test_the_date_of_a_moment_is_the_date_on_a_danish_wall(self):
        assert evaluate("date(t)", {"t": datetime(2026, 6, 30, 22, 30, tzinfo=UTC)}) == date(2026, 7, 1)

    @pytest.mark.parametrize("hours", [24, 48])
    def test_hours_are_exact_across_summer_time(self, hours):
        start = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)

        end = evaluate(f'start + duration("PT{hours}H")', {"start": start})

        assert (end - start).total_seconds() == hours * 3600
        assert evaluate("slut - start", {"start": start, "slut": end}) == end - start

    def test_the_hour_that_comes_twice_is_not_lost_when_adding(self):
        start = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)

        moments = [evaluate(f'start + duration("PT{hours}H")', {"start": start}).astimezone(UTC) for hours in (1, 2, 3)]

        assert [moment.hour for moment in moments] == [0, 1, 2]

    def test_differences_look_at_zones(self):
        assert evaluate('@"2026-01-01T10:00:00Z" - @"2026-01-01T10:00:00+01:00" = duration("PT1H")', {}) is True

    def test_a_moment_without_a_zone_is_danish_time(self):
        assert (
            evaluate('t = @"2026-07-01T12:00:00@Europe/Copenhagen"', {"t": datetime(2026, 7, 1, 10, tzinfo=UTC)})
            is True
        )
        assert evaluate('t < @"2026-07-01T12:30:00"', {"t": datetime(2026, 7, 1, 10, tzinfo=UTC)}) is True
        assert evaluate('t < @"2026-07-01T11:30:00"', {"t": datetime(2026, 7, 1, 10, tzinfo=UTC)}) is False

    def test_long_durations_are_compared_exactly(self):
        assert evaluate('duration("P200D") = duration("P201D")', {}) is False

    def test_age_in_whole_months(self):
        expression = 'years and months duration(date("2010-02-28"), date("2026-02-27"))'

        assert evaluate(f"{expression}.years", {}) == 15
        assert evaluate(f"{expression}.months", {}) == 11

    def test_a_date_and_hours_are_a_date(self):
        assert evaluate('date("2026-01-01") + duration("PT36H")', {}) == date(2026, 1, 2)

    @pytest.mark.parametrize(
        ("expression", "text"),
        [
            ('2 * duration("P3D")', "P6D"),
            ('duration("PT1H") * 36', "P1DT12H"),
            ('duration("P1Y") * 1.5', "P1Y6M"),
            ('duration("P1D") / 2', "PT12H"),
            ('-duration("P1M")', "-P1M"),
            ('-duration("PT5M")', "-PT5M"),
            ('duration("P1D") / duration("PT6H")', 4),
            ('duration("P1D") / 0', None),
            ('duration("P1D") * "x"', None),
            ("2 * 3 - -1", 7),
        ],
    )
    def test_durations_are_multiplied_divided_and_turned_round(self, expression, text):
        assert plain(evaluate(expression, {})) == text
