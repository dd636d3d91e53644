"""Topic `webhook`: carries a message of a process to the system outside that has asked for it.

As Standard Webhooks 1.0 has it: `webhook-id` is the job's id and stays the same however often it is tried, so that the receiver
can count it once; `webhook-signature` is HMAC-SHA256 over id, time and body. `Idempotency-Key` repeats the id for receivers that
look there. Redirects are not followed: nothing goes to an address that nobody has approved.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any
from uuid import UUID

import urllib3

from casework import clock
from casework.errors import NotFoundError
from casework.operations.create_webhook import PREFIX
from casework.operations.note_webhook_sent import note_webhook_sent
from casework.queries.webhook_delivery import webhook_delivery
from workers.failures import PermanentError, RetryError

if TYPE_CHECKING:
    from casework.operations.claim_jobs import ClaimedJob
    from casework.queries.webhook_delivery import WebhookDelivery

CONNECT_SECONDS, READ_SECONDS = 3, 7
_SUCCESS, _REDIRECT, _REFUSED, _FAILED = 200, 300, 400, 500
#: Refusals that may pass: time-out, too early, too many.
_TRY_LATER = frozenset({408, 425, 429})

_pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS))


def webhook(job: ClaimedJob) -> dict[str, Any]:
    """Send it once; what the receiver got is on record among those who saw something of the case."""
    try:
        sending = webhook_delivery(_id(job.inputs.get("webhook_id")), _id(job.inputs.get("message_id")))
    except NotFoundError as error:
        raise PermanentError(str(error)) from None
    status = _post(sending, str(job.id), int(clock.now().timestamp()))
    if status in _TRY_LATER or status >= _FAILED:
        raise RetryError(f"{sending.name} cannot take the message now ({status})")
    if not _SUCCESS <= status < _REDIRECT:
        raise PermanentError(f"{sending.name} refuses the message ({status})")
    note_webhook_sent(
        case_id=job.case_id,
        message_id=sending.message_id,
        message=sending.message_name,
        receiver=sending.name,
    )
    return {"status": status}


def _post(sending: WebhookDelivery, webhook_id: str, timestamp: int) -> int:
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": webhook_id,
        "User-Agent": "Sagsgang",
        "webhook-id": webhook_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(sending.secret, webhook_id, timestamp, sending.body),
    }
    try:
        answer = _pool.request("POST", sending.url, body=sending.body, headers=headers, redirect=False)
    except urllib3.exceptions.HTTPError as error:
        raise RetryError(f"{sending.name} cannot be reached: {type(error).__name__}") from None
    return answer.status


def signature(secret: str, webhook_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body` (Standard Webhooks 1.0, symmetric signatures)."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise PermanentError("the job names no webhook or message") from None
