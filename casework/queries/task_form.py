"""The form of a task as it is filled in now: the draft over what the case knows, and where each known answer is from.

A field's `prefill` reads answers of its own instance as `besvarelser`, and as `sagensBesvarelser` the newest of each form on the
whole case: what an assessment found need not be typed again into a plan. Two names, because an earlier decision must never
fill in the next one unless the form says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework import clock, forms, values
from casework.form_choices import form_choices
from casework.i18n import message
from casework.model.case_facts import facts_at, units_by_fact
from casework.queries.answers import Filed, all_by_form, newest
from casework.queries.attached_files import attached_files
from casework.queries.persons import person_facts
from casework.released import form_of
from casework.sealed_answers import masked, unseal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form
    from casework.i18n import Message

#: Answers of other instances that an expression asks for. Only these are handed to it: a case of many years has many.
_OF_CASE = re.compile(r"\bsagensBesvarelser\.(\w+)")


@dataclass(frozen=True)
class TaskForm:
    """`context` is what conditions and limits of the form may read; `sources` say by path where a filled-in answer is from,
    `prefilled` also what it was before anybody wrote. `choices` are units that can be chosen, by the `valuesKey` of the field.
    """

    key: str | None = None
    form: Form | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Message] = field(default_factory=dict)
    prefilled: dict[str, forms.Prefilled] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, tuple[forms.Option, ...]] = field(default_factory=dict)


def task_form(
    session: Session,
    task: Any,
    *,
    persons: Sequence[Any],
    filed: Sequence[Filed],
    of_case: Sequence[Filed],
    may_see_numbers: bool,
) -> TaskForm:
    """Fill the form in from `filed`, the earlier forms of the case, newest first; `of_case` are those that the reader may see.

    From its own instance a form passes on what it names, whoever has the task (a school gets our question). A CPR number in
    the draft is shown in full only to who works on the form.
    """
    context = {**facts_at(task.facts, clock.now()), **task.variables, **values.from_json(task.items)}
    context["sag"] = {"id": str(task.case_id), "nummer": task.number}
    if task.form_id is None:
        return TaskForm(context=context)
    form = form_of(session, task.form_id)
    draft = unseal(task.draft) if may_see_numbers else masked(task.draft)
    facts = {**task.facts, **units_by_fact(task.facts), **person_facts(session, task, persons, task.instance_id)}
    earlier, sources = _earlier(form, task.instance_id, filed, of_case)
    known = forms.prefill(form, facts, {**context, **earlier}, sources=sources)
    return TaskForm(
        key=form.id,
        form=form,
        answers=forms.fill(form, forms.known(form, draft), known),
        sources={path: one.source for path, one in known.items()},
        prefilled=known,
        context=context,
        choices=form_choices(session, form) | attached_files(session, form, task.case_id),
    )


def _earlier(
    form: Form, instance_id: UUID, filed: Sequence[Filed], of_case: Sequence[Filed]
) -> tuple[dict[str, Any], dict[str, Message]]:
    """Answers as expressions read them, and where those of each form are from."""
    asked = {key for _, c in form.fields for key in _OF_CASE.findall(c.properties.get("prefill", ""))}
    found = {
        "besvarelser": newest(filed, instance_id),
        "sagensBesvarelser": newest(one for one in of_case if one.form.id in asked),
    }
    answers: dict[str, Any] = {name: {key: one.answers for key, one in by.items()} for name, by in found.items()}
    answers["alleBesvarelser"] = all_by_form(filed, instance_id)
    return answers, {f"{name}.{key}": _from(one) for name, by in found.items() for key, one in by.items()}


def _from(one: Filed) -> Message:
    return message("From {form}, {day:digits_year}", form=one.form.title, day=one.at)
