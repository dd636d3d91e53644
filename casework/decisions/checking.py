"""What is wrong with a file of decisions before anybody asks it: each finding with the id of its element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import feel
from casework.decisions.model import Aggregation, HitPolicy, Literal, Table, Unsupported
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.decisions.model import Cell, Decision, Decisions, Input, Knowledge, Output, Rule

    Finding = tuple[str, Message]


def check(decisions: Decisions) -> list[Finding]:
    """All findings; each keeps the file from being used. Empty: it can be asked, though rules may still overlap."""
    known = frozenset(
        {*decisions.input_names}
        | {decision.variable for decision in decisions.decisions.values()}
        | {knowledge.name for knowledge in decisions.knowledge.values()}
    )
    findings = list(decisions.misread)
    if not decisions.decisions:
        findings.append((decisions.id, message("There is no decision in the file.")))
    for decision in decisions.decisions.values():
        findings += [*_requirements(decisions, decision), *_logic(decision, known)]
    for knowledge in decisions.knowledge.values():
        findings += _function(knowledge, known)
    return findings


def _requirements(decisions: Decisions, decision: Decision) -> Iterator[Finding]:
    for required in decision.required_decisions:
        if required not in decisions.decisions:
            said = message(
                "»{name}« builds on a decision »{required}« that is not there.", name=decision.name, required=required
            )
            yield decision.id, said
    for required in decision.required_knowledge:
        if required not in decisions.knowledge:
            yield decision.id, message("The function »{name}« is not there, or is not written in FEEL.", name=required)
    if _requires_itself(decisions, decision):
        yield decision.id, message("»{name}« builds on itself by way of others.", name=decision.name)


def _requires_itself(decisions: Decisions, decision: Decision) -> bool:
    seen: set[str] = set()
    waiting = list(decision.required_decisions)
    while waiting:
        one = waiting.pop()
        if one == decision.id:
            return True
        if one not in seen and one in decisions.decisions:
            seen.add(one)
            waiting += decisions.decisions[one].required_decisions
    return False


def _logic(decision: Decision, known: frozenset[str]) -> Iterator[Finding]:
    match decision.logic:
        case Table() as table:
            yield from _columns(table)
            yield from _policy(table)
            yield from _rows(table)
            yield from _expressions(table, known)
        case Literal() as literal:
            yield from _literal(literal, known)
        case Unsupported(id=element, kind=""):
            yield element, message("The decision »{name}« has neither a table nor a formula.", name=decision.name)
        case Unsupported(id=element, kind=kind):
            said = message(
                "The decision »{name}« is a {kind}; only tables and formulas can be used.",
                name=decision.name,
                kind=kind,
            )
            yield element, said


def _function(knowledge: Knowledge, known: frozenset[str]) -> Iterator[Finding]:
    if isinstance(knowledge.body, Unsupported):
        said = message("The function »{name}« is not there, or is not written in FEEL.", name=knowledge.name)
        yield knowledge.body.id or knowledge.id, said
    else:
        yield from _literal(knowledge.body, known | set(knowledge.parameters))


def _literal(literal: Literal, known: frozenset[str]) -> Iterator[Finding]:
    if _is_foreign(literal.language):
        yield literal.id, message("Formulas are written in FEEL, not in {language}.", language=literal.language)
    elif error := feel.check(literal.text, known=known):
        yield literal.id, error.message


def _columns(table: Table) -> Iterator[Finding]:
    if not table.outputs:
        yield table.id, message("The table has no result column.")
    if not table.rules:
        yield table.id, message("The table has no rows.")
    for column in table.inputs:
        if not column.expression:
            yield (
                column.id,
                message(
                    "The column »{column}« asks for nothing: it does not say which variable it looks at.",
                    column=column.label,
                ),
            )
        if _is_foreign(column.language):
            yield column.id, message("Formulas are written in FEEL, not in {language}.", language=column.language)
    names = [column.name for column in table.outputs]
    for output in table.outputs if len(names) > 1 else ():
        if not output.name or names.count(output.name) > 1:
            yield output.id, message("Each of several result columns needs a name of its own.")


def _policy(table: Table) -> Iterator[Finding]:
    if table.hit_policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER) and not any(c.values for c in table.outputs):
        yield (
            table.id,
            message("This rule for choosing needs a result column with its values listed, the most important first."),
        )
    if table.aggregation and table.hit_policy is not HitPolicy.COLLECT:
        yield table.id, message("Only a table that collects all rows can sum up.")
    if table.aggregation not in (None, Aggregation.COUNT) and len(table.outputs) > 1:
        yield table.id, message("Only one result column can be summed up.")


def _rows(table: Table) -> Iterator[Finding]:
    for rule in table.rules:
        if (len(rule.tests), len(rule.outputs)) != (len(table.inputs), len(table.outputs)):
            yield rule.id, message("Row {row} has another number of cells than there are columns.", row=rule.number)
        if rule.outputs and all(cell.is_open for cell in rule.outputs):
            yield rule.id, message("Row {row} has no result.", row=rule.number)


def _expressions(table: Table, known: frozenset[str]) -> Iterator[Finding]:
    values = [(c.expression, c.id, message("Column »{column}«", column=c.label)) for c in table.inputs if c.expression]
    values += [
        (c.default, c.id, message("Usual value of »{column}«", column=c.label)) for c in table.outputs if c.default
    ]
    tests = [(c.values, c.id, message("Values of »{column}«", column=c.label)) for c in _with_values(table)]
    for rule in table.rules:
        tests += [
            _cell(rule, column, cell)
            for column, cell in zip(table.inputs, rule.tests, strict=False)
            if not cell.is_open
        ]
        values += [
            _cell(rule, column, cell)
            for column, cell in zip(table.outputs, rule.outputs, strict=False)
            if not cell.is_open
        ]
    for unary, asked in ((False, values), (True, tests)):
        errors = feel.check_all([text for text, _, _ in asked], unary=unary, known=known)
        for (_, element, place), error in zip(asked, errors, strict=True):
            if error:
                yield element, message("{place}: {problem}", place=place, problem=error.message)


def _with_values(table: Table) -> list[Input | Output]:
    columns: list[Input | Output] = [*table.inputs, *table.outputs]
    return [column for column in columns if column.values]


def _cell(rule: Rule, column: Input | Output, cell: Cell) -> tuple[str, str, Message]:
    place = message("Row {row}, column »{column}«", row=rule.number, column=column.label or column.id)
    return cell.text, cell.id, place


def _is_foreign(language: str) -> bool:
    return bool(language) and "feel" not in language.lower()
