"""Take a file that somebody attaches to a question of a task's form. It becomes a document of the case with the completion."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError
from casework.forms.component import ComponentType
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import CaseDocument
from casework.operations.attached_kind import kind_of
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import (
    require_new_substitute,
    require_not_taken,
    require_standing,
    require_unit,
)
from casework.released import form_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor, UserTask

KIND = "upload"
LARGEST = 10_000_000
MEGABYTE = 1_000_000
LONGEST_NAME = 120
#: Files that wait for the completion of one task, attached and taken away again ones together.
MOST = 100


@dataclass(frozen=True)
class Attached:
    """`id` is the reference that stands in the answer."""

    id: UUID
    name: str
    media_type: str
    size: int


def attach_file(actor: Actor, *, task_id: UUID, path: str, name: str, content: bytes) -> Attached:
    """Keep it for the question at `path` of the task's form; the answer must name the reference before it counts.

    Refuses who may not work on the task, and by field (InvalidError, `path`): a question that takes no files, a file that is
    empty, too large, or of no kind that is taken (`kind_of`). The same file again at the same task is the same document.
    """
    with transaction() as session:
        case, task = lock_task_alone(session, actor, task_id)
        require_unit(actor, task)
        require_standing(task, None)
        require_not_taken(actor, task)
        require_new_substitute(session, actor, case, task)
        said = _name(name)
        _require_question(session, task, path)
        media_type, digest = _kind(path, said, content), hashlib.sha256(content).digest()
        known = _known(session, task, digest, path)
        if known is None:
            known = new_id()
            session.add(
                CaseDocument(
                    id=known,
                    case_id=case.id,
                    user_task_id=task.id,
                    kind=KIND,
                    title=said,
                    media_type=media_type,
                    sha256=digest,
                    content=content,
                    created_at=clock.now(),
                    created_by=actor.name,
                )
            )
        return Attached(known, said, media_type, len(content))


def _name(name: str) -> str:
    """The last part of a path of whichever system, without what no screen shows."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "?"


def _require_question(session: Session, task: UserTask, path: str) -> None:
    form = form_of(session, task.form_id) if task.form_id else None
    asked = re.sub(r"\.\d+(?=\.|$)", ".*", path)
    if form is None or not any(p == asked and c.type is ComponentType.FILEPICKER for p, c in form.fields):
        raise _wrong(path, message("This question takes no files."))


def _kind(path: str, name: str, content: bytes) -> str:
    if not content:
        raise _wrong(path, message("»{name}« is empty.", name=name))
    if len(content) > LARGEST:
        limit = LARGEST // MEGABYTE
        raise _wrong(path, message("»{name}« is larger than {limit} MB.", name=name, limit=limit))
    kind = kind_of(content)
    if kind is None:
        sentence = message(
            "»{name}« is of a kind that we do not take. Attach PDF, pictures, Word, OpenDocument or plain text.",
            name=name,
        )
        raise _wrong(path, sentence)
    return kind


def _known(session: Session, task: UserTask, digest: bytes, path: str) -> UUID | None:
    waiting = CaseDocument.user_task_id == task.id, CaseDocument.submission_id.is_(None)
    same = select(CaseDocument.id).where(*waiting, CaseDocument.sha256 == digest)
    found: UUID | None = session.scalars(same.limit(1)).first()
    if found is None and (session.scalar(select(func.count()).where(*waiting)) or 0) >= MOST:
        raise _wrong(path, message("So many files cannot be attached to one task."))
    return found


def _wrong(path: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {path: [sentence]})
