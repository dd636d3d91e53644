"""Columns that several lists select, and conditions that several lists share. Labels are what `names` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, or_

from casework.model import Case, Person, Unit, UserTask

if TYPE_CHECKING:
    from collections.abc import Sequence


#: A select whose columns are read by name.
AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"
#: What `names.child_of` reads; the select joins `Person` on `Case.child_id`.
CHILD: Sequence[ColumnElement[Any]] = (
    Case.child_id.label("child_id"),
    Person.name.label("child_name"),
    Person.birth_date.label("child_birth_date"),
    Person.has_protected_address.label("child_is_protected"),
    Person.cpr_index.is_not(None).label("child_has_cpr"),
)
#: What `names.unit_name` reads, in its order.
UNIT: Sequence[ColumnElement[Any]] = (
    Unit.id.label("unit_id"),
    Unit.name.label("unit_name"),
    Unit.name_en.label("unit_name_en"),
)
#: The case that a statement is about; such statements are made once.
OF_CASE: ColumnElement[Any] = bindparam("of_case", type_=Case.id.type)
#: Statements kept of each kind, one for each actor: making one costs more than running it.
KEPT = 512
#: Written out, because a partial index is used only where the statement itself says the condition.
IS_ACTIVE: ColumnElement[bool] = UserTask.state.in_([literal_column("'open'"), literal_column("'claimed'")])


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether `column` has `text` in it, whatever the case; SQLite folds no Danish letters, so usual spellings are tried."""
    spellings = {text, text.lower(), text.title(), text.capitalize()}
    return or_(*(column.icontains(spelling, autoescape=True) for spelling in sorted(spellings)))
