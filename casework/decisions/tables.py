"""Decide one table: all its cells in one call into V8, then the hit policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import feel
from casework.decisions.errors import DecisionError
from casework.decisions.hits import Hit, result_of
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.decisions.model import Cell, Input, Output, Rule, Table


def decide_table(table: Table, name: str, context: Mapping[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """The value and the ids of the rules that gave it. Raises DecisionError.

    1. Compute the inputs; refuse values that their columns do not allow.
    2. Find the rules whose tests all pass. What cannot be compared does not pass.
    3. Read their outputs; refuse values that the output columns do not allow.
    4. Without a hit, the defaults of the output columns; else the hit policy.
    """
    answers = _Answers(table, name, context)
    _check_inputs(answers)
    hits = [answers.hit(rule) for rule in table.rules if answers.fits(rule)]
    if not hits and table.hit_policy.is_single and not _has_default(table):
        raise _nothing_fits(answers)
    used = hits or answers.defaults()
    value, rules = result_of(table, name, used, priorities=answers.priorities())
    return value, rules


@dataclass(frozen=True)
class _Asked:
    """One thing asked of V8, the same however many cells ask it."""

    text: str
    subject: str | None = None


class _Answers:
    """All that V8 said about a table and its values."""

    def __init__(self, table: Table, name: str, context: Mapping[str, Any]) -> None:
        self.table = table
        self.name = name
        asked = list(dict.fromkeys(_asked(table)))
        questions = [
            feel.Question(one.text, context, "value" if one.subject is None else "test", one.subject) for one in asked
        ]
        self.answers = dict(zip(asked, feel.attempt(questions), strict=True))

    def fits(self, rule: Rule) -> bool:
        """Whether all tests of the rule pass."""
        _refuse_ragged(self.table, self.name, rule)
        return all(
            cell.is_open or self.passes(_Asked(cell.text, column.expression), _place(rule, column))
            for column, cell in zip(self.table.inputs, rule.tests, strict=True)
        )

    def hit(self, rule: Rule) -> Hit:
        """The outputs of a rule that fits."""
        cells = zip(self.table.outputs, rule.outputs, strict=True)
        return Hit(rule, tuple(self.output(column, cell, rule) for column, cell in cells))

    def output(self, column: Output, cell: Cell, rule: Rule) -> Any:
        if cell.is_open:
            return None
        value = self.value(_Asked(cell.text), _place(rule, column))
        if column.values and not self.passes(_Asked(column.values, cell.text), _place(rule, column)):
            said = message(
                "{place}: {value} is not among the values of the column.",
                place=_place(rule, column),
                value=_shown(value),
            )
            raise self.error(said, rule.number)
        return value

    def defaults(self) -> list[Hit]:
        """The hit that stands for no hit, if any column has a default."""
        if not _has_default(self.table):
            return []
        place = message("the usual result")
        columns = self.table.outputs
        return [Hit(None, tuple(self.value(_Asked(c.default), place) if c.default else None for c in columns))]

    def priorities(self) -> list[list[Any]]:
        """The values of each output column, the most important first."""
        place = message("the values of a result column")
        listed = [self.value(_Asked(_list_of(column)), place) for column in self.table.outputs]
        return [values if isinstance(values, list) else [] for values in listed]

    def passes(self, asked: _Asked, place: Message) -> bool:
        return self.value(asked, place) is True

    def value(self, asked: _Asked, place: Message) -> Any:
        answer = self.answers[asked]
        if isinstance(answer, feel.FeelError):
            raise self.error(message("{place}: {problem}", place=place, problem=answer.message)) from answer
        return answer.value

    def error(self, said: Message, *rows: int) -> DecisionError:
        return DecisionError(message("The table »{name}«: {said}", name=self.name, said=said), self.table.id, rows)


def _asked(table: Table) -> Iterator[_Asked]:
    """Everything that deciding may want to know, so that one call answers it all."""
    for column in table.inputs:
        yield _Asked(column.expression)
        if column.values:
            yield _Asked(column.values, column.expression)
    for output in table.outputs:
        yield _Asked(_list_of(output))
        if output.default:
            yield _Asked(output.default)
    for rule in table.rules:
        yield from _asked_by(rule, table)


def _asked_by(rule: Rule, table: Table) -> Iterator[_Asked]:
    for column, cell in zip(table.inputs, rule.tests, strict=False):
        if not cell.is_open:
            yield _Asked(cell.text, column.expression)
    for output, cell in zip(table.outputs, rule.outputs, strict=False):
        if not cell.is_open:
            yield _Asked(cell.text)
            if output.values:
                yield _Asked(output.values, cell.text)


def _check_inputs(answers: _Answers) -> None:
    for column in answers.table.inputs:
        place = message("column »{column}«", column=column.label)
        value = answers.value(_Asked(column.expression), place)
        if value is not None and column.values and not answers.passes(_Asked(column.values, column.expression), place):
            said = message("{place}: {value} is not among the values of the column.", place=place, value=_shown(value))
            raise answers.error(said)


def _nothing_fits(answers: _Answers) -> DecisionError:
    place = message("input")
    values = [
        f"{column.expression} = {_shown(answers.value(_Asked(column.expression), place))}"
        for column in answers.table.inputs
    ]
    return answers.error(message("no row fits: {values}.", values=", ".join(values) or "–"))


def _refuse_ragged(table: Table, name: str, rule: Rule) -> None:
    if (len(rule.tests), len(rule.outputs)) != (len(table.inputs), len(table.outputs)):
        said = message(
            "The table »{name}«: row {row} has another number of cells than columns.", name=name, row=rule.number
        )
        raise DecisionError(said, table.id, (rule.number,))


def _has_default(table: Table) -> bool:
    return any(column.default for column in table.outputs)


def _list_of(column: Output) -> str:
    return f"[{column.values}]" if column.values else "[]"


def _place(rule: Rule, column: Input | Output) -> Message:
    return message("row {row}, column »{column}«", row=rule.number, column=column.label or column.id)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else str(feel.plain(value))
    return "null" if value is None else text[:60]
