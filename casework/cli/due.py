"""`casework due`: when something is due and why, once or for many lines from standard input."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any, BinaryIO

import click

from casework.calendar import CalendarKind, Due
from casework.calendar import due as compute
from casework.cli import language_option
from casework.config import TIME_ZONE, settings
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message

_DATE_LENGTH = len("2026-03-30")
_PARTS = ("duration", "calendar", "from")


@click.command()
@click.option("--duration", help="ISO 8601: P6D, P4W, P3M, PT24H, -P6M.")
@click.option("--calendar", help="working-days, calendar, calendar-with-start or elapsed.")
@click.option("--from", "start", help="An instant, or a date; an instant without offset is Danish time.")
@click.option("--closed-days", help="MM-DD,MM-DD: days that do not count as working days. As configured, if not given.")
@click.option(
    "--batch", is_flag=True, help="JSON lines {duration, calendar, from} on standard input, {due, explanation} out."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def due(
    *,
    duration: str | None,
    calendar: str | None,
    start: str | None,
    closed_days: str | None,
    batch: bool,
    as_json: bool,
    language: str,
) -> None:
    """Tell when something is due, and why."""
    closed = settings().closed_days if closed_days is None else tuple(d for d in closed_days.split(",") if d)
    if batch:
        _answer_lines(sys.stdin.buffer, closed, language)
        return
    if duration is None or calendar is None or start is None:
        raise click.UsageError("Give --duration, --calendar and --from, or --batch.")
    answer = _compute(duration, calendar, start, closed)
    if as_json:
        print(json.dumps(_as_json(answer, language), ensure_ascii=False))
    else:
        print(_local(answer), *(sentence.text(language) for sentence in answer.explanation), sep="\n")


def _answer_lines(lines: BinaryIO, closed: tuple[str, ...], language: str) -> None:
    """Answer line by line as they come; a bad line is answered too, and does not stop the rest."""
    for line in lines:
        try:
            said = _as_json(_compute(*_asked(line), closed), language)
        except CaseworkError as error:
            said = {"error": error.message.text(language)}
        print(json.dumps(said, ensure_ascii=False), flush=True)


def _asked(line: bytes) -> tuple[str, str, str]:
    try:
        question = json.loads(line)
        duration, calendar, start = (question[part] for part in _PARTS)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _no_question() from None
    if not all(isinstance(part, str) for part in (duration, calendar, start)):
        raise _no_question()
    return duration, calendar, start


def _no_question() -> InvalidError:
    return InvalidError(message("Each line is a JSON object with the texts duration, calendar and from."))


def _compute(duration: str, calendar: str, start: str, closed: tuple[str, ...]) -> Due:
    return compute(duration, _kind(calendar), _start(start), closed_days=closed)


def _kind(text: str) -> CalendarKind:
    try:
        return CalendarKind(text)
    except ValueError:
        known = [kind.value for kind in CalendarKind]
        raise InvalidError(
            message('There is no calendar "{name}", only {known}.', name=text[: _DATE_LENGTH * 2], known=known)
        ) from None


def _start(text: str) -> datetime | date:
    try:
        return date.fromisoformat(text) if len(text) <= _DATE_LENGTH else datetime.fromisoformat(text)
    except ValueError:
        raise InvalidError(
            message(
                '"{text}" is neither a date nor an instant. Write for example 2026-03-30 or 2026-03-30T10:00:00+02:00.',
                text=text[:40],
            )
        ) from None


def _as_json(answer: Due, language: str) -> dict[str, Any]:
    return {"due": _local(answer), "explanation": answer.text(language)}


def _local(answer: Due) -> str:
    return answer.instant.astimezone(TIME_ZONE).isoformat()
