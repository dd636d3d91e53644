"""One answer as the Python value it stands for, or the sentence that says why it stands for none. Limits are for `rules`."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework.config import TIME_ZONE
from casework.forms.component import CHOOSES_MANY, CHOOSES_ONE, FREE_TEXT, Component, ComponentType, Option
from casework.forms.cpr import cpr_read
from casework.forms.written import time_kept
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_NUMBER = 10**15
MAX_FILES = 20

_REFERENCE = re.compile(r"[\w.:-]{1,200}")


def shaped(component: Component, answer: Any, options: Sequence[Option] | None) -> tuple[Any, Message | None]:
    """Give the value of a non-blank `answer` (str, int, Decimal, bool, date, time, datetime or list), or what is wrong."""
    if component.type in CHOOSES_ONE or component.widget == "employee":
        return _one(answer, options)
    if component.type in CHOOSES_MANY:
        return _many(answer, options)
    if component.type in FREE_TEXT:
        return _text(component, answer)
    if component.type is ComponentType.NUMBER:
        return _number(answer)
    if component.type is ComponentType.CHECKBOX:
        return (answer, None) if isinstance(answer, bool) else (None, message("Choose yes or no."))
    if component.type is ComponentType.FILEPICKER:
        return _files(answer)
    return _moment(component.subtype, answer)


def _one(answer: Any, options: Sequence[Option] | None) -> tuple[Any, Message | None]:
    if isinstance(answer, str) and _is_offered(answer, options):
        return answer, None
    return None, message("Choose one of the options.")


def _many(answer: Any, options: Sequence[Option] | None) -> tuple[Any, Message | None]:
    chosen = answer if isinstance(answer, list) else [answer]
    if all(isinstance(value, str) and _is_offered(value, options) for value in chosen[: MAX_FILES * 10]):
        return chosen, None
    return None, message("Choose among the options.")


def _is_offered(value: str, options: Sequence[Option] | None) -> bool:
    return bool(_REFERENCE.fullmatch(value)) if options is None else any(value == option.value for option in options)


def _text(component: Component, answer: Any) -> tuple[Any, Message | None]:
    if not isinstance(answer, str):
        return None, message("Write text here.")
    if component.is_masked:
        number, wrong = cpr_read(answer)
        return number, wrong
    return answer, None


def _number(answer: Any) -> tuple[Any, Message | None]:
    if isinstance(answer, bool) or not isinstance(answer, (int, float)) or not math.isfinite(answer):
        return None, message("Write a number, for example 12 or 3.5.")
    if abs(answer) > MAX_NUMBER:
        return None, message("The number is too large.")
    return answer if isinstance(answer, int) else Decimal(str(answer)), None


def _files(answer: Any) -> tuple[Any, Message | None]:
    references = answer if isinstance(answer, list) else [answer]
    if len(references) > MAX_FILES:
        return None, message("Attach at most {limit} files.", limit=MAX_FILES)
    if all(isinstance(reference, str) and _REFERENCE.fullmatch(reference) for reference in references):
        return references, None
    return None, message("The file is not known here. Attach it again.")


def _moment(subtype: str, answer: Any) -> tuple[Any, Message | None]:
    reader, sentence = {
        "date": (date.fromisoformat, message("This is no date. Write day, month and year, for example 26.11.2026.")),
        "time": (time_kept, message("This is no time of day. Write it like 13.40.")),
        "datetime": (_instant, message("This is no moment. Write date and time, for example 26.11.2026 at 13.40.")),
    }[subtype]
    try:
        return reader(answer), None
    except (TypeError, ValueError, OverflowError):
        return None, sentence


def _instant(answer: str) -> datetime:
    instant = datetime.fromisoformat(answer)
    if instant.tzinfo is None:
        raise ValueError(answer)
    return instant.astimezone(TIME_ZONE)
