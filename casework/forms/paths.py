"""Paths into answers: `foraeldre.0.navn`. A number is a row of a list, anything else a key."""

from __future__ import annotations

from typing import Any


def get(answers: object, path: str) -> Any:
    """The answer at `path`; None where there is none, whatever the shape of `answers`."""
    value: Any = answers
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def has(answers: object, path: str) -> bool:
    """Whether something, be it None, stands at `path`."""
    parent, _, key = path.rpartition(".")
    holder = get(answers, parent) if parent else answers
    if isinstance(holder, list):
        return key.isdecimal() and int(key) < len(holder)
    return isinstance(holder, dict) and key in holder


def put(answers: dict[str, Any], path: str, value: Any) -> None:
    """Set `value` at `path`, making objects on the way. Rows are not made: where there is no such row nothing happens."""
    *parents, key = path.split(".")
    holder: Any = answers
    for part in parents:
        holder = _inside(holder, part)
    if isinstance(holder, dict):
        holder[key] = value
    elif isinstance(holder, list) and key.isdecimal() and int(key) < len(holder):
        holder[int(key)] = value


def _inside(holder: Any, part: str) -> Any:
    if isinstance(holder, list):
        return holder[int(part)] if part.isdecimal() and int(part) < len(holder) else None
    if isinstance(holder, dict) and not isinstance(holder.get(part), (dict, list)):
        holder[part] = {}
    return holder[part] if isinstance(holder, dict) else None


def is_blank(value: object) -> bool:
    """Whether nothing was answered: None, empty text, no choice, or rows and objects of nothing but such."""
    if isinstance(value, dict):
        return all(is_blank(inner) for inner in value.values())
    if isinstance(value, list):
        return all(is_blank(inner) for inner in value)
    return value is None or value == ""


def joined(prefix: str, key: str | int) -> str:
    """The path of `key` inside of `prefix`; either may be empty."""
    return f"{prefix}.{key}" if prefix and key != "" else prefix or str(key)
