"""What kind of file an address names."""

from __future__ import annotations

from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ArtifactKind


def file_kind(name: str) -> ArtifactKind:
    """`diagram`, `decision`, `form` or `scenario`. Refuses (NotFoundError) any other."""
    try:
        return ArtifactKind(name)
    except ValueError:
        raise NotFoundError(message("There is no such file.")) from None
