"""What of a case stands first and what is folded: a case of many years shows what is open or coming, and counts what is over.

Rows come as the query gives them, the newest first, and stay in that order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from casework.calendar import day_of
from casework.queries.case_deadlines import SHOWN_AFTER_END
from casework.queries.handoff_rows import UNANSWERED

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import datetime

    from casework.i18n import Message
    from casework.queries.case_instances import CaseInstance
    from casework.queries.case_page import CasePage
    from casework.queries.document import DocumentRow
    from casework.queries.persons import CasePerson

T = TypeVar("T")

#: How many stand before the rest is folded.
NEWEST_FORMS, NEWEST_PAPERS, NEWEST_HANDOFFS, NEWEST_MESSAGES = 6, 4, 3, 3
OVER = ("ended", "dropped", "left")


@dataclass(frozen=True)
class Group(Generic[T]):
    """What is called the same."""

    name: Message | str
    rows: tuple[T, ...]

    @property
    def size(self) -> int:
        """How many."""
        return len(self.rows)


@dataclass(frozen=True)
class Split(Generic[T]):
    """What stands, and what is folded."""

    shown: tuple[T, ...]
    folded: tuple[T, ...]


@dataclass(frozen=True)
class Paper:
    """What was written on one day under one title: one file for each who got it."""

    title: str
    at: datetime
    files: tuple[DocumentRow, ...]

    @property
    def size(self) -> int:
        """How many."""
        return len(self.files)


@dataclass(frozen=True)
class Papers:
    """The newest papers; the older letters by title, how many they are, and older attachments."""

    newest: tuple[Paper, ...]
    letters: tuple[Group[Paper], ...]
    letter_count: int
    uploads: tuple[Paper, ...]


def grouped(rows: Iterable[T], name: Callable[[T], Any]) -> tuple[Group[T], ...]:
    """Put together what is called the same in Danish, in the order in which each name comes first."""
    found: dict[Hashable, list[T]] = {}
    for row in rows:
        found.setdefault(_danish(name(row)), []).append(row)
    return tuple(Group(name(same[0]), tuple(same)) for same in found.values())


def split(rows: Iterable[T], stands: Callable[[T], bool]) -> Split[T]:
    """Part what stands from what is folded."""
    every = tuple(rows)
    return Split(tuple(row for row in every if stands(row)), tuple(row for row in every if not stands(row)))


def ended(instances: Iterable[CaseInstance]) -> tuple[Group[CaseInstance], ...]:
    """The processes that are over, by name."""
    return grouped((one for one in instances if one.state != "running"), lambda one: one.name)


def papers(documents: Iterable[DocumentRow]) -> Papers:
    """Letters and attachments."""
    every = grouped(documents, lambda file: (file.kind, file.title, day_of(file.created_at)))
    rows = [Paper(group.rows[0].title, group.rows[0].created_at, group.rows) for group in every]
    older = split(rows[NEWEST_PAPERS:], lambda paper: paper.files[0].kind == "letter")
    letters = grouped(older.shown, lambda paper: paper.title)
    count = sum(len(paper.files) for paper in older.shown)
    return Papers(tuple(rows[:NEWEST_PAPERS]), letters, count, older.folded)


def people(persons: Iterable[CasePerson]) -> tuple[Group[CasePerson], ...]:
    """Who is around the child by what they are to it, each name once: who notifies three times is one notifier."""
    once = {(person.kind, person.name): person for person in persons}
    return grouped(once.values(), lambda person: person.kind_words)


def folds(page: CasePage) -> dict[str, Any]:
    """What the templates of the case page show and fold, by the names that they use."""
    met = [row for row in page.deadlines if row.ended_at is not None]
    return {
        "met": sorted(met, key=lambda row: row.ended_at or row.starts_at, reverse=True),
        "met_days": SHOWN_AFTER_END.days,
        "ended": ended(page.instances),
        "forms": page.submissions[:NEWEST_FORMS],
        "older_forms": grouped(page.submissions[NEWEST_FORMS:], lambda row: row.task),
        "papers": papers(page.documents),
        "people": people(page.persons),
        "handoffs": _handoffs(page),
        "consents": split(page.consents, lambda one: one.is_valid or one.ask_anew),
        "packages": split(page.packages, lambda one: one.state not in OVER),
        "stays": split(page.stays, lambda one: one.state not in OVER),
        "messages": Split(page.messages[:NEWEST_MESSAGES], page.messages[NEWEST_MESSAGES:]),
    }


def _handoffs(page: CasePage) -> Split[Any]:
    """Whoever waits for an answer stands first; of those that were accepted the newest stand, too."""
    asked = split(page.handoffs, lambda row: row.state in UNANSWERED)
    accepted = split(asked.folded, lambda row: row.state == "accepted")
    rest: Sequence[Any] = (*accepted.shown[NEWEST_HANDOFFS:], *accepted.folded)
    return Split((*asked.shown, *accepted.shown[:NEWEST_HANDOFFS]), tuple(rest))


def _danish(name: Any) -> Hashable:
    return name if isinstance(name, str | tuple) else str(name.text())
