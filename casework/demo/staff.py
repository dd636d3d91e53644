"""The people of the demonstration, as actors: who works in which unit, and who does the work there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.model import Employee, Membership, Role, Unit
from casework.queries.load_actor import load_actor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from random import Random
    from uuid import UUID

    from casework.model import Actor

#: The cast has more cases than its colleagues, so that whoever signs in as one of them finds work.
_OFTEN = {"mette": 14, "lars": 9, "peter": 6}
_USUAL = 3


class Staff:
    """Everybody, read once. Units without caseworkers have their leader do the work."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._works: dict[str, list[str]] = defaultdict(list)
        self._leads: dict[str, list[str]] = defaultdict(list)
        self._parents: dict[str, str | None] = {}
        self._read()

    def named(self, username: str) -> Actor:
        """One of the cast."""
        return self._actors[username]

    def by_id(self, employee_id: UUID) -> Actor:
        """Whoever has this id."""
        return next(actor for actor in self._actors.values() if actor.id == employee_id)

    def choose(self, rng: Random, unit_id: str, besides: Collection[UUID | None] = ()) -> Actor:
        """Somebody of the unit, else a leader of it or of a unit above; nobody of `besides`."""
        for names in (self._works[unit_id], self._leads[unit_id]):
            free = [name for name in names if self._actors[name].id not in besides]
            if free:
                return self._actors[rng.choices(free, [_OFTEN.get(name, _USUAL) for name in free])[0]]
        return next(leader for leader in self._leaders_above(unit_id) if leader.id not in besides)

    def _leaders_above(self, unit_id: str) -> Iterator[Actor]:
        place: str | None = unit_id
        while place is not None:
            yield from (self._actors[name] for name in self._leads[place])
            place = self._parents.get(place)

    def _read(self) -> None:
        with read() as session:
            self._parents = {row.id: row.parent_id for row in session.execute(select(Unit.id, Unit.parent_id))}
            rows = session.execute(
                select(Employee.id, Employee.username, Membership.unit_id, Membership.role)
                .outerjoin(Membership, Membership.employee_id == Employee.id)
                .order_by(Employee.username)
            ).all()
        for row in rows:
            self._actors[row.username] = load_actor(row.id)
            if row.unit_id:
                (self._leads if row.role is Role.TEAM_LEADER else self._works)[row.unit_id].append(row.username)
