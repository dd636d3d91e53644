"""What somebody has written in a form of a try-out, as a step of a scenario has it: names instead of ids, and no CPR number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.errors import ConflictError, InvalidError
from casework.forms import settle
from casework.forms.paths import get
from casework.i18n import message
from casework.operations.correct_answers import GoesOn
from casework.scenarios.clerk import filled
from casework.scenarios.doing import handed_in
from casework.scenarios.standing import context_of, form_now, tasks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from casework.forms import Form
    from casework.scenarios.standing import Task


#: As a step says it.
CORRECTED_TO = {GoesOn.AFTER: "", GoesOn.AGAIN: "igen", GoesOn.STAYS: "bliver"}


def answered(case_id: UUID, task_id: UUID, answers: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    """The step that completes the task with these answers. Refuses (InvalidError, by field) what the form does not take.

    Refuses (ConflictError) a task that does not stand.
    """
    task, number = _standing(case_id, task_id)
    meant = {"opgave": task.element} | ({"nummer": number} if number > 1 else {})
    form = form_now(task.id)
    if form.form is None:
        return meant
    kept = without_numbers(form.form, answers)
    settled = settle(form.form, kept, context_of(form))
    if settled.errors:
        raise InvalidError(message("Some answers are missing or wrong."), dict(settled.errors))
    return meant | _told(form.form, settled.answers, form.answers, names)


def corrected(task_id: UUID, answers: Mapping[str, Any], names: Mapping[str, Any], goes_on: GoesOn) -> dict[str, Any]:
    """The step that puts right what was answered. Refuses (InvalidError, by field) what the form does not take."""
    form = form_now(task_id)
    element, before = handed_in(task_id)
    if form.form is None:
        raise ConflictError(message("The task has no form."))
    kept = before | without_numbers(form.form, answers)
    settled = settle(form.form, kept, context_of(form))
    if settled.errors:
        raise InvalidError(message("Some answers are missing or wrong."), dict(settled.errors))
    to = CORRECTED_TO[goes_on]
    return {"ret": element} | _told(form.form, settled.answers, before, names) | ({"til": to} if to else {})


def sensible(case_id: UUID, task_id: UUID, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is written, and something that the form takes for whatever it still insists on."""
    task, _ = _standing(case_id, task_id)
    form = form_now(task.id)
    if form.form is None:
        return {}
    context = context_of(form)
    kept = settle(form.form, without_numbers(form.form, answers), context)
    fine = {
        key: value for key, value in kept.answers.items() if key not in {path.partition(".")[0] for path in kept.errors}
    }
    return filled(form.form, {**form.answers, **fine}, context, wanted={}, usual={})


def without_numbers(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without masked fields: nobody's number belongs into a try-out."""
    masked = {path for path, component in form.fields if component.is_masked}
    return {name: _unmasked(value, name, masked) for name, value in answers.items() if name not in masked}


def _unmasked(value: Any, path: str, masked: set[str]) -> Any:
    match value:
        case dict():
            return {k: _unmasked(v, f"{path}.{k}", masked) for k, v in value.items() if f"{path}.{k}" not in masked}
        case list():
            rows = f"{path}.*"
            return [_unmasked(one, rows, masked) if isinstance(one, dict) else one for one in value]
    return value


def _standing(case_id: UUID, task_id: UUID) -> tuple[Task, int]:
    """With its number among those that are called as it is."""
    open_now = tasks(case_id)
    task = next((one for one in open_now if one.id == task_id), None)
    if task is None:
        raise ConflictError(message("The task does not stand any more. This is how the walk stands now."))
    return task, [one.id for one in open_now if one.is_called(task.element)].index(task.id) + 1


def _told(form: Form, answers: Mapping[str, Any], known: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was not known already, by path."""
    called = {str(value): f"@{name}" for name, value in reversed(list(names.items()))}
    told: dict[str, Any] = {}
    for path, _ in form.fields:
        value, before = (get(one, path) for one in (answers, known))
        if "*" not in path and value != before and not (_is_empty(value) and _is_empty(before)):
            told[path] = _named(value, called)
    return {"svar": told} if told else {}


def _is_empty(value: Any) -> bool:
    return value in (None, "", [])


def _named(value: Any, called: Mapping[str, str]) -> Any:
    match value:
        case str():
            return called.get(value, value)
        case dict():
            return {name: _named(inner, called) for name, inner in value.items()}
        case list():
            return [_named(inner, called) for inner in value]
    return value
