"""What has happened to the clock of a deadline, in words: when it stood still and for whom, and why its date has moved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from casework.forms.words import words
from casework.i18n import Message, message
from casework.model.fact import fact_words
from casework.queries.due_words import is_whole_day

if TYPE_CHECKING:
    from collections.abc import Mapping


def waits_for(pauses: list[Mapping[str, Any]] | None) -> Message | None:
    """Whom the clock waits for now; None: it runs."""
    last = pauses[-1] if pauses else None
    return _reason(last) if last and last["until"] is None else None


def pause_sentences(pauses: list[Mapping[str, Any]]) -> tuple[Message, ...]:
    """One for each time that the clock has stood still, the last perhaps still."""
    return tuple(_sentence(one) for one in pauses)


def moved_sentence(moved: Mapping[str, Any] | None, due_at: datetime) -> Message | None:
    """From when to when, and which facts it follows."""
    if not moved:
        return None
    days = {"before": _moment(datetime.fromisoformat(moved["before"])), "after": _moment(due_at)}
    names = [fact_words(name) for name in moved.get("because", [])]
    if not names:
        return message("Moved from {before} to {after}.", **days)
    if moved.get("reason"):
        return message(
            "Moved from {before} to {after}, because this was corrected: {names} ({reason}).",
            names=names,
            reason=moved["reason"],
            **days,
        )
    return message("Moved from {before} to {after}, because this changed: {names}.", names=names, **days)


def _sentence(pause: Mapping[str, Any]) -> Message:
    begun = {"begun": _moment(datetime.fromisoformat(pause["from"])), "what": _reason(pause)}
    if pause["until"] is None:
        return message("Paused since {begun}, waiting for {what}.", **begun)
    ended = _moment(datetime.fromisoformat(pause["until"]))
    if not pause.get("days"):
        return message("Paused from {begun} to {ended}, waiting for {what}.", ended=ended, **begun)
    return message(
        "Paused from {begun} to {ended}, waiting for {what}: {count} days later.",
        ended=ended,
        count=pause["days"],
        **begun,
    )


def _reason(pause: Mapping[str, Any]) -> Message:
    return words(pause["reason"], pause["reason_en"])


def _moment(at: datetime) -> Message:
    """A day, or a time of day where it is no whole one."""
    return message("{day:digits_year}", day=at) if is_whole_day(at) else message("{at:digits_time}", at=at)
