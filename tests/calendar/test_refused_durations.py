"""What is no duration, does not fit its calendar, or leads further than dates go."""

from datetime import UTC, date, datetime

import pytest

from casework.calendar import CalendarKind, due
from casework.errors import CaseworkError, InvalidError, LimitError

ELAPSED, CALENDAR, WITH_START, WORKING_DAYS = CalendarKind
#: Those that count back, too.
BOTH_WAYS = (ELAPSED, CALENDAR, WORKING_DAYS)
NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("kind", CalendarKind)
@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "P",
            "-P",
            "P-",
            "PT",
            "P1DT",
            "xyz",
            "6",
            "6D",
            "D6",
            "P6",
            "PD",
            "P-6D",
            "P1.5D",
            "p6d",
            " P6D",
            "P6D ",
        ],
        *["PT1.5H30M", "P6D\n", "P1D1D", "P1D1M", "P٦D", "P1H", "PT1D", "R3/P1D", "--P1D", "P1e3D", "P,5D", "PT.5H"],
    ],
)
def test_refuses_what_is_no_duration(text, kind):
    with pytest.raises(InvalidError, match="is not a duration"):
        due(text, kind, NOON)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("P1M", ELAPSED, "no fixed length"),
        ("P1YT1H", ELAPSED, "no fixed length"),
        ("PT24H", CALENDAR, "counted whole"),
        ("P1DT1H", CALENDAR, "counted whole"),
        ("PT0H", CALENDAR, "counted whole"),
        ("P1W", WORKING_DAYS, "for example P6D"),
        ("P1M", WORKING_DAYS, "for example P6D"),
        ("PT24H", WORKING_DAYS, "for example P6D"),
        ("PT24H", WITH_START, "counted whole"),
        ("P0D", WITH_START, "for example P7D"),
        ("-P7D", WITH_START, "for example P7D"),
        ("P1M", WITH_START, "for example P7D"),
    ],
)
def test_refuses_what_the_calendar_cannot_count(text, kind, said):
    with pytest.raises(InvalidError, match=said):
        due(text, kind, NOON)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *[(f"{sign}P{'9' * digits}D", kind) for sign in ("", "-") for digits in (9, 30, 5000) for kind in BOTH_WAYS],
        *[(f"P{'9' * digits}D", WITH_START) for digits in (9, 30)],
        ("P7974Y", CALENDAR),
        ("-P2026Y", CALENDAR),
        (f"P{'9' * 30}M", CALENDAR),
        (f"P{'9' * 30}W", ELAPSED),
        (f"PT{'9' * 30}H", ELAPSED),
        (f"PT0.{'9' * 60}S", ELAPSED),
    ],
)
def test_refuses_what_no_date_can_hold(text, kind):
    with pytest.raises(LimitError):
        due(text, kind, NOON)


@pytest.mark.parametrize("kind", CalendarKind)
@pytest.mark.parametrize(
    "start", [date.max, date.min, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
)
def test_the_ends_of_all_time_are_refused_not_a_crash(start, kind):
    with pytest.raises(CaseworkError):
        due("P1D" if start.year > 1 else "-P1D", kind, start)


def test_the_last_day_of_all_can_be_due():
    assert due("P0D", CALENDAR, date.max).instant.year == 9999


def test_says_in_danish_what_to_write_instead():
    with pytest.raises(InvalidError) as refused:
        due("PT", ELAPSED, NOON)

    assert refused.value.message.text("da").startswith("»PT« er ikke en varighed. Skriv for eksempel P6D (6 dage)")
