"""A package of measures is put together and priced; its price awaits approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Package, PackageState
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.packages.locking import require_ours
from casework.operations.packages.planned import elements_of
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.packages.planned import PlannedElement


def plan_package(
    actor: Actor,
    *,
    case_id: UUID,
    occasion: str,
    ramp_step: str,
    budget_account: str,
    elements: Sequence[PlannedElement],
    breakdown_risk: int | None = None,
    package_id: UUID | None = None,
    submission_id: UUID | None = None,
    instance_id: UUID | None = None,
    planned_by: str | None = None,
) -> UUID:
    """Give the id of the package; with `package_id` that one is planned anew. The same submission makes nothing new.

    Refuses a case that is not seen whole (NotFoundError), who is not of the responsible unit (ForbiddenError), elements that
    cannot be (InvalidError, by field), and a package that is approved already (ConflictError).
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        require_ours(actor, case)
        if known := _made_of(session, submission_id):
            return known
        package = _found(session, case_id, package_id) or Package(case_id=case_id, state=PackageState.PLANNED)
        package.occasion, package.ramp_step, package.budget_account = occasion, ramp_step, budget_account
        package.breakdown_risk, package.submission_id, package.instance_id = breakdown_risk, submission_id, instance_id
        package.planned_at, package.planned_by = at, planned_by or actor.name
        package.price(elements_of(session, elements))
        session.add(package)
        session.flush()
        said: dict[str, Any] = {
            "package_id": str(package.id),
            "total": package.total,
            "elements": len(package.elements),
        }
        record(session, case, "package_planned", actor, at, instance_id=instance_id, **said)
        return package.id


def _made_of(session: Session, submission_id: UUID | None) -> UUID | None:
    if submission_id is None:
        return None
    return session.scalar(select(Package.id).where(Package.submission_id == submission_id))


def _found(session: Session, case_id: UUID, package_id: UUID | None) -> Package | None:
    if package_id is None:
        return None
    package = session.get(Package, package_id, options=[selectinload(Package.elements)])
    if package is None or package.case_id != case_id:
        raise NotFoundError(message("There is no such package."))
    package.require_planned()
    return package
