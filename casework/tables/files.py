"""Tables as files: CSV as Danish and English spreadsheets read it, and XLSX with numbers that are numbers."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from casework.config import TIME_ZONE
from casework.i18n import Message
from casework.tables.table import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.tables.table import Cell, Column, Table

#: To spreadsheets a text that begins so is a formula: what somebody typed must not run there (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER_FORMATS = {
    Kind.COUNT: "0",
    Kind.PERCENT: "0.0",
    Kind.DAYS: "0.0",
    Kind.MONEY: "#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
}
#: XLSX allows so many characters in the name of a sheet, and none of these.
_SHEET_NAME, _NOT_IN_SHEET_NAME = 31, "[]:*?/\\'"
_WIDEST, _NARROWEST = 60, 10


def to_csv(tables: Sequence[Table], language: str) -> bytes:
    """All tables below each other, each under its title; with a byte order mark, in Danish with semicolons and decimal commas."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if language == "da" else ",", lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([_safe(table.title.text(language))])
        writer.writerow([_safe(column.title.text(language)) for column in table.columns])
        writer.writerows([_written(cell, language) for cell in row.cells] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def to_xlsx(tables: Sequence[Table], language: str, made_at: datetime) -> bytes:
    """One sheet for each table, the heading frozen; `made_at` stands in the file's properties."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"author": "Sagsgang", "created": made_at.astimezone(UTC).replace(tzinfo=None)})
    formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _NUMBER_FORMATS.items()}
    bold = book.add_format({"bold": True, "bottom": 1})
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table, language))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            _column(sheet, place, column, [row.cells[place] for row in table.rows], (language, bold, formats))
    book.close()
    return buffer.getvalue()


def _column(sheet: Any, place: int, column: Column, cells: list[Cell], look: tuple[str, Any, dict[Kind, Any]]) -> None:
    language, bold, formats = look
    title = column.title.text(language)
    sheet.write_string(0, place, title, bold)
    texts = [_plain(cell, language) for cell in cells]
    longest = max([len(title), *(len(str(text)) for text in texts)])
    sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, longest + 1)), formats.get(column.kind))
    for line, value in enumerate(texts, start=1):
        _write(sheet, line, place, value, formats.get(column.kind))


def _write(sheet: Any, line: int, place: int, value: Any, look: Any) -> None:
    match value:
        case None:
            return
        case bool() | str():
            sheet.write_string(line, place, str(value))
        case date():
            sheet.write_datetime(line, place, value, look)
        case _:
            sheet.write_number(line, place, float(value), look)


def _plain(cell: Cell, language: str) -> Any:
    """As a spreadsheet keeps it: instants as local time, sentences in the reader's language."""
    if isinstance(cell, Message):
        return cell.text(language)
    if isinstance(cell, datetime):
        return cell.astimezone(TIME_ZONE).replace(tzinfo=None)
    return cell


def _written(cell: Cell, language: str) -> str:
    value = _plain(cell, language)
    match value:
        case None:
            return ""
        case str():
            return _safe(value)
        case Decimal():
            return f"{value:f}".replace(".", "," if language == "da" else ".")
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
    return str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sheet_name(table: Table, language: str) -> str:
    name = "".join(letter for letter in table.title.text(language) if letter not in _NOT_IN_SHEET_NAME)
    return name[:_SHEET_NAME].strip() or table.key
