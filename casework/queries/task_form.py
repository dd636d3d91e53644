"""The form of a task as it is filled in now: the draft over what the case knows, and where each known answer is from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework import clock, forms, values
from casework.form_choices import form_choices
from casework.model.case_facts import facts_at, units_by_fact
from casework.queries.answers import Filed, all_by_form, by_form
from casework.queries.attached_files import attached_files
from casework.queries.persons import person_facts
from casework.released import form_of
from casework.sealed_answers import masked, unseal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from casework.forms import Form
    from casework.i18n import Message


@dataclass(frozen=True)
class TaskForm:
    """`context` is what conditions and limits of the form may read; `sources` say by path where a filled-in answer is from.

    `choices` are units that can be chosen, by the `valuesKey` of the field.
    """

    key: str | None = None
    form: Form | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Message] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, tuple[forms.Option, ...]] = field(default_factory=dict)


def task_form(
    session: Session, task: Any, *, persons: Sequence[Any], filed: Sequence[Filed], may_see_numbers: bool
) -> TaskForm:
    """Fill the form in. A CPR number in the draft is shown in full only to who works on the form."""
    context = {**facts_at(task.facts, clock.now()), **task.variables, **values.from_json(task.items)}
    context["sag"] = {"id": str(task.case_id), "nummer": task.number}
    if task.form_id is None:
        return TaskForm(context=context)
    form = form_of(session, task.form_id)
    draft = unseal(task.draft) if may_see_numbers else masked(task.draft)
    known = _known(session, form, task, context, persons, filed)
    return TaskForm(
        key=form.id,
        form=form,
        answers=forms.fill(form, draft, known),
        sources={path: one.source for path, one in known.items()},
        context=context,
        choices=form_choices(session, form) | attached_files(session, form, task.case_id),
    )


def _known(  # noqa: PLR0917  whose, which form of which task, and all that is known
    session: Session, form: Form, task: Any, context: Mapping[str, Any], persons: Sequence[Any], filed: Sequence[Filed]
) -> dict[str, forms.Prefilled]:
    facts = {**task.facts, **units_by_fact(task.facts), **person_facts(session, task, persons, task.instance_id)}
    newest, all_of_them = by_form(filed, task.instance_id), all_by_form(filed, task.instance_id)
    variables = {**context, "besvarelser": newest, "alleBesvarelser": all_of_them}
    return forms.prefill(form, facts, variables)
