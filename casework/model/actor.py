"""Who acts: an employee, another system, or the clockwork itself. Loaded once per request, handed on to what it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from casework.errors import ForbiddenError
from casework.i18n import DEFAULT_LANGUAGE, message
from casework.model.employee import Role

if TYPE_CHECKING:
    from casework.model.substitution import Cover


@dataclass(frozen=True)
class Actor:
    """Everything that access rules ask about somebody; nothing of it changes during a request."""

    #: Employee or service account; None for the system itself.
    id: UUID | None
    name: str
    #: employee, service or system
    kind: str
    #: Units in which the employee works; for a service account its unit.
    units: frozenset[str] = frozenset()
    #: Units that the employee leads, with all beneath them.
    led_units: frozenset[str] = frozenset()
    #: Roles that count everywhere.
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    language: str = DEFAULT_LANGUAGE
    #: A service account without a unit, and the system, see every case.
    sees_all_cases: bool = field(default=False)
    #: For whom the employee stands in today.
    covers: frozenset[Cover] = frozenset()

    @property
    def all_units(self) -> frozenset[str]:
        """Units whose inboxes the actor works in or answers for."""
        return self.units | self.led_units

    @property
    def is_team_leader(self) -> bool:
        """Leads at least one unit."""
        return bool(self.led_units)

    def cover_of(self, assignee_id: UUID | None, unit_id: str) -> Cover | None:
        """For which absent colleague the actor may work on an open task with this assignee in this unit."""
        found = (one for one in self.covers if one.absent_id == assignee_id and unit_id not in one.closed_units)
        return next(found, None)

    def require_role(self, role: Role) -> None:
        """Refuse (ForbiddenError) who does not have `role`; the system may do everything."""
        if role not in self.roles and self.kind != "system":
            raise ForbiddenError(message("You do not have the role for this."))

    def require_scope(self, scope: str) -> None:
        """Refuse (ForbiddenError) a service account without `scope`; people and the system are not bound by scopes."""
        if self.kind == "service" and scope not in self.scopes:
            raise ForbiddenError(message("The service account lacks the scope {scope}.", scope=scope))


#: Timers, handlers and the demonstration's own steps.
SYSTEM = Actor(id=None, name="Sagsgang", kind="system", sees_all_cases=True)
