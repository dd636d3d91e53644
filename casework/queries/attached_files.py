"""The names of files that are attached to forms, so that an answer shows them and not their references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.forms import Option
from casework.forms.component import FILES, ComponentType
from casework.forms.words import words
from casework.model import CaseDocument

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form


def attached_files(session: Session, form: Form, case_id: UUID) -> dict[str, tuple[Option, ...]]:
    """Give the options for `casework.forms.Context.choices`; empty for a form that asks for no files."""
    if not any(component.type is ComponentType.FILEPICKER for _, component in form.walk()):
        return {}
    rows = session.execute(
        select(CaseDocument.id, CaseDocument.title)
        .where(CaseDocument.case_id == case_id, CaseDocument.kind == "upload")
        .order_by(CaseDocument.created_at, CaseDocument.id)
    )
    return {FILES: tuple(Option(str(row.id), words(row.title)) for row in rows)}
