"""Tables that leave the pages: typed columns, rows, and what CSV and XLSX make of them. Nothing here knows what they tell."""

from casework.tables.files import to_csv, to_xlsx
from casework.tables.table import Cell, Column, Kind, Row, Table

__all__ = ["Cell", "Column", "Kind", "Row", "Table", "to_csv", "to_xlsx"]
