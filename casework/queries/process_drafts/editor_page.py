"""What the editors of a process draft offer to choose from: everything of the workspace, of the municipality and of the law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import decisions
from casework.calendar.duration_words import duration_words
from casework.config import settings
from casework.database import read
from casework.diagrams import DiagramError
from casework.engine.drawing import drawn
from casework.errors import CaseworkError
from casework.forms.words import words
from casework.i18n import Message, message
from casework.law import laws
from casework.model import ArtifactKind, Unit
from casework.model.fact import FACTS
from casework.model.job import TOPICS
from casework.model.process_rights import require_sight
from casework.queries.process_drafts.draft_files import file_name, file_rows
from casework.queries.process_drafts.draft_head import draft_of, head_of
from casework.studio import letters_in, workspace_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine.drawing import Drawing
    from casework.engine.elements import DeadlineRule
    from casework.law import Law
    from casework.model import Actor
    from casework.queries.process_drafts.draft_files import DraftFileRow
    from casework.queries.process_drafts.draft_head import DraftHead
    from casework.studio import Folder

#: Jobs as people say them, by topic.
JOBS = {
    "consents": message("ends consents"),
    "handoff": message("offers, takes back or ends a hand-off"),
    "letter": message("writes and sends a letter"),
    "notify": message("tells colleagues"),
    "package": message("plans, starts or ends a package of help"),
    "place": message("takes or leaves a place"),
    "webhook": message("tells another system"),
}
_NUMBERED = re.compile(r"F(\d+)\Z")


@dataclass(frozen=True)
class Choice:
    """Something by its key, with what people call it; `file` is where a decision stands."""

    value: str
    label: Message
    file: str = ""


@dataclass(frozen=True)
class Choices:
    """Lists in the order in which they are offered. `next_form` is the key of a form that is made on the spot."""

    forms: tuple[Choice, ...]
    decisions: tuple[Choice, ...]
    processes: tuple[Choice, ...]
    units: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    laws: tuple[Choice, ...]
    letters: tuple[Choice, ...]
    messages: tuple[str, ...]
    deadlines: tuple[Choice, ...]
    facts: tuple[Choice, ...]
    next_form: str


@dataclass(frozen=True)
class EditorPage:
    """Everything that the page of an editor shows of a draft; `files` are those that its process uses."""

    head: DraftHead
    files: tuple[DraftFileRow, ...]
    choices: Choices


def editor_page(actor: Actor, process_draft_id: UUID) -> EditorPage:
    """Refuses who may not see drafts. A file that cannot be read offers nothing to choose from."""
    require_sight(actor)
    with read() as session:
        draft = draft_of(session, process_draft_id)
        space = workspace_of(session, process_draft_id)
        files = file_rows(space)
        head = head_of(session, actor, draft, space, files)
        units = _units(session)
    return EditorPage(head, tuple(files), _choices(space.folder, units))


def _choices(folder: Folder, units: tuple[Choice, ...]) -> Choices:
    drawings = list(_drawings(folder))
    return Choices(
        forms=tuple(Choice(key, _form(folder, key)) for key in sorted(folder.forms)),
        decisions=tuple(_decisions(folder)),
        processes=tuple(Choice(key, file_name(folder, ArtifactKind.DIAGRAM, key)) for key in sorted(folder.processes)),
        units=units,
        topics=tuple(Choice(topic, JOBS[topic]) for topic in sorted(TOPICS)),
        laws=tuple(Choice(key, _rule(law)) for key, law in laws().items()),
        letters=tuple(Choice(name, words(name, name)) for name in sorted(letters_in(settings().processes))),
        messages=tuple(sorted({e.event_name for d in drawings for e in d.elements.values() if e.event == "message"})),
        deadlines=tuple(_deadlines(drawings)),
        facts=tuple(Choice(name, message("{name}: {fact}", name=name, fact=one.words)) for name, one in FACTS.items()),
        next_form=_next_form(folder.forms),
    )


def _drawings(folder: Folder) -> Iterator[Drawing]:
    for name, content in folder.diagrams.items():
        try:
            yield drawn(name, content)
        except DiagramError:
            continue


def _form(folder: Folder, key: str) -> Message:
    """People call forms by their number too."""
    return message("{key} {name}", key=key, name=file_name(folder, ArtifactKind.FORM, key))


def _decisions(folder: Folder) -> Iterator[Choice]:
    for file, content in folder.decisions.items():
        try:
            found = decisions.parse(content).decisions
        except CaseworkError:
            continue
        yield from (Choice(key, words(one.name or key, one.name or key), file) for key, one in found.items())


def _units(session: Session) -> tuple[Choice, ...]:
    """Lanes, each with the names of the units that answer for it."""
    query = select(Unit.lane, Unit.name, Unit.name_en).where(Unit.lane.is_not(None), Unit.is_active).order_by(Unit.id)
    named: dict[str, list[tuple[str, str]]] = {}
    for lane, name, name_en in session.execute(query):
        named.setdefault(str(lane), []).append((name, name_en))
    return tuple(
        Choice(lane, words(" / ".join(da for da, _ in names), " / ".join(en for _, en in names)))
        for lane, names in named.items()
    )


def _rule(law: Law) -> Message:
    return words(
        f"{law.citation('da')} [{law.confidence}]: {law.text_da}",
        f"{law.citation('en')} [{law.confidence}]: {law.text_en}",
    )


def _deadlines(drawings: Iterable[Drawing]) -> Iterator[Choice]:
    """Each key once, with the first deadline that has it."""
    rules: dict[str, DeadlineRule] = {}
    for drawing in drawings:
        found = [process.deadlines for process in drawing.processes.values()]
        found += [element.deadlines for element in drawing.elements.values()]
        for rule in chain.from_iterable(found):
            rules.setdefault(rule.key, rule)
    for key, rule in sorted(rules.items()):
        span = duration_words(rule.duration, rule.calendar) or rule.duration
        yield Choice(key, message("{key}: {duration}, {kind}", key=key, duration=span, kind=rule.deadline_class))


def _next_form(keys: Iterable[str]) -> str:
    taken = [int(found[1]) for key in keys if (found := _NUMBERED.match(key))]
    return f"F{max(taken, default=0) + 1:02}"
