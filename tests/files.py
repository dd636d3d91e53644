"""Small files of every kind, made here: what is taken, and what only looks like it."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 24
WEBP = b"RIFF\x10\0\0\0WEBPVP8 "
TEXT = "Emil er træt.\r\n\tOgså fredag.".encode()


def archive(**parts: bytes) -> bytes:
    """A zip file; in names `__` stands for `/`, `_dot_` for `.`."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return kept.getvalue()


_DOCX = {"word__document_dot_xml": b"<w/>"}


def docx(**more: bytes) -> bytes:
    made = archive(**_DOCX, **more)
    kept = io.BytesIO(made)
    with zipfile.ZipFile(kept, "a") as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
    return kept.getvalue()


def odt(mimetype: bytes = b"application/vnd.oasis.opendocument.text", **more: bytes) -> bytes:
    return archive(mimetype=mimetype, content_dot_xml=b"<o/>", **more)
