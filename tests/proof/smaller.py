"""Smaller models, to find the smallest that still goes wrong."""

from __future__ import annotations

import copy
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from tests.proof.blocks import Block, Boundary, Call, Model, Seq, Task, walk
from tests.proof.soundness import sound

if TYPE_CHECKING:
    from collections.abc import Iterator


def smaller(model: Model) -> Iterator[Model]:
    """Sound models with one part less, largest cuts first."""
    for other in (*_with_less(model), *_with_fewer(model), *_without_unused(model)):
        if other is not None and sound(other):
            yield other


def _with_less(model: Model) -> Iterator[Model | None]:
    """A block gives way to one inside it, to a plain task, to nothing."""
    for node, path in _places(model):
        if isinstance(node, Block):
            inner = [b for b in walk(node) if isinstance(b, Block) and b is not node]
            options = [*inner[:4], Task(getattr(node, "id", "u0"), "user"), Seq([])]
            yield from (_with(model, path, option) for option in options if option != node)


def _with_fewer(model: Model) -> Iterator[Model | None]:
    """One element of a list goes."""
    for node, path in _places(model):
        for f in fields(node):
            value = getattr(node, f.name)
            for i in range(len(value) if isinstance(value, list) else 0):
                part: Any = copy.deepcopy(node)
                del getattr(part, f.name)[i]
                if f.name == "branches" and getattr(part, "flags", []):
                    del part.flags[min(i, len(part.flags) - 1)]
                yield _with(model, path, part)


def _without_unused(model: Model) -> Iterator[Model]:
    used = {c.process for c in walk(model) if isinstance(c, Call)}
    for name in model.called.keys() - used:
        yield Model(model.main, {k: v for k, v in model.called.items() if k != name})


def _places(model: Model) -> list[tuple[Any, list[Any]]]:
    """Every node with the path that leads to it."""
    out: list[tuple[Any, list[Any]]] = []

    def go(node: Any, path: list[Any]) -> None:
        if is_dataclass(node):
            if path:
                out.append((node, path))
            for f in fields(node):
                go(getattr(node, f.name), [*path, f.name])
        elif isinstance(node, list | tuple):
            for i, part in enumerate(node):
                go(part, [*path, i])
        elif isinstance(node, dict):
            for k, part in node.items():
                go(part, [*path, k])

    go(model, [])
    return out


def _with(model: Model, path: list[Any], value: Any) -> Model | None:
    new = copy.deepcopy(model)
    at: Any = new
    for key in path[:-1]:
        at = getattr(at, key) if isinstance(key, str) and is_dataclass(at) else at[key]
    last = path[-1]
    if isinstance(at, tuple):
        return None
    old = getattr(at, last) if is_dataclass(at) else at[last]
    if isinstance(old, Boundary) and not isinstance(value, Boundary):
        return None
    if is_dataclass(at):
        setattr(at, last, copy.deepcopy(value))
    else:
        at[last] = copy.deepcopy(value)
    return new
