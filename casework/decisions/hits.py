"""Hit policies: what a table gives when these rules fit (DMN 1.3, 8.2.8–8.2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.decisions.errors import DecisionError
from casework.decisions.model import Aggregation, HitPolicy, Table
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.decisions.model import Rule


@dataclass(frozen=True)
class Hit:
    """A rule that fits, with the values of its output columns. No rule: the defaults of the columns."""

    rule: Rule | None
    outputs: tuple[Any, ...]


def result_of(
    table: Table, name: str, hits: Sequence[Hit], *, priorities: Sequence[Sequence[Any]]
) -> tuple[Any, tuple[str, ...]]:
    """The value by the table's hit policy, and the ids of the rules behind it. There is a hit where the policy needs one."""
    match table.hit_policy:
        case HitPolicy.UNIQUE:
            return _single(table, _only(table, name, hits))
        case HitPolicy.ANY:
            return _single(table, _agreed(table, name, hits), hits)
        case HitPolicy.FIRST:
            return _single(table, hits[0])
        case HitPolicy.PRIORITY:
            return _single(table, _by_priority(hits, priorities)[0])
        case HitPolicy.RULE_ORDER:
            return _all(table, hits)
        case HitPolicy.OUTPUT_ORDER:
            return _all(table, _by_priority(hits, priorities))
    return _collected(table, name, hits)


def _only(table: Table, name: str, hits: Sequence[Hit]) -> Hit:
    if len(hits) > 1:
        raise _refused(
            message("rows {rows} fit at the same time, but only one may.", rows=_rows_text(hits)), table, name, hits
        )
    return hits[0]


def _agreed(table: Table, name: str, hits: Sequence[Hit]) -> Hit:
    if any(hit.outputs != hits[0].outputs for hit in hits):
        raise _refused(
            message("rows {rows} fit at the same time, but do not say the same.", rows=_rows_text(hits)),
            table,
            name,
            hits,
        )
    return hits[0]


def _by_priority(hits: Sequence[Hit], priorities: Sequence[Sequence[Any]]) -> list[Hit]:
    """The first output column counts most; a value that is not listed comes last; equals keep the order of the rules."""

    def place(hit: Hit) -> list[int]:
        listed = zip(hit.outputs, priorities, strict=True)
        return [values.index(value) if value in values else len(values) for value, values in listed]

    return sorted(hits, key=place)


def _collected(table: Table, name: str, hits: Sequence[Hit]) -> tuple[Any, tuple[str, ...]]:
    if table.aggregation is None:
        return _all(table, hits)
    if table.aggregation is Aggregation.COUNT:
        return len(hits), _ids(hits)
    if len(table.outputs) != 1:
        raise _refused(message("only one result column can be summed up."), table, name, hits)
    values = [hit.outputs[0] for hit in hits if hit.outputs[0] is not None]
    return (_aggregate(table, name, hits, values) if values else None), _ids(hits)


def _aggregate(table: Table, name: str, hits: Sequence[Hit], values: list[Any]) -> Any:
    try:
        match table.aggregation:
            case Aggregation.MIN:
                return min(values)
            case Aggregation.MAX:
                return max(values)
        return sum(values[1:], start=values[0])
    except TypeError as error:
        said = message("rows {rows} give values that cannot be summed up.", rows=_rows_text(hits))
        raise _refused(said, table, name, hits) from error


def _single(table: Table, hit: Hit, hits: Sequence[Hit] = ()) -> tuple[Any, tuple[str, ...]]:
    return _value(table, hit), _ids(hits or [hit])


def _all(table: Table, hits: Sequence[Hit]) -> tuple[list[Any], tuple[str, ...]]:
    return [_value(table, hit) for hit in hits], _ids(hits)


def _value(table: Table, hit: Hit) -> Any:
    if len(table.outputs) == 1:
        return hit.outputs[0]
    names = [column.name or column.label or column.id for column in table.outputs]
    return dict(zip(names, hit.outputs, strict=True))


def _ids(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(hit.rule.id for hit in hits if hit.rule)


def _rows(hits: Sequence[Hit]) -> tuple[int, ...]:
    return tuple(hit.rule.number for hit in hits if hit.rule)


def _rows_text(hits: Sequence[Hit]) -> str:
    return ", ".join(str(number) for number in _rows(hits))


def _refused(said: Message, table: Table, name: str, hits: Sequence[Hit]) -> DecisionError:
    return DecisionError(message("The table »{name}«: {said}", name=name, said=said), table.id, _rows(hits))
