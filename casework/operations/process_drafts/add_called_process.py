"""Makes the process that a step calls while somebody draws the step: a skeleton in the same draft, released with it."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.hold_process_draft import HELD_FOR
from casework.operations.process_drafts.locking import lock_changeable
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.skeleton_files import is_known, keep_skeleton
from casework.operations.process_history import lock_processes

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

_LONGEST_NAME, _LONGEST_ID = 100, 50
#: Letters that no accent makes of others.
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class AddedProcess(NamedTuple):
    """The id of the process, and the key of the form of its first task."""

    process_id: str
    form: str


def add_called_process(actor: Actor, *, process_draft_id: UUID, name: str, lane: str = "") -> AddedProcess:
    """Keep a start, a task with a form of its own and an end, under an id made of the name. Owners only.

    `lane` is the one of a unit; without it the first that there is. Refuses (InvalidError) a name without letters, and
    (ConflictError) a draft that somebody else has open or that is none any more.
    """
    require_owner(actor)
    title = said(name=name)["name"][:_LONGEST_NAME]
    at = clock.now()
    with transaction() as session:
        lock_processes(session)
        draft = lock_changeable(session, process_draft_id)
        if draft.is_held_by_another(actor.id, at):
            raise ConflictError(message("{name} is changing this process draft just now.", name=draft.held_by))
        draft.hold(actor.id, actor.name, at + HELD_FOR)
        process_id = _free_id(session, title)
        form = keep_skeleton(session, draft, process_id, (title, title), lane, by=(actor, at))
        return AddedProcess(process_id, form)


def _free_id(session: Session, title: str) -> str:
    """As the parts of other processes are called: `sub_` and the words of the name; a number where that is taken."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_ID]
    if not words:
        sentence = message("Give it a name with letters.")
        raise InvalidError(sentence, {"name": [sentence]})
    wanted = f"sub_{words}"
    return next(one for n in count(1) if not is_known(session, one := wanted if n == 1 else f"{wanted}_{n}"))
