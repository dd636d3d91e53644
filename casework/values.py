"""Variables and facts as they travel: Python values inside, tagged JSON in the database.

A date is not a string: conditions compare it. So `date`, `datetime`, `timedelta` and `Decimal` are kept as
`{"$date": "2026-11-26"}`, `{"$instant": "2026-11-26T12:40:00+00:00"}`, `{"$duration": "P2D"}`, `{"$number": "1.20"}`;
strings, booleans, numbers, lists and objects stay what they are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import isodate


def to_json(value: Any) -> Any:
    """Tag what JSON has no word for. Refuses what a variable cannot be (TypeError)."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return {"$instant": value.astimezone(UTC).isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case timedelta() | isodate.Duration():
            return {"$duration": isodate.duration_isoformat(value)}
        case Decimal():
            return {"$number": str(value)}
        case dict():
            return {str(name): to_json(inner) for name, inner in value.items()}
        case list() | tuple():
            return [to_json(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} cannot be kept in a variable")


def from_json(value: Any) -> Any:
    """Read what `to_json` gave."""
    if isinstance(value, list):
        return [from_json(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (tag, inner), *_ = value.items()
        match tag:
            case "$instant":
                return datetime.fromisoformat(inner)
            case "$date":
                return date.fromisoformat(inner)
            case "$duration":
                return isodate.parse_duration(inner)
            case "$number":
                return Decimal(inner)
    return {name: from_json(inner) for name, inner in value.items()}
