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

    from casework.model import Actor, Package


def end_package(
    actor: Actor,
    *,
    package_id: UUID,
    reason: EndReason | None = None,
    on: date | None = None,
    version: int | None = None,
) -> None:
    """End what runs, with a reason and the last day (today unless said); drop what has not begun. Ending again changes nothing.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), what has changed
    since `version` (ConflictError), a running package without a reason, and a day before its first (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        case, package = lock_package(session, actor, package_id, version)
        require_ours(actor, case)
        said: dict[str, Any] = {"package_id": str(package_id)}
        match package.state:
            case PackageState.ENDED | PackageState.DROPPED:
                return
            case PackageState.RUNNING:
                last, why = _checked(package, reason, on or day_of(at))
                package.end(last, why)
                kind, said = "package_ended", {**said, "on": last.isoformat(), "why": why.value}
            case _:
                package.drop()
                kind = "package_dropped"
        record(session, case, kind, actor, at, instance_id=package.instance_id, **said)


def _checked(package: Package, reason: EndReason | None, on: date) -> tuple[date, EndReason]:
    wrong = {}
    if reason is None:
        wrong["reason"] = [message("Say why it ends.")]
    if on < package.starts_on:
        wrong["on"] = [message("The last day lies before the first.")]
    if wrong or reason is None:
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), wrong)
    return on, reason
