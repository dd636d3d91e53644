"""What the buttons of a try-out mean, as steps of a scenario."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.web.workshop.moments import day_written, moment_written
from casework.calendar import day_of
from casework.config import TIME_ZONE
from casework.errors import InvalidError, NotFoundError
from casework.i18n import Message, message
from casework.scenarios.words import after, span_of
from casework.try_out.beginnings import values_of
from casework.try_out.step_words import MOVE_WORDS, time_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.try_out.trying import Trying
    from casework.try_out.walking import Step

SPANS = ("1 time", "24 timer", "1 arbejdsdag", "5 arbejdsdage", "1 uge", "1 måned", "4 måneder")
UNITS = (
    ("timer", message("hours")),
    ("arbejdsdage", message("working days")),
    ("dage", message("days")),
    ("uger", message("weeks")),
    ("måneder", message("months")),
    ("år", message("years")),
)
NEXT, BIRTHDAY = "next", "birthday"
#: A childhood.
LONGEST = timedelta(days=25 * 366)


def spans() -> list[tuple[str, Message]]:
    """The buttons that let time pass."""
    return [(span, time_words(span)) for span in SPANS]


def posted_step(posted: Mapping[str, str], walk: Trying | None) -> Step:
    """Refuses (InvalidError) what says nothing that could happen."""
    if walk is None:
        raise NotFoundError(message("Nothing is being tried out here."))
    if "move" in posted:
        return _move(posted)
    if "everybody" in posted:
        return "resten"
    if "message" in posted:
        return _message(posted)
    if "fact" in posted:
        return _fact(posted)
    if "consent" in posted:
        return {"samtykke": "trukket"}
    return {"gå" if posted.get("live") else "vent": _time(posted, walk)}


def _move(posted: Mapping[str, str]) -> Step:
    if posted["move"] not in MOVE_WORDS:
        raise _wrong("move", message("Choose what happens to the hand-off."))
    return {"overlevering": posted["move"]} | ({"enhed": posted["unit"]} if posted.get("unit") else {})


def _message(posted: Mapping[str, str]) -> Step:
    name, _, to = posted["message"].partition("|")
    if not name:
        raise _wrong("message", message("Choose the message that comes."))
    values = values_of(posted.get("brings", ""))
    return {"besked": name} | ({"med": values} if values else {}) | ({"til": to} if to else {})


def _fact(posted: Mapping[str, str]) -> Step:
    name, text = posted["fact"].strip(), posted.get("value", "").strip()
    if not name.isidentifier() or not text:
        raise _wrong("fact", message("Say which fact, and what it is."))
    day = day_written(text)
    return {"oplysninger": {name: day.isoformat()} if day else values_of(f"{name}: {text}")}


def _time(posted: Mapping[str, str], walk: Trying) -> str:
    wait = posted.get("wait", "")
    if wait == NEXT:
        return _next(walk)
    if wait == BIRTHDAY:
        return _birthday(walk)
    if wait in SPANS:
        return wait
    text = f"{posted.get('count', '').strip()} {posted.get('unit', '')}"
    if posted.get("until", "").strip():
        moment = moment_written(posted["until"])
        if moment is None or moment > walk.seen.now + LONGEST:
            raise _wrong("until", message("Write it as 24.11.2026 9.00."))
        text = f"til {moment:%Y-%m-%d %H:%M}"
    elif (span := span_of(text)) is None or after(*span, walk.seen.now) > walk.seen.now + LONGEST:
        raise _wrong("count", message("Write how many hours, days or months shall pass."))
    return text


def _next(walk: Trying) -> str:
    """A whole minute: the next moment at which a timer, an escalation or a start comes due lies within it."""
    if walk.next_at is None:
        raise _wrong("wait", message("Nothing waits for the clock."))
    local = (max(walk.next_at, walk.seen.now) + timedelta(minutes=1)).astimezone(TIME_ZONE)
    return f"til {local:%Y-%m-%d %H:%M}"


def _birthday(walk: Trying) -> str:
    day = next_birthday(walk)
    if day is None:
        raise _wrong("wait", message("Nobody knows when the child was born."))
    return f"til {day.isoformat()}"


def next_birthday(walk: Trying) -> Any:
    """The day after today on which the child is a year older; of one born on 29 February the first of March."""
    born, today = walk.seen.born, day_of(walk.seen.now)
    if born is None:
        return None
    for year in (today.year, today.year + 1):
        try:
            day = born.replace(year=year)
        except ValueError:
            day = born.replace(year=year, month=3, day=1)
        if day > today:
            return day
    return None


def _wrong(field: str, said: Message) -> InvalidError:
    return InvalidError(said, {field: [said]})
