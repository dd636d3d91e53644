"""What all standing reports have in common: a period, whose cases are counted, and figures that open into their cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, true

from casework import clock
from casework.calendar import day_of, instant_of
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Artifact, ArtifactKind, Case, Role, Submission
from casework.tables import Column, Kind, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from casework.i18n import Message
    from casework.model import Actor
    from casework.tables import Cell, Table

#: Who sees the figures of all units; whose cases they are stays unknown to them.
SEE_FIGURES = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR, Role.AUDITOR})
LONGEST_YEARS = 30


@dataclass(frozen=True)
class Period:
    """First and last day, both counted, in Danish time."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first instant of it."""
        return instant_of(self.first)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return instant_of(self.last + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Asked:
    """What a report is asked for. `may_open`: the figures may name their cases; without `with_cases` a report that would have to
    ask for them says only that a figure has some. `only` is the row and the column whose cases alone are wanted.
    """

    actor: Actor
    period: Period
    unit_ids: frozenset[str] | None
    now: datetime
    with_cases: bool = True
    only: tuple[str, str] | None = None

    @property
    def may_open(self) -> bool:
        """Whoever leads the units, or is the clockwork itself, sees the cases; who only sees figures does not."""
        return self.actor.is_team_leader or self.actor.sees_all_cases

    def counts(self) -> ColumnElement[bool]:
        """A condition on `Case`: it is among those that are counted."""
        return counts(self.unit_ids)


def counts(unit_ids: frozenset[str] | None) -> ColumnElement[bool]:
    """A condition on `Case`: it lies with one of the units; None: with any."""
    return true() if unit_ids is None else Case.responsible_unit_id.in_(sorted(unit_ids))


@dataclass(frozen=True)
class Report:
    """One of the standing reports R1–R9, for a period."""

    key: str
    title: Message
    period: Period
    made_at: datetime
    tables: tuple[Table, ...]


def asked(actor: Actor, *, first: date | None, last: date | None, unit: str | None, **more: Any) -> Asked:
    """Check who asks for what (`more` as in `Asked`). Without days: the last twelve months until today.

    Refuses (ForbiddenError) who neither leads units nor has a role that sees figures, and units that the leader does not lead;
    (InvalidError) periods that end before they begin or last longer than thirty years.
    """
    actor.require_scope("reports:read")
    now = clock.now()
    last = last or day_of(now)
    first = first or year_until(last)
    if first > last or last.year - first.year > LONGEST_YEARS:
        wrong = message("The period must not end before it begins, and may last thirty years.")
        raise InvalidError(wrong, {"first": [wrong]})
    return Asked(actor, Period(first, last), _units(actor, unit), now, **more)


def year_until(last: date) -> date:
    """The first day of the twelve months that end with `last`."""
    return last.replace(year=last.year - 1, day=min(last.day, 28)) + timedelta(days=1)


def sees_figures(actor: Actor) -> bool:
    """Whether `units_counted` refuses nothing."""
    return bool(actor.roles & SEE_FIGURES) or actor.sees_all_cases or actor.is_team_leader or actor.kind == "service"


def units_counted(actor: Actor) -> frozenset[str] | None:
    """Whose cases the actor's reports count; None: everybody's. Refuses (ForbiddenError) whom reports are not for."""
    sees_all = bool(actor.roles & SEE_FIGURES) or actor.sees_all_cases
    if not sees_figures(actor):
        raise ForbiddenError(message("Reports are for leaders."))
    return None if sees_all else actor.led_units | (actor.units if actor.kind == "service" else frozenset())


def _units(actor: Actor, unit: str | None) -> frozenset[str] | None:
    mine = units_counted(actor)
    if unit is None:
        return mine
    if mine is not None and unit not in mine:
        raise ForbiddenError(message("You do not lead that unit."))
    return frozenset({unit})


@dataclass(frozen=True)
class Figure:
    """A column that counts those lines for which `is_counted` holds."""

    key: str
    title: Message
    is_counted: Callable[[Any], bool]


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in per cent with one decimal; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def median_days(spans: Iterable[timedelta]) -> Decimal | None:
    """The median in days with one decimal; None of nothing."""
    days = [Decimal(str(span.total_seconds())) / 86_400 for span in spans]
    return median(days).quantize(Decimal("0.1")) if days else None


def counting_row(key: str, name: Cell, group: Sequence[Any], wanted: Sequence[Figure], ask: Asked, *more: Cell) -> Row:
    """A row over lines (each with a `case_id`): a name, one figure for each of `wanted`, and `more` cells after them."""
    counted = {figure.key: [line for line in group if figure.is_counted(line)] for figure in wanted}
    cases = {key: _cases(lines, ask) for key, lines in counted.items() if lines} if ask.may_open else {}
    return Row(key, (name, *map(len, counted.values()), *more), cases)


def _cases(lines: Iterable[Any], ask: Asked) -> tuple[UUID, ...]:
    """Each once; none where only the numbers are wanted."""
    return tuple(dict.fromkeys(line.case_id for line in lines)) if ask.with_cases else ()


def in_form(key: str) -> ColumnElement[bool]:
    """A condition on `Submission`: it is one of that form, in whichever version. Said so that an index finds them."""
    return Submission.form_id.in_(select(Artifact.id).where(Artifact.kind == ArtifactKind.FORM, Artifact.key == key))


def name_column(title: Message) -> Column:
    """The first column: what the row is about."""
    return Column("name", title, Kind.TEXT)


def figure_columns(wanted: Sequence[Figure]) -> tuple[Column, ...]:
    """The columns of figures."""
    return tuple(Column(figure.key, figure.title) for figure in wanted)
