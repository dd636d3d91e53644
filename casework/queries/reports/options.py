"""What the values of a choice are called, as the newest form says: process owners name them, not this code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import forms
from casework.model import Artifact, ArtifactKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casework.forms.words import Words


def option_names(session: Session, form_key: str, field: str) -> dict[str, Words]:
    """Value to label of the choice `field` in the newest version of a form; empty when there is none."""
    content = session.scalar(
        select(Artifact.content)
        .where(Artifact.kind == ArtifactKind.FORM, Artifact.key == form_key)
        .order_by(Artifact.version.desc())
        .limit(1)
    )
    component = dict(forms.parse(content).fields).get(field) if content else None
    return {option.value: option.label for option in component.options} if component else {}
