"""What must be read before a form is answered: who approves a decision reads it, who holds a follow-up reads the report.

A form says so itself, in its property `reads`: keys of forms with spaces between, and `F11|F24` for the newest of several. They
are those of the same instance, whoever has the task: as what it fills in, a form passes on what it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.form_choices import form_choices
from casework.i18n import Message, message
from casework.queries.answers import newest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form, Option
    from casework.queries.answers import Filed


@dataclass(frozen=True)
class ReadFirst:
    """A form that was handed in; `choices` name the units in it."""

    submission_id: UUID
    title: Message
    form: Form
    answers: Mapping[str, Any]
    choices: Mapping[str, tuple[Option, ...]]


def read_first(session: Session, form: Form | None, filed: Iterable[Filed], instance_id: UUID) -> tuple[ReadFirst, ...]:
    """Give what `form` asks to be read, of the forms of the case (newest first), in the order that it says."""
    if form is None or not form.reads:
        return ()
    found = newest(filed, instance_id)
    of_each = ([found[key] for key in keys if key in found] for keys in form.reads)
    return tuple(_read_first(session, max(some, key=lambda one: one.at)) for some in of_each if some)


def _read_first(session: Session, one: Filed) -> ReadFirst:
    title = message("{form}, {day:digits_year}, {name}", form=one.form.title, day=one.at, name=one.by)
    return ReadFirst(one.submission_id, title, one.form, one.answers, form_choices(session, one.form, is_past=True))
