"""Sessions, cookies, CSRF, headers and rate limits: what every answer carries and every request must pass."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from casework.config import settings

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask, Response

#: Pages load nothing from elsewhere, run no inline script and have no style attribute; diagrams are looked at without any, too.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: The editors of bpmn.io place what they draw with style attributes; styles from elsewhere and style elements stay forbidden.
POLICY_OF_EDITORS = f"{POLICY}; style-src-attr 'unsafe-inline'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: Wrong keys of service accounts from one address. A key cannot be guessed; this is about who tries for hours.
WRONG_KEYS = parse("300 per minute")

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, in_memory_fallback_enabled=True)
_wrong_keys = FixedWindowRateLimiter(MemoryStorage())


def protect(app: Flask) -> None:
    """Add the CSRF check, the rate limiter and the headers."""
    csrf.init_app(app)
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings().redis_url or "memory://")
    limiter.init_app(app)
    app.after_request(_add_headers)


def cookies() -> dict[str, Any]:
    """How sessions are kept."""
    return {
        "SESSION_COOKIE_NAME": "sagsgang",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Over plain http only on loopback, where the demonstration runs.
        "SESSION_COOKIE_SECURE": settings().public_url.startswith("https"),
        "PERMANENT_SESSION_LIFETIME": 8 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def session_key(data: Path) -> bytes:
    """The key that signs sessions, made at the first start and readable by its owner only."""
    path = data / "session_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        # Written beside it and linked in one step: server processes that start together all read the same whole key.
        draft = data / f"session_key.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_bytes()


def comes_from_loopback() -> bool:
    """Whether the request was made on this machine, not through a proxy."""
    return request.remote_addr in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers


def allow_style_attributes(response: Response) -> Response:
    """For the page of an editor, which process owners get and nobody else."""
    response.headers["Content-Security-Policy"] = POLICY_OF_EDITORS
    return response


def count_wrong_key() -> None:
    """Refuse (429) who comes with one wrong key after the other; right keys cost nothing here."""
    if not _wrong_keys.hit(WRONG_KEYS, get_remote_address()):
        raise TooManyRequests(retry_after=60)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")  # case text stays in no browser's cache
    return response
