"""A system outside asks for messages of processes. Its signing key is shown once; the database keeps it sealed."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select

from casework import clock
from casework.crypto import encrypt
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import Message, message
from casework.law import laws
from casework.model import Role, Unit, Webhook
from casework.model.webhook import SECRET_COLUMN
from casework.operations.turns import outbound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor

#: Bytes of a signing key; names and addresses are at most so long; and so many names.
KEY_BYTES, LONGEST, MOST_MESSAGES = 32, 500, 50
#: How the standard for webhooks marks a symmetric key.
PREFIX = "whsec_"
_ON_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class NewWebhook:
    """`secret` checks the signatures; it cannot be had again."""

    id: UUID
    secret: str


def create_webhook(
    actor: Actor, *, name: str, url: str, messages: Sequence[str], legal_basis: str, unit_id: str | None = None
) -> NewWebhook:
    """Send each message with one of these names, of cases of `unit_id` and below (None: of all), to `url`.

    Administrators only. Refuses (InvalidError, each field named) addresses that are not https, unknown units, and a legal
    basis that `processes/law.toml` does not have; (ConflictError) a name that is taken.
    """
    actor.require_role(Role.ADMINISTRATOR)
    wrong = {field: [said] for field, said in _wrong(name, url, messages, legal_basis)}
    if wrong:
        raise InvalidError(message("Some fields are missing or wrong."), wrong)
    secret = PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    with transaction() as session:
        if session.scalar(select(Webhook.id).where(Webhook.name == name)):
            raise ConflictError(message("There is already a webhook called {name}.", name=name))
        if unit_id is not None and session.get(Unit, unit_id) is None:
            unknown = message("Unknown unit: {unit}.", unit=unit_id)
            raise InvalidError(unknown, {"unit_id": [unknown]})
        webhook = Webhook(
            name=name,
            url=url,
            messages=sorted(set(messages)),
            secret=encrypt(secret, SECRET_COLUMN),
            legal_basis=legal_basis,
            unit_id=unit_id,
            created_at=clock.now(),
            created_by=actor.name,
        )
        session.add(webhook)
        session.flush()
        outbound.forget()
        return NewWebhook(webhook.id, secret)


def _wrong(name: str, url: str, messages: Sequence[str], legal_basis: str) -> list[tuple[str, Message]]:
    found = []
    if not name.strip() or len(name) > LONGEST:
        found.append(("name", message("Give it a name of at most {limit} characters.", limit=LONGEST)))
    if not _is_safe(url):
        found.append(("url", message("The address must begin with https://.")))
    if not 0 < len(messages) <= MOST_MESSAGES or not all(0 < len(one) <= LONGEST for one in messages):
        found.append(("messages", message("Name the messages, at most {limit}.", limit=MOST_MESSAGES)))
    if legal_basis not in laws():
        found.append(("legal_basis", message("The rule {key} is not among the laws.", key=legal_basis)))
    return found


def _is_safe(url: str) -> bool:
    """Encrypted on the way, or never leaving this machine; no name and password in the address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_encrypted = parts.scheme == "https" or (parts.scheme == "http" and host in _ON_THIS_MACHINE)
    return is_encrypted and bool(host) and parts.username is None and len(url) <= LONGEST
