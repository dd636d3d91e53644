"""What kind of file somebody attaches, told by its bytes: names and browsers say whatever they like.

Taken are PDF, pictures, Word and OpenDocument texts without macros, and plain text. Everything else is refused, also what only
begins like one of these.
"""

from __future__ import annotations

import io
import zipfile

#: First bytes of files that need no further look.
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "text/plain"
_ARCHIVE = b"PK\x03\x04"
_DOCX_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
#: Characters that no text has.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_LONGEST_MIMETYPE = 100


def kind_of(content: bytes) -> str | None:
    """Give the media type; None for what is not taken."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(_ARCHIVE):
        return _office(content)
    return TEXT if _is_text(content) else None


def _office(content: bytes) -> str | None:
    """Only the list of its parts is read, never a part that could unfold without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {part.filename for part in archive.infolist()}
            if any(_is_macro(name) for name in names):
                return None
            if names >= _DOCX_PARTS:
                return DOCX
            return ODT if "content.xml" in names and _mimetype(archive) == ODT else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None


def _is_macro(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin") or name.startswith("Basic/")


def _mimetype(archive: zipfile.ZipFile) -> str:
    part = archive.getinfo("mimetype") if "mimetype" in archive.namelist() else None
    if part is None or part.file_size > _LONGEST_MIMETYPE:
        return ""
    return archive.read(part).decode("ascii", "replace").strip()


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _CONTROLS & set(content)
