"""Tables as CSV and XLSX: what spreadsheets make of them."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from casework.i18n import message
from casework.tables import Column, Kind, Row, Table, to_csv, to_xlsx

COLUMNS = (
    Column("name", message("Age"), Kind.TEXT),
    Column("number", message("Late")),
    Column("share", message("On time, %"), Kind.PERCENT),
    Column("day", message("By month"), Kind.DATE),
)
TABLE = Table(
    "t",
    message("Timeliness"),
    COLUMNS,
    (
        Row("a", (message("All"), 3, Decimal("66.7"), date(2026, 11, 26))),
        Row("b", ('=cmd|"/C calc"!A0', 0, None, None)),
    ),
)


def rows_of(content, language):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content[3:].decode()), delimiter=";" if language == "da" else ","))


def test_csv_in_danish_has_semicolons_and_decimal_commas():
    assert rows_of(to_csv([TABLE], "da"), "da") == [
        ["Alder", "For sent", "Til tiden, %", "Efter måned"],
        ["Alle", "3", "66,7", "2026-11-26"],
        ['\'=cmd|"/C calc"!A0', "0", "", ""],
    ]


def test_csv_in_english_has_commas_and_points():
    assert rows_of(to_csv([TABLE], "en"), "en")[1] == ["All", "3", "66.7", "2026-11-26"]


def test_several_tables_stand_below_each_other_under_their_titles():
    found = rows_of(to_csv([TABLE, TABLE], "da"), "da")

    assert [row for row in found if len(row) <= 1] == [["Rettidighed"], [], ["Rettidighed"]]


@pytest.mark.parametrize("text", ["=1+1", "+45 99 99 99 99", "-", "@navn", "\tx"])
def test_nothing_that_somebody_typed_runs_as_a_formula(text):
    table = Table("t", message("Timeliness"), COLUMNS[:1], (Row("a", (text,)),))

    assert rows_of(to_csv([table], "da"), "da")[1] == [f"'{text}"]
    sheet = ZipFile(BytesIO(to_xlsx([table], "da", datetime(2026, 11, 26, tzinfo=UTC)))).read(
        "xl/worksheets/sheet1.xml"
    )
    assert b"<f>" not in sheet


def test_numbers_are_numbers_in_xlsx():
    book = ZipFile(BytesIO(to_xlsx([TABLE], "da", datetime(2026, 11, 26, tzinfo=UTC))))

    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>3</v>" in sheet
    assert "<v>66.7</v>" in sheet
    assert 'name="Rettidighed"' in book.read("xl/workbook.xml").decode()
