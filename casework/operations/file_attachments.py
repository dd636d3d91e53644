"""What was attached to a form becomes documents of the case when the form is handed in; what was taken away again is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from casework.errors import InvalidError
from casework.forms.component import ComponentType
from casework.i18n import message
from casework.model import CaseDocument
from casework.operations.attach_file import KIND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from casework.forms import Component, Form
    from casework.model import UserTask


def require_attached(session: Session, task: UserTask, form: Form, answers: dict[str, Any]) -> set[UUID]:
    """The documents that the answers name. Refuses (InvalidError, at the field) one that was not attached to this case.

    Forms without such questions cost nothing, answers without files neither, unless some wait.
    """
    named = dict(_named(form.components, answers, ""))
    if not named:
        return set()
    here = CaseDocument.user_task_id == task.id, CaseDocument.submission_id.is_not(None)
    known = select(CaseDocument.id).where(CaseDocument.case_id == task.case_id, CaseDocument.kind == KIND, or_(*here))
    found = {str(document_id) for document_id in session.scalars(known)}
    wrong = message("The file is not known here. Attach it again.")
    fields = {path: [wrong] for path, references in named.items() if not set(references) <= found}
    if fields:
        raise InvalidError(wrong, fields)
    return {UUID(reference) for references in named.values() for reference in references}


def file_attachments(session: Session, task: UserTask, form: Form, kept: set[UUID], submission_id: UUID) -> None:
    """File those that are `kept`, and remove what waited beside them."""
    if not any(component.type is ComponentType.FILEPICKER for _, component in form.walk()):
        return
    table: Any = CaseDocument.__table__
    waiting = table.c.user_task_id == task.id, table.c.submission_id.is_(None)
    connection = session.connection()  # the session would first flush what the turn writes in its end
    if kept:
        filed = update(table).where(*waiting, table.c.id.in_(sorted(kept)))
        connection.execute(filed.values(submission_id=submission_id))
    connection.execute(delete(table).where(*waiting))


def _named(components: tuple[Component, ...], answers: Any, prefix: str) -> Iterator[tuple[str, list[str]]]:
    """Path and references of each question for files that was answered."""
    if not isinstance(answers, dict):
        return
    for component in components:
        path = f"{prefix}{component.key}"
        value = answers.get(component.key) if component.key else answers
        if component.type is ComponentType.FILEPICKER and value:
            yield path, [str(reference) for reference in (value if isinstance(value, list) else [value])]
        elif component.is_list and isinstance(value, list):
            for number, row in enumerate(value):
                yield from _named(component.components, row, f"{path}.{number}.")
        elif component.components:
            yield from _named(component.components, value, f"{path}." if component.key else prefix)
