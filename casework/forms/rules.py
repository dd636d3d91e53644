"""What a value that has the right shape must obey: lengths, limits, steps, patterns, past and future; and what is missing."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework.config import TIME_ZONE
from casework.forms.component import CHOOSES_MANY, FREE_TEXT, Component, ComponentType
from casework.forms.patterns import MAX_SUBJECT, compiled
from casework.forms.words import spoken
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.forms.context import Context

MAX_TEXT = 500
MAX_LONG_TEXT = 20_000
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def missing(component: Component) -> Message:
    """The sentence for a required answer that is not there: the form's own, or one that fits the kind of field."""
    own = component.words("message")
    return own if own and not component.rules.pattern else _missing(component)


def _missing(component: Component) -> Message:
    if component.widget == "scale":
        low, high = scale_ends(component)
        return message("Choose a number from {low} to {high}.", low=low, high=high)
    if component.widget == "employee":
        return message("Choose a colleague.")
    if component.type is ComponentType.DATETIME:
        return {
            "date": message("Write the date."),
            "time": message("Write the time."),
            "datetime": message("Write the date and the time."),
        }[component.subtype]
    return _MISSING.get(component.type) or message("Write an answer.")


_MISSING = {
    ComponentType.NUMBER: message("Write a number."),
    ComponentType.CHECKBOX: message("Choose yes or no."),
    ComponentType.RADIO: message("Choose one of the options."),
    ComponentType.SELECT: message("Choose one of the options."),
    ComponentType.CHECKLIST: message("Choose at least one."),
    ComponentType.TAGLIST: message("Choose at least one."),
    ComponentType.FILEPICKER: message("Attach a file."),
    ComponentType.DYNAMICLIST: message("Add at least one."),
}


def scale_ends(component: Component) -> tuple[int, int]:
    """The first and last number of a scale: 0–10 unless the form says otherwise."""
    low, high = component.rules.minimum, component.rules.maximum
    return int(low) if isinstance(low, Decimal) else 0, int(high) if isinstance(high, Decimal) else 10


def broken(component: Component, value: Any, limits: tuple[Any, Any], context: Context) -> list[Message]:
    """Say which rules a value breaks. `limits` are what the least and the most have been worked out to."""
    if component.type in FREE_TEXT and not component.is_masked and component.widget != "employee":
        return list(_text(component, value))
    if component.type is ComponentType.NUMBER:
        return list(_number(component, value, limits))
    if component.type is ComponentType.DATETIME:
        return list(_moment(component, value, limits, context))
    if component.type in CHOOSES_MANY:
        return list(_choices(value, limits))
    return []


def longest(component: Component) -> int:
    """How many characters a text may have."""
    default = MAX_LONG_TEXT if component.type is ComponentType.TEXTAREA else MAX_TEXT
    return default if component.rules.max_length is None else component.rules.max_length


def _text(component: Component, text: str) -> Iterator[Message]:
    rules, most = component.rules, longest(component)
    if len(text) > most:
        yield message("Write at most {limit} characters; there are {count}.", limit=most, count=len(text))
    elif rules.min_length is not None and len(text) < rules.min_length:
        yield message("Write at least {limit} characters.", limit=rules.min_length)
    elif rules.pattern and not (len(text) <= MAX_SUBJECT and compiled(rules.pattern).search(text)):
        yield component.words("message") or message("The answer is not written as it should be.")


def _number(component: Component, number: Decimal | int, limits: tuple[Any, Any]) -> Iterator[Message]:
    exact, rules = Decimal(number), component.rules
    least, most = (as_number(limit) for limit in limits)
    if component.widget == "scale":
        low, high = scale_ends(component)
        if not (low <= exact <= high and exact == int(exact)):
            yield _missing(component)
    elif least is not None and exact < least:
        yield message("The number must be at least {limit}.", limit=spoken(least))
    elif most is not None and exact > most:
        yield message("The number may be at most {limit}.", limit=spoken(most))
    elif rules.decimals is not None and exact != round(exact, rules.decimals):
        yield _DECIMALS.get(rules.decimals) or message("Write at most {limit} decimals.", limit=rules.decimals)
    elif rules.step and exact % rules.step:
        yield message("Write a multiple of {step}.", step=spoken(rules.step))


_DECIMALS = {0: message("Write a whole number."), 1: message("Write at most one decimal.")}


def _moment(component: Component, value: Any, limits: tuple[Any, Any], context: Context) -> Iterator[Message]:
    if isinstance(value, time):
        return
    day = value.date() if isinstance(value, datetime) else value
    least, most = (_as_moment(limit) for limit in limits)
    if not EARLIEST <= day <= LATEST:
        yield message("Look at the year once more.")
    elif component.rules.in_past and _is_before(context.now, value):
        yield message("This lies in the future.")
    elif component.rules.in_future and _is_before(value, context.now):
        yield message("This lies in the past.")
    elif least is not None and _is_before(value, least):
        yield message("It may not be before {limit}.", limit=spoken(least))
    elif most is not None and _is_before(most, value):
        yield message("It may not be after {limit}.", limit=spoken(most))


def _choices(chosen: list[str], limits: tuple[Any, Any]) -> Iterator[Message]:
    least, most = (as_number(limit) for limit in limits)
    if len(set(chosen)) != len(chosen):
        yield message("An option is chosen twice.")
    elif least is not None and len(chosen) < least:
        yield message("Choose at least {limit}.", limit=int(least))
    elif most is not None and len(chosen) > most:
        yield message("Choose at most {limit}.", limit=int(most))


def as_number(limit: Any) -> Decimal | None:
    """The limit, if what was worked out is a number."""
    is_number = isinstance(limit, (int, float, Decimal)) and not isinstance(limit, bool)
    return Decimal(str(limit)) if is_number else None


def _as_moment(limit: Any) -> date | datetime | None:
    if isinstance(limit, str):
        return date.fromisoformat(limit)
    return limit if isinstance(limit, date) else None


def _is_before(one: date | datetime, other: date | datetime) -> bool:
    """Compare instants exactly; as soon as one of the two is a day, compare local days."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return _local_day(one) < _local_day(other)


def _local_day(moment: date | datetime) -> date:
    return moment.astimezone(TIME_ZONE).date() if isinstance(moment, datetime) else moment
