"""A case on which something has happened: registered, assessed, examined by forms that hand-offs share from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casework import clock, sealed_answers
from casework.config import ROOT
from casework.database import transaction
from casework.forms import parse
from casework.model import Artifact, ArtifactKind, Submission, UserTaskState
from tests.factories import a_task

FORMS = Path(ROOT) / "forms"


def a_form_artifact(key: str) -> Artifact:
    """The real form of this key, as an artifact."""
    content = (FORMS / f"{key}.form").read_bytes()
    with transaction() as session:
        found = session.query(Artifact).filter_by(kind=ArtifactKind.FORM, key=key).first()
        if found:
            return found
        artifact = Artifact(
            kind=ArtifactKind.FORM, key=key, version=1, checksum=b"", content=content, created_at=clock.now()
        )
        session.add(artifact)
    return artifact


def a_submission(case_id: Any, key: str, answers: dict[str, Any], **given: Any) -> Submission:
    """A filled form of a completed task, with its CPR numbers sealed."""
    form = a_form_artifact(key)
    task_words = {name: given.pop(name) for name in ("lane", "unit_id", "instance_id") if name in given}
    task = a_task(case_id, form_id=form.id, state=UserTaskState.COMPLETED, **task_words)
    usual = {
        "case_id": case_id,
        "user_task_id": task.id,
        "form_id": form.id,
        "answers": sealed_answers.seal(parse((FORMS / f"{key}.form").read_bytes()), answers),
        "submitted_at": clock.now(),
        "submitted_by": "Mette Friis Andersen",
    }
    with transaction() as session:
        submission = Submission(**{**usual, **given})
        session.add(submission)
    return submission
