"""Typst: from a template and data to a tagged PDF. Words come in as data, so nothing that a person wrote is read as markup."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class TypesetError(Exception):
    """Typst could not make it; the text is for whoever runs the system, and may quote the template."""


def typeset(
    template: Path, data: Mapping[str, Any], at: datetime, *, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Make the PDF, dated `at`; the template finds `data` as JSON in `sys.inputs.data`.

    `files` by name lie beside the template for this one run, in a folder that only this user can read.
    """
    if not files:
        return _compiled(template, data, at)
    with TemporaryDirectory(prefix="sagsgang-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return _compiled(template, data, at, root=folder)


def _compiled(template: Path, data: Mapping[str, Any], at: datetime, **more: Any) -> bytes:
    import typst  # noqa: PLC0415  forty megabytes that a web server needs only where somebody takes a case out

    with _turn:
        try:
            pdf = _compiler().compile(
                template.read_bytes(),
                format="pdf",
                sys_inputs={"data": json.dumps(data)},
                pdf_standards="ua-1",
                timestamp=int(at.timestamp()),
                **more,
            )
        except typst.TypstError as error:
            raise TypesetError(error.message) from None
    return bytes(pdf)


# One compiler per process keeps its fonts; it takes one paper at a time (a letter 3 ms, the first 15 ms).
_turn = threading.Lock()
_kept: list[Any] = []


def _compiler() -> Any:
    import typst  # noqa: PLC0415  see above

    if not _kept:
        _kept.append(typst.Compiler(ignore_system_fonts=True))
    return _kept[0]
