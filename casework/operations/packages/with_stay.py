"""A placement's package runs while the child has the place: from the day it moves in to the day it moves out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.database import read
from casework.model import SYSTEM, Package, PackageState
from casework.operations.end_package import end_package
from casework.operations.start_package import start_package

if TYPE_CHECKING:
    from datetime import date

    from casework.model import EndReason


def begin_with_stay(package_id: Any) -> None:
    """Start it, once it is approved; a child may move in at once, before anybody has put a package together (no id)."""
    if package_id and _state(package_id) is PackageState.APPROVED:
        start_package(SYSTEM, package_id=UUID(str(package_id)))


def end_with_stay(package_id: Any, reason: EndReason, on: date) -> None:
    """End it; `on` is the first day without the place, so that the day before is its last."""
    if package_id:
        end_package(SYSTEM, package_id=UUID(str(package_id)), reason=reason, on=on - timedelta(days=1))


def _state(package_id: Any) -> PackageState:
    with read() as session:
        return session.get_one(Package, UUID(str(package_id))).state
