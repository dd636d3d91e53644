"""A provider has said yes to a package, which runs from its first day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.model import PackageState
from casework.operations.journal import record
from casework.operations.packages.locking import lock_package, require_ours

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def start_package(actor: Actor, *, package_id: UUID) -> None:
    """Start it; starting again changes nothing.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), and packages
    that nobody has approved or that are over (ConflictError).
    """
    at = clock.now()
    with transaction() as session:
        case, package = lock_package(session, actor, package_id)
        require_ours(actor, case)
        if package.state is PackageState.RUNNING:
            return
        package.start()
        said: dict[str, Any] = {"package_id": str(package_id), "starts_on": package.starts_on.isoformat()}
        record(session, case, "package_started", actor, at, instance_id=package.instance_id, **said)
