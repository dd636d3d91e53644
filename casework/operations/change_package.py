"""What a package consists of is changed on the way: an element is longer, cheaper, another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.journal import record
from casework.operations.packages.locking import lock_package, require_ours
from casework.operations.packages.planned import elements_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor, PackageElement
    from casework.operations.packages.planned import PlannedElement

LONGEST_REASON = 2000


def change_package(
    actor: Actor, *, package_id: UUID, elements: Sequence[PlannedElement], reason: str, version: int | None = None
) -> None:
    """Let it consist of `elements`; what was approved and costs more now awaits approval anew. The journal keeps what it was.

    Refuses who does not see the case whole (NotFoundError) or is not of the responsible unit (ForbiddenError), packages that are
    over or have changed since `version` (ConflictError), no reason and elements that cannot be (InvalidError, by field).
    """
    said = " ".join(reason.split())
    if not 0 < len(said) <= LONGEST_REASON:
        wrong = message("Say why, in at most {limit} characters.", limit=LONGEST_REASON)
        raise InvalidError(wrong, {"reason": [wrong]})
    at = clock.now()
    with transaction() as session:
        case, package = lock_package(session, actor, package_id, version)
        require_ours(actor, case)
        before, sum_before = [_kept(element) for element in package.elements], package.total
        package.price(elements_of(session, elements))
        session.flush()
        details: dict[str, Any] = {"package_id": str(package_id), "before": before, "total_before": sum_before}
        details |= {"total": package.total, "reason": said}
        record(session, case, "package_changed", actor, at, instance_id=package.instance_id, **details)


def _kept(element: PackageElement) -> dict[str, Any]:
    """An element as the journal keeps it."""
    return {
        "kind": element.kind.value,
        "provider": element.provider,
        "starts_on": element.starts_on.isoformat(),
        "ends_on": element.ends_on.isoformat(),
        "total": element.total,
    }
