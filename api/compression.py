"""Text travels packed (files as brotli, answers as gzip) to whoever can unpack it, with a proxy before us or without.

How well a page can be packed tells whoever listens a little about what stands in it, next to words that they had put into its
address (BREACH). So each answer carries a few random bytes more or less, as Django's middleware does it.
"""

from __future__ import annotations

import gzip
import secrets
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, request

if TYPE_CHECKING:
    from flask import Flask, Response

PACKED = frozenset({
    "text/html", "text/css", "text/javascript", "text/plain", "text/csv", "application/json", "application/problem+json",
    "application/xml", "application/bpmn+xml", "image/svg+xml",
})  # fmt: skip
#: Less is not worth it.
FEWEST_BYTES = 1000
#: Of 1 to 9: the next one costs twice the time for a hundredth of the bytes.
EFFORT, ALL_EFFORT = 5, 9
MOST_NOISE = 100
#: Files of the build.
KEPT = 64


def compress(app: Flask) -> None:
    """Pack what is worth it."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if (
        response.mimetype not in PACKED
        or response.status_code not in (200, 422)
        or "Content-Encoding" in response.headers
    ):
        return response
    response.vary.add("Accept-Encoding")
    if request.method != "HEAD" and (packed := _packed(response)):
        response.close()  # the file, which nobody reads now
        response.direct_passthrough = False
        response.headers["Content-Encoding"] = packed[0]
        response.set_data(packed[1])
        response.headers.pop("ETag", None)  # that of the file as it lies there
    return response


def _packed(response: Response) -> tuple[str, bytes] | None:
    """How, and the bytes; None as it is."""
    if request.endpoint == "static" and request.accept_encodings["br"] > 0 and (packed := _brotli(_path())):
        return "br", packed
    if request.accept_encodings["gzip"] <= 0:
        return None
    answer = _gzip(_path()) if request.endpoint == "static" else _answer(response)
    return ("gzip", answer) if answer else None


def _answer(response: Response) -> bytes | None:
    if response.is_streamed or response.direct_passthrough or (response.content_length or 0) < FEWEST_BYTES:
        return None
    packed = BytesIO()
    noise = secrets.token_hex(secrets.randbelow(MOST_NOISE // 2))
    with gzip.GzipFile(filename=noise, mode="wb", compresslevel=EFFORT, fileobj=packed, mtime=0) as file:
        file.write(response.get_data())
    return packed.getvalue()


def _path() -> Path:
    return Path(current_app.static_folder or "", str((request.view_args or {})["filename"]))


@lru_cache(maxsize=KEPT)
def _brotli(path: Path) -> bytes | None:
    """As the build packed it."""
    packed = path.with_name(f"{path.name}.br")
    return packed.read_bytes() if packed.exists() else None


@lru_cache(maxsize=KEPT)
def _gzip(path: Path) -> bytes:
    """Names carry a hash of the content, so what was packed once stays true."""
    return gzip.compress(path.read_bytes(), ALL_EFFORT, mtime=0)
