"""Locks the case of a package or of a stay, and gives both. Whoever changes either holds that lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from casework.errors import ConflictError, ForbiddenError, NotFoundError
from casework.i18n import message
from casework.model import Package
from casework.model.visibility import sees_whole_case
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case


def lock_package(session: Session, actor: Actor, package_id: UUID, version: int | None = None) -> tuple[Case, Package]:
    """Refuses what the actor does not see (NotFoundError), and what has changed since `version` (ConflictError)."""
    case_id = session.scalar(select(Package.case_id).where(Package.id == package_id))
    if case_id is None:
        raise NotFoundError(message("There is no such package."))
    case = lock_case(session, case_id, sees_whole_case(actor))
    package = session.get_one(Package, package_id, options=[selectinload(Package.elements)], populate_existing=True)
    if version is not None and version != package.version:
        raise ConflictError(message("The package is no longer as you saw it."), changed={"version": package.version})
    return case, package


def require_ours(actor: Actor, case: Case) -> None:
    """Refuse (ForbiddenError) who neither works in the responsible unit nor leads it."""
    if case.responsible_unit_id not in actor.all_units and not actor.sees_all_cases:
        raise ForbiddenError(message("Only the responsible unit can change a package or a place."))
