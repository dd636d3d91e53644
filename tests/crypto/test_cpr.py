"""CPR numbers. Every number here is invented: the last test holds that none could have been given out with a control."""

from datetime import UTC, date, datetime

import pytest
from stdnum.dk import cpr as control

from casework import clock, cpr
from casework.errors import InvalidError

BORN = {
    "3108094321": date(2009, 8, 31),
    "2902124444": date(2012, 2, 29),
    "0101121111": date(1912, 1, 1),
    "0101584322": date(1958, 1, 1),
    "0101575432": date(2057, 1, 1),
    "0101585432": date(1858, 1, 1),
    "0101364322": date(2036, 1, 1),
    "0101374321": date(1937, 1, 1),
    "0101379321": date(1937, 1, 1),
    "0101369321": date(2036, 1, 1),
    "0101998321": date(1899, 1, 1),
}
IN_2026 = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(("number", "born"), BORN.items())
def test_the_seventh_digit_tells_the_century(number, born):
    assert cpr.birth_date(number) == born


@pytest.mark.parametrize("text", ["310809-4321", "3108094321", " 310809 4321 ", "310809–4321"])
def test_gives_ten_digits_whichever_way_it_is_written(text):
    assert cpr.normalise(text) == "3108094321"


@pytest.mark.parametrize(
    "text", ["", "310809", "310809-432", "310809-43211", "3108-094321", "３１０８０９４３２１", "emil", "31080943 21"]
)
def test_refuses_what_is_not_ten_digits(text):
    with pytest.raises(InvalidError, match="ten digits"):
        cpr.normalise(text)


@pytest.mark.parametrize(
    "text", ["000009-4321", "320809-4321", "310909-4321", "290209-4321", "300212-4444", "711062-4321"]
)
def test_refuses_a_date_that_does_not_exist(text):
    with pytest.raises(InvalidError, match="does not exist"):
        cpr.normalise(text)


def test_refuses_a_birth_date_in_the_future():
    with clock.moved_to(IN_2026):
        assert cpr.normalise("2611264321") == "2611264321"
        with pytest.raises(InvalidError, match="in the future"):
            cpr.normalise("2711264322")


def test_the_day_of_birth_begins_at_midnight_here():
    with clock.moved_to(datetime(2026, 11, 26, 23, 30, tzinfo=UTC)):
        assert cpr.normalise("2711264322") == "2711264322"


def test_refusals_do_not_repeat_the_number():
    with pytest.raises(InvalidError) as refused:
        cpr.normalise("320809-4321")

    assert "4321" not in str(refused.value)
    assert refused.value.message.values == {}


def test_masks_the_last_four():
    assert cpr.mask("3108094321") == "310809-••••"
    assert cpr.mask("310809-4321") == "310809-••••"


def test_writes_it_with_a_hyphen():
    assert cpr.written("3108094321") == "310809-4321"


@pytest.mark.parametrize("number", [*BORN, "2611264321", "2711264322", "3112094321", "3112094320"])
def test_no_number_of_these_tests_has_a_possible_control(number):
    assert control.checksum(number) != 0
