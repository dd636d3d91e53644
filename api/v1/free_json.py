"""JSON whose shape only the core knows: answers of forms, payloads of messages, variables. Here it is checked that all of it
can be kept, whatever it means.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from casework import values
from casework.errors import InvalidError
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Levels of lists and objects in one another; no form has more than a handful.
DEEPEST = 20
#: Larger numbers are not the same in every language that reads JSON.
LARGEST = 2**53
#: Outside of these nobody lives, and sums of dates fail.
YEARS = range(1850, 2201)

WRONG = message("Something is missing or wrong. Nothing was saved.")
CHARACTERS = message("This has characters that cannot be kept.")
FORM = message("This does not have the right form.")
YEAR = message("This day is too far away.")


def read_values(value: Any, field: str) -> Any:
    """Read tagged values (`{"$date": "2014-03-14"}`, see `casework.values`); InvalidError for `field`."""
    try:
        read = values.from_json(value)
    except (ValueError, TypeError, ArithmeticError, AttributeError):
        raise InvalidError(WRONG, {field: [FORM]}) from None
    _require_none(_strange(read, field))
    return read


def within_years(moment: date) -> date:
    """Refuse days and instants out of `YEARS`, as pydantic wants it."""
    if moment.year not in YEARS:
        raise PydanticCustomError("far_away", "too far away")
    return moment


def _kept(value: Any) -> Any:
    _require_none(_unfit(value, "", 0))
    return value


def _answers(value: Any) -> Any:
    """Answers have no tags: a `$` is our own mark, as on sealed CPR numbers."""
    _require_none(_tagged(value, ""))
    return _kept(value)


#: An object of JSON that can be kept.
FreeObject = Annotated[dict[str, Any], AfterValidator(_kept)]
#: Any JSON that can be kept.
FreeJson = Annotated[Any, AfterValidator(_kept)]
#: Answers of a form, by key.
Answers = Annotated[dict[str, Any], AfterValidator(_answers)]


def _require_none(found: Iterator[tuple[str, Message]]) -> None:
    if wrong := list(found):
        raise InvalidError(WRONG, {path or "value": [said] for path, said in wrong})


def _unfit(value: Any, path: str, depth: int) -> Iterator[tuple[str, Message]]:
    match value:
        case str() if "\x00" in value:
            yield path, CHARACTERS
        case int() | float() if not abs(value) <= LARGEST:
            yield path, message("This number is too large.")
        case dict() | list() if depth >= DEEPEST:
            yield path, message("This is nested too deeply.")
        case dict():
            for name, inner in value.items():
                yield from _unfit(name, path, depth)
                yield from _unfit(inner, f"{path}.{name}" if path else name, depth + 1)
        case list():
            for number, inner in enumerate(value):
                yield from _unfit(inner, f"{path}.{number}" if path else str(number), depth + 1)


def _tagged(value: Any, path: str) -> Iterator[tuple[str, Message]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        here = f"{path}.{name}" if path else str(name)
        if str(name).startswith("$"):
            yield here, message("This is not known here.")
        else:
            yield from _tagged(one, here)


def _strange(value: Any, path: str) -> Iterator[tuple[str, Message]]:
    match value:
        case datetime() if value.tzinfo is None:
            yield path, FORM
        case date() if value.year not in YEARS:
            yield path, YEAR
        case Decimal() if not value.is_finite() or abs(value) > LARGEST:
            yield path, message("This number is too large.")
        case dict():
            for name, inner in value.items():
                yield from _strange(inner, f"{path}.{name}")
        case list():
            for number, inner in enumerate(value):
                yield from _strange(inner, f"{path}.{number}")
