"""A leader says yes to what a package costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.model import PackageState
from casework.model.approval import may_approve
from casework.operations.journal import record
from casework.operations.packages.locking import lock_package

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def approve_package(
    actor: Actor, *, package_id: UUID, version: int | None = None, approved_by: str | None = None
) -> None:
    """Approve the sum, for the first time or anew after it has risen; approving again what is approved changes nothing.

    Refuses who does not see the case whole (NotFoundError), who does not lead the responsible unit or may not approve so much
    (ForbiddenError), and packages that are over (ConflictError). `approved_by`: who said yes in a form, when the process tells.
    """
    at = clock.now()
    with transaction() as session:
        case, package = lock_package(session, actor, package_id, version)
        if package.state in (PackageState.ENDED, PackageState.DROPPED):
            raise ConflictError(
                message("The package is no longer as you saw it."), changed={"state": package.state.value}
            )
        if package.approved_total is not None and not package.unapproved:
            return
        if not may_approve(session, actor, case.responsible_unit_id, package.total):
            raise ForbiddenError(message("Only a leader who may approve so much can approve the package."))
        package.approve(approved_by or actor.name, at)
        said: dict[str, Any] = {"package_id": str(package_id), "total": package.total, "by": package.approved_by}
        record(session, case, "package_approved", actor, at, instance_id=package.instance_id, **said)
