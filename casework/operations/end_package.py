"""A package comes to an end, as planned or not; one that never began is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import EndReason, PackageState
from casework.operations.journal import record
from casework.operations.packages.locking import lock_package, require_ours

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from casework.model import Actor


def end_package(
    actor: Actor,
    *,
    package_id: UUID,
    reason: str | None = None,
    on: date | None = None,
    version: int | None = None,
) -> None:
    """End what runs, with a reason (of `EndReason`) and the last day (today unless said); drop what has not begun.

    Ending again changes nothing.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), what has changed
    since `version` (ConflictError), and a package that has begun without a reason (InvalidError).
    """
    at = clock.now()
    last = on or day_of(at)
    with transaction() as session:
        case, package = lock_package(session, actor, package_id, version)
        require_ours(actor, case)
        if package.state in (PackageState.ENDED, PackageState.DROPPED):
            return
        said: dict[str, Any] = {"package_id": str(package_id), "why": reason}
        if package.state is PackageState.RUNNING and last >= package.starts_on:
            package.end(last, _given(reason))
            kind, said = "package_ended", {**said, "on": last.isoformat()}
        else:
            package.drop()
            kind = "package_dropped"
        record(session, case, kind, actor, at, instance_id=package.instance_id, **said)


def _given(reason: str | None) -> EndReason:
    if reason not in set(EndReason):
        wrong = message("Say why it ends.")
        raise InvalidError(wrong, {"reason": [wrong]})
    return EndReason(reason)
