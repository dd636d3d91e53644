"""A mail server that keeps what it is sent."""

from __future__ import annotations

import asyncio
import email
import email.policy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller

from tests.services.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage


@dataclass
class Mailbox:
    """What arrived, oldest first. `address` is `host:port`; `refusal` is what it answers instead of taking mail.

    `before` is called in a thread of its own when a message has come, before it is taken.
    """

    address: str = ""
    messages: list[EmailMessage] = field(default_factory=list)
    refusal: str = ""
    before: Callable[[], object] | None = None

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd looks for this name
        """Take one message."""
        if self.before:
            await asyncio.to_thread(self.before)
        if self.refusal:
            return self.refusal
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mailbox():
    """A mail server on loopback for this test alone."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.address = f"127.0.0.1:{controller.port}"
    yield box
    controller.stop()
