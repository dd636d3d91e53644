"""Tables that a browser or a program takes away: CSV and XLSX in the reader's language, under a name of letters and digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

from api.language import reader_language
from casework.tables import to_csv, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from casework.tables import Table

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(tables: Sequence[Table], name: str) -> Response:
    """All tables in one file, `name` without its ending."""
    return _file(to_csv(tables, reader_language()), f"{CSV}; charset=utf-8", f"{name}.csv")


def as_xlsx(tables: Sequence[Table], name: str, made_at: datetime) -> Response:
    """A sheet for each table."""
    return _file(to_xlsx(tables, reader_language(), made_at), XLSX, f"{name}.xlsx")


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
