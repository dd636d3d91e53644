"""What has been written so far of a form, saved by itself every few seconds; two people in one form come together.

Beside the draft stands for each answer at which draft versions it changed, and a keyed hash of what it became. So it can be told
whether somebody who began at an older version has changed an answer, without keeping what it was.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import clock, crypto, forms, sealed_answers
from casework.database import transaction
from casework.errors import ConflictError, InvalidError, LimitError
from casework.forms.paths import get, is_blank, put
from casework.i18n import message
from casework.operations.turns.locking import lock_task_alone
from casework.operations.turns.rights import (
    require_new_substitute,
    require_not_taken,
    require_standing,
    require_unit,
)
from casework.released import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from casework.forms import Form
    from casework.model import Actor

#: Bytes of JSON; forms have their own limits, a draft may be unfinished but not endless.
LARGEST = 1_000_000
#: Changes that are remembered for each answer.
MOST_MARKS = 200
#: Equal to no answer.
_CHANGED = {"$": "changed by both"}

Marks = dict[str, list[list[Any]]]


@dataclass(frozen=True)
class DraftSaved:
    """`answers` is the whole draft now, with what others have written, as far as the form asks for it."""

    draft_version: int
    answers: dict[str, Any]


def save_draft(actor: Actor, *, task_id: UUID, answers: dict[str, Any], draft_version: int) -> DraftSaved:
    """Save typed answers by somebody who has seen the draft at `draft_version`; fields that are left out stay as they are.

    Refuses who may not work on the task, and fields that somebody else has changed to something different meanwhile
    (ConflictError; `changed["fields"]` has theirs and yours by path): nothing is saved then.
    """
    at = clock.now()
    with transaction() as session:
        case, task = lock_task_alone(session, actor, task_id)
        require_unit(actor, task)
        require_standing(task, None)
        require_not_taken(actor, task)
        require_new_substitute(session, actor, case, task)
        if task.form_id is None:
            raise InvalidError(message("The task has no form."))
        form = form_of(session, task.form_id)
        session.refresh(task, ["draft", "draft_marks"])
        saved = sealed_answers.unseal(task.draft)
        merged = _merged(form, saved, answers, dict(task.draft_marks), draft_version)
        if merged != saved:
            task.draft_version += 1
            task.draft_marks = _marked(task.draft_marks, saved, merged, task.draft_version)
            task.draft = sealed_answers.kept_sealed(sealed_answers.seal(form, merged), task.draft)
            task.draft_at, task.draft_by_id = at, actor.id if actor.kind == "employee" else None
        return DraftSaved(task.draft_version, forms.known(form, merged))


def _merged(
    form: Form, saved: dict[str, Any], answers: dict[str, Any], marks: Marks, draft_version: int
) -> dict[str, Any]:
    if len(json.dumps(answers, default=str)) > LARGEST:
        raise LimitError(message("The draft is too large."))
    merged = forms.merge(form, _base(saved, answers, marks, draft_version), answers, saved)
    if merged.clashes:
        fields = {c.path: {"theirs": c.theirs, "yours": c.mine} for c in merged.clashes}
        raise ConflictError(
            message("Somebody else has changed the same answers meanwhile."),
            changed={"fields": fields, "answers": merged.answers},
        )
    return merged.answers


def _base(saved: dict[str, Any], answers: dict[str, Any], marks: Marks, draft_version: int) -> dict[str, Any]:
    """What the writer began with, as far as it matters: equal to `saved` where nobody has changed anything since, equal to
    what is written now where the writer has not touched what others changed, and equal to neither where both did.
    """
    base = deepcopy(saved)
    for path, changes in marks.items():
        before = [digest for version, digest in changes if version <= draft_version]
        if before and before[-1] == changes[-1][1]:
            continue
        written = get(answers, path)
        untouched = bool(before) and before[-1] == _hash(written)
        put(base, path, written if untouched else _CHANGED)
    return base


def _marked(marks: Marks, before: dict[str, Any], after: dict[str, Any], version: int) -> Marks:
    old, new = dict(_leaves(before)), dict(_leaves(after))
    changed = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    found = dict(marks)
    for path in changed:
        earlier = found.get(path) or [[0, _hash(old.get(path))]]
        found[path] = [*earlier, [version, _hash(new.get(path))]][-MOST_MARKS:]
    return found


def _leaves(answers: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Answers by path; a list of rows is one answer."""
    for key, value in answers.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}.")
        else:
            yield path, value


def _hash(value: Any) -> str:
    """Keyed, because some answers are so short that a plain hash would tell them."""
    text = json.dumps(None if is_blank(value) else value, sort_keys=True, default=str)
    return crypto.blind_index(text, "user_task.draft_marks").hex()[:12]
