"""Between the page and the form: what was posted as answers, row buttons and choices of a clash, and the form as drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from api.language import reader_language
from casework.errors import InvalidError
from casework.forms import (
    Clash,
    Context,
    Option,
    Rival,
    change_rows,
    choose,
    clashes_of,
    clean,
    fill,
    settle,
    text_view,
    undecided,
    view,
)
from casework.forms.paths import put
from casework.forms.words import words
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.errors import ConflictError
    from casework.forms import FormView
    from casework.forms.text_view import Part
    from casework.queries.read_first import ReadFirst
    from casework.queries.task_page import TaskPage

#: Where the operation looks for the reason of lateness, and names it in errors.
LATE_REASON = "forsinkelsesaarsag"


@dataclass(frozen=True)
class Filled:
    """Answers with the version of the draft they were written on; after a conflict also what clashes, and with whom."""

    answers: dict[str, Any]
    draft_version: int
    clashes: tuple[Clash, ...] = ()
    rival: Rival | None = None

    @property
    def rival_posted(self) -> str:
        """The rival as the page posts it back while a clash is open."""
        return json.dumps([self.rival.name, self.rival.saved_at.isoformat()]) if self.rival else ""

    def saved(self, answers: dict[str, Any], draft_version: int) -> Filled:
        """The same after it was saved as that version of the draft; what clashes is still open."""
        return replace(self, answers=answers, draft_version=draft_version)

    def on(self, newest: TaskPage) -> Filled:
        """The same answers, to be handed in against the task as it is now."""
        return Filled(self.answers, newest.draft_version)

    def against(self, newest: TaskPage, conflict: ConflictError) -> Filled:
        """What the other saved, with the fields where both wrote shown with this person's words."""
        rival = Rival(newest.draft_by or "", newest.draft_at) if newest.draft_at else None
        changed: Mapping[str, Any] = conflict.changed
        clashes = clashes_of(newest.form, changed.get("fields", {})) if newest.form else ()
        return Filled(dict(changed.get("answers", newest.answers)), newest.draft_version, clashes, rival)


def filled(page: TaskPage, posted: Any, *, is_draft: bool = False) -> Filled:
    """What the person has written, typed as the form says; what was chosen in a clash counts as written.

    With `is_draft` a clash that is still open is left out: saving by itself never decides between two people.
    """
    if page.form is None:
        return Filled({}, page.draft_version)
    answers = clean(page.form, posted, is_draft=is_draft)
    version = posted.get("draft_version", page.draft_version, type=int)
    chosen = choose(page.form, answers, page.answers, posted.to_dict())
    if chosen is None:
        return Filled(answers, version)
    still_open = undecided(page.form, chosen, page.answers, posted.to_dict())
    for clash in still_open:
        put(chosen, clash.path, clash.theirs)
    return Filled(chosen, version, still_open, _rival(page, posted.get("rival", "")))


def _rival(page: TaskPage, posted: str) -> Rival | None:
    """Whose the other versions are: as the page said, else who saved the draft last."""
    try:
        name, saved_at = json.loads(posted)
        return Rival(str(name), datetime.fromisoformat(saved_at))
    except (ValueError, TypeError):
        return Rival(page.draft_by or "", page.draft_at) if page.draft_at else None


def asked_rows(page: TaskPage, written: Filled, posted: Mapping[str, str]) -> Filled | None:
    """The answers after a row was added or taken away, or a clash was decided; None when neither button was pressed."""
    if page.form is None:
        return None
    changed = change_rows(page.form, written.answers, posted)
    if changed is not None:
        return Filled(changed, written.draft_version)
    return written if any(name.startswith("choose:") for name in posted) else None


def form_view(page: TaskPage, written: Filled, *, errors: Any = None) -> FormView | None:
    """The form in the reader's language, marked with what is known, wrong, or written by two.

    A question that an answer has just brought has what is known in it too, and what nobody may write is never posted.
    """
    if page.form is None:
        return None
    return view(
        page.form,
        fill(page.form, written.answers, page.prefilled),
        {path: said for path, said in (errors or {}).items() if path != LATE_REASON},
        reader_language(),
        context=context_of(page),
        known=page.prefilled,
        clashes=written.clashes,
        rival=written.rival,
        is_readonly=not page.rights.complete,
    )


def written_so_far(page: TaskPage, written: Filled) -> tuple[Part, ...]:
    """The answers as text, for who may not change them; empty when there are none."""
    if page.form is None or not written.answers:
        return ()
    return text_view(page.form, written.answers, reader_language(), choices=context_of(page).choices)


def read_first(page: TaskPage) -> tuple[tuple[ReadFirst, tuple[Part, ...]], ...]:
    """What must be read before the form is answered, as text."""
    return tuple(
        (one, text_view(one.form, one.answers, reader_language(), choices=one.choices)) for one in page.read_first
    )


def require_all(page: TaskPage, written: Filled, late_reason: str | None) -> None:
    """Refuse (InvalidError) with everything that is missing or wrong at once: the answers, and why it is late."""
    if page.form is None:
        return
    wrong = dict(settle(page.form, written.answers, context_of(page)).errors)
    if page.needs_late_reason and not late_reason:
        wrong[LATE_REASON] = [message("Choose what delayed it.")]
    if wrong:
        raise InvalidError(message("Some answers are missing or wrong."), wrong)


def context_of(page: TaskPage) -> Context:
    """Facts and variables that conditions read, and the colleagues and units one can choose."""
    colleagues = [Option(str(one.id), words(one.name, one.name)) for one in page.colleagues]
    return Context(facts=page.context, variables={}, choices={"employee": colleagues, **page.choices})
