"""Which other system calls: its account, found by the hash of its key."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Actor, ServiceAccount


def load_service_actor(key: str) -> Actor:
    """Load the active service account whose key this is; NotFoundError for any other key.

    The key is 256 random bits, so its plain SHA-256 tells nothing and comparing it in the index leaks nothing.
    """
    key_hash = hashlib.sha256(key.encode()).digest()
    with read() as session:
        account = session.scalars(
            select(ServiceAccount).where(ServiceAccount.key_hash == key_hash, ServiceAccount.is_active)
        ).one_or_none()
    if account is None:
        raise NotFoundError(message("The service account is not known, or closed."))
    return Actor(
        id=account.id,
        name=account.name,
        kind="service",
        units=frozenset({account.unit_id} if account.unit_id else ()),
        scopes=frozenset(account.scopes),
        sees_all_cases=account.unit_id is None,
    )
