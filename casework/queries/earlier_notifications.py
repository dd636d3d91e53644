"""Earlier notifications about the child, with what came of them: who assesses anew must see whether it is the third one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.forms.context import Context
from casework.forms.text_view import answer_text
from casework.forms.words import words
from casework.model import ProcessInstance
from casework.queries.known_facts import NOTIFICATION_FORM, received_on
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.queries.answers import Filed


@dataclass(frozen=True)
class EarlierNotification:
    """One notification of another instance of the case. `outcome` is the end it reached, None while it runs."""

    submission_id: UUID
    instance_id: UUID
    received_on: date
    notifier: Message
    outcome: Message | None


def earlier_notifications(
    session: Session, forms: Sequence[Filed], instance_id: UUID
) -> tuple[EarlierNotification, ...]:
    """Give those that came before, newest first."""
    found = [one for one in forms if one.form.id == NOTIFICATION_FORM and one.instance_id != instance_id]
    outcomes = _outcomes(session, [one.instance_id for one in found])
    return tuple(
        EarlierNotification(
            one.submission_id, one.instance_id, received_on(one), _notifier(one), outcomes.get(one.instance_id)
        )
        for one in found
    )


def _outcomes(session: Session, instance_ids: list[UUID]) -> dict[UUID, Message]:
    rows = session.execute(
        select(ProcessInstance.id, ProcessInstance.process_version_id, ProcessInstance.outcome).where(
            ProcessInstance.id.in_(instance_ids), ProcessInstance.outcome.is_not(None)
        )
    )
    return {row.id: outcome_words(session, row.process_version_id, row.outcome) for row in rows}


def outcome_words(session: Session, process_version_id: UUID, outcome: str) -> Message:
    """Name the end event that an instance reached."""
    elements = definition_of(session, process_version_id).elements
    ended: Any = next((element for (_, name), element in elements.items() if name == outcome), None)
    return words(ended.name or outcome, ended.name_en) if ended else words(outcome)


def _notifier(one: Filed) -> Message:
    """The kind of notifier; the name of a private person does not belong in a list."""
    component = dict(one.form.fields).get("underretterType")
    answer = one.answers.get("underretterType")
    if component is None or answer is None:
        return words("?", "?")
    return words(*(answer_text(component, answer, language, Context()) for language in ("da", "en")))
