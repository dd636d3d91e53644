"""Another system gets a key. The key is shown once; the database keeps its hash only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model import Role, ServiceAccount, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor

#: What a service account may be allowed to do; each call of the API names its own.
SCOPES = frozenset(
    f"{what}:{how}"
    for what in ("cases", "deadlines", "handoffs", "incidents", "journal", "messages", "processes", "tasks")
    for how in ("read", "write")
) | {"notifications:write", "instances:write", "facts:write", "packages:write", "reports:read", "webhooks:read"}


@dataclass(frozen=True)
class NewServiceAccount:
    """`key` goes into `Authorization: Bearer …`; it cannot be had again."""

    id: UUID
    key: str


def create_service_account(
    actor: Actor, *, name: str, scopes: Sequence[str], unit_id: str | None = None
) -> NewServiceAccount:
    """Make an account that sees the cases of `unit_id` (None: of all units). Administrators only."""
    actor.require_role(Role.ADMINISTRATOR)
    if unknown := sorted(set(scopes) - SCOPES):
        raise InvalidError(
            message("Unknown scope: {scopes}.", scopes=unknown), {"scopes": [message("This is not known here.")]}
        )
    key = secrets.token_urlsafe(32)
    with transaction() as session:
        if session.scalar(select(ServiceAccount.id).where(ServiceAccount.name == name)):
            raise ConflictError(message("There is already a service account called {name}.", name=name))
        if unit_id is not None and session.get(Unit, unit_id) is None:
            raise InvalidError(
                message("Unknown unit: {unit}.", unit=unit_id), {"unit_id": [message("This is not known here.")]}
            )
        account = ServiceAccount(
            name=name,
            key_hash=hashlib.sha256(key.encode()).digest(),
            scopes=sorted(set(scopes)),
            unit_id=unit_id,
            created_at=clock.now(),
        )
        session.add(account)
        session.flush()
        return NewServiceAccount(account.id, key)
