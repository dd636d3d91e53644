"""What a DMN file says, as plain data. Texts of cells are FEEL and kept as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.i18n import Message


class HitPolicy(StrEnum):
    """What counts when several rules fit (DMN 1.3, 8.2.8)."""

    UNIQUE = "UNIQUE"  #: Only one rule may fit.
    ANY = "ANY"  #: Several may fit if they say the same.
    PRIORITY = "PRIORITY"  #: The output that stands first among the values of the output column.
    FIRST = "FIRST"  #: The first that fits.
    RULE_ORDER = "RULE ORDER"  #: All, in the order of the rules.
    OUTPUT_ORDER = "OUTPUT ORDER"  #: All, in the order of the values of the output column.
    COLLECT = "COLLECT"  #: All, or one number made from them.

    @property
    def is_single(self) -> bool:
        """Whether one rule's outputs are the result, rather than a list."""
        return self in {HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.PRIORITY, HitPolicy.FIRST}


class Aggregation(StrEnum):
    """What COLLECT makes from all outputs."""

    SUM = "SUM"  #: `C+`
    MIN = "MIN"  #: `C<`
    MAX = "MAX"  #: `C>`
    COUNT = "COUNT"  #: `C#`


@dataclass(frozen=True)
class Cell:
    """The FEEL of one cell; `id` of the nearest element that has one."""

    id: str
    text: str

    @property
    def is_open(self) -> bool:
        """Whether an input cell lets everything pass, and an output cell says nothing."""
        return self.text in ("", "-")


@dataclass(frozen=True)
class Input:
    """An input column: the expression it asks, and the values that may come."""

    id: str
    label: str
    expression: str
    values: str = ""
    language: str = ""


@dataclass(frozen=True)
class Output:
    """An output column; the order of `values` is their priority."""

    id: str
    name: str
    label: str
    values: str = ""
    default: str = ""


@dataclass(frozen=True)
class Rule:
    """A row, counted from 1 as the editor does."""

    id: str
    number: int
    tests: tuple[Cell, ...]
    outputs: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A decision table."""

    id: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Literal:
    """A decision that is one expression."""

    id: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Unsupported:
    """A logic that DMN knows and we do not; `kind` is its element's name, empty when there is none at all."""

    id: str
    kind: str


@dataclass(frozen=True)
class Knowledge:
    """A business knowledge model: a function written as one expression."""

    id: str
    name: str
    parameters: tuple[str, ...]
    body: Literal | Unsupported
    required_knowledge: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One decision: its result is known to others under `variable`. What it requires is named by id."""

    id: str
    name: str
    variable: str
    logic: Table | Literal | Unsupported
    required_decisions: tuple[str, ...] = ()
    required_knowledge: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decisions:
    """A file of decisions, by id in the order of the file. `misread` is what the reader could not make sense of."""

    id: str
    name: str
    decisions: Mapping[str, Decision]
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)
    input_names: frozenset[str] = frozenset()
    misread: tuple[tuple[str, Message], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What `decide` may be asked for: ids and names."""
        return tuple(dict.fromkeys([*self.decisions, *(one.name for one in self.decisions.values())]))

    def find(self, name: str) -> Decision | None:
        """The decision with this id or, if there is none, this name."""
        return self.decisions.get(name) or next((one for one in self.decisions.values() if one.name == name), None)

    def check(self) -> list[tuple[str, Message]]:
        """See `casework.decisions.check`."""
        from casework.decisions.checking import check  # noqa: PLC0415  it reads this module

        return check(self)
