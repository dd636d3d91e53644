"""Which other system calls: its account, found by the hash of its key."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Actor, ServiceAccount

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def load_service_actor(key: str) -> Actor:
    """Load the active service account whose key this is; NotFoundError for any other key.

    The key is 256 random bits, so its plain SHA-256 tells nothing and comparing it in the index leaks nothing.
    """
    found = _actor(ServiceAccount.key_hash == hashlib.sha256(key.encode()).digest())
    if found is None:
        raise NotFoundError(message("The service account is not known, or closed."))
    return found


def named_service_actor(name: str) -> Actor | None:
    """Who acts as the active service account of that name."""
    return _actor(ServiceAccount.name == name)


def _actor(condition: ColumnElement[bool]) -> Actor | None:
    with read() as session:
        account = session.scalars(select(ServiceAccount).where(condition, ServiceAccount.is_active)).one_or_none()
    if account is None:
        return None
    return Actor(
        id=account.id,
        name=account.name,
        kind="service",
        units=frozenset({account.unit_id} if account.unit_id else ()),
        scopes=frozenset(account.scopes),
        sees_all_cases=account.unit_id is None,
    )
