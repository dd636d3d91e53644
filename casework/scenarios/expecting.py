"""What differs from what a scenario expects at one point, in sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.calendar import day_of
from casework.config import TIME_ZONE
from casework.i18n import Message, message
from casework.scenarios import looking
from casework.scenarios.standing import tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from uuid import UUID

    from casework.scenarios.looking import DeadlineSeen
    from casework.scenarios.scenario import Expect

    Meaning = Callable[[Mapping[str, Any]], dict[str, Any]]

#: What a deadline may be called in a scenario, and how the database says it.
_STATES = {"løber": "running", "overholdt": "met", "bortfaldet": "withdrawn"}
_SAID = {state: word for word, state in _STATES.items()}


def differences(step: Expect, case_id: UUID, meaning: Meaning) -> Iterator[Message]:
    """A sentence for each; `meaning` says what values mean now."""
    yield from _tasks(step, case_id)
    if step.deadlines:
        yield from _deadlines(meaning(step.deadlines), looking.deadlines(case_id))
    if step.letters:
        sent = looking.letters(case_id)
        found = {template for template, _ in sent} | {f"{template} til {name}" for template, name in sent}
        yield from (_missing("letter", one, sorted(found)) for one in step.letters if one not in found)
    if step.messages:
        told = looking.messages(case_id)
        yield from (_missing("message", one, sorted(set(told))) for one in step.messages if one not in told)
    if step.facts:
        yield from _values(meaning(step.facts), looking.facts(case_id))
    if step.variables:
        yield from _values(meaning(step.variables), looking.variables(case_id))
    if step.unit and step.unit not in (now := looking.unit(case_id)):
        yield message("{wanted} should be responsible, and {found} is.", wanted=step.unit, found=now[0])


def _tasks(step: Expect, case_id: UUID) -> Iterator[Message]:
    if not (step.tasks or step.no_tasks):
        return
    stand = tasks(case_id)
    names = sorted({task.element for task in stand})
    for word in step.tasks:
        if not any(task.is_called(word) for task in stand):
            yield message("The task {task} should stand. There stand: {tasks}.", task=word, tasks=names or "–")
    for word in step.no_tasks:
        if word == "alle" and stand:
            yield message("No task should stand. There stand: {tasks}.", tasks=names)
        elif any(task.is_called(word) for task in stand):
            yield message("The task {task} should not stand.", task=word)


def _deadlines(wanted: Mapping[str, Any], seen: list[DeadlineSeen]) -> Iterator[Message]:
    for key, value in wanted.items():
        rule = value if isinstance(value, dict) else {"dato": value}
        mine = [one for one in seen if one.key == key]
        if not any(_fits(one, rule) for one in mine):
            found = [
                message("{due} ({due_class}, {state})", due=m.due_at, due_class=m.due_class, state=_SAID[m.state])
                for m in mine
            ]
            yield message(
                "The deadline {key} should be {wanted}, and is {found}.",
                key=key,
                wanted=_wanted(list(rule.values())),
                found=found or message("not there"),
            )


def _wanted(values: list[Any]) -> Message:
    first, *more = values
    return Message("{due} ({more})" if more else "{due}", {"due": first, "more": ", ".join(map(str, more))})


def _fits(one: DeadlineSeen, rule: Mapping[str, Any]) -> bool:
    day, due_class, state = rule.get("dato"), rule.get("klasse"), rule.get("tilstand")
    if due_class not in (None, one.due_class) or (state is not None and _STATES.get(state, state) != one.state):
        return False
    if isinstance(day, datetime):
        return one.due_at.replace(second=0, microsecond=0) == day.astimezone(TIME_ZONE).replace(second=0, microsecond=0)
    return day is None or (isinstance(day, date) and day_of(one.due_at) == day)


def _values(wanted: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Message]:
    for name, value in wanted.items():
        if known.get(name) != value:
            found = known.get(name, message("not known"))
            yield message(
                "{name} should be {wanted}, and is {found}.", name=name, wanted=str(value), found=_said(found)
            )


def _said(value: Any) -> Any:
    return value if not isinstance(value, str | int | float | bool | None) else str(value)


def _missing(what: str, name: str, found: list[str]) -> Message:
    if what == "letter":
        return message("The letter {name} should have been sent. There are: {found}.", name=name, found=found or "–")
    return message("The message {name} should have been sent. There are: {found}.", name=name, found=found or "–")
