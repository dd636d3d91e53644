"""Read a DMN file. Namespaces of DMN 1.1 to 1.5 differ, their words hardly; what only 1.1 has is not used by editors."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from casework.decisions.errors import DecisionFileError
from casework.decisions.model import (
    Aggregation,
    Cell,
    Decision,
    Decisions,
    HitPolicy,
    Input,
    Knowledge,
    Literal,
    Output,
    Rule,
    Table,
    Unsupported,
)
from casework.diagrams import local, read
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

_DMN = "omg.org/spec/DMN/"
# Children of a decision, or of a function, that are not what it decides by.
_NOT_LOGIC = frozenset(
    {
        "allowedAnswers",
        "authorityRequirement",
        "decisionMaker",
        "decisionOwner",
        "description",
        "extensionElements",
        "formalParameter",
        "impactedPerformanceIndicator",
        "informationRequirement",
        "knowledgeRequirement",
        "question",
        "supportedObjective",
        "usingProcess",
        "usingTask",
        "variable",
    }
)


@lru_cache(maxsize=64)
def parse(xml: bytes) -> Decisions:
    """The decisions of a DMN file; what is wrong with them, `check` finds. Many processes use the same: it is read once.

    Raises DecisionFileError or, for what is no XML or too large, `casework.diagrams.DiagramError`.
    """
    root = read(xml)
    if local(root) != "definitions" or _DMN not in root.tag:
        raise DecisionFileError(message("The file holds no decisions: it is not DMN."))
    misread: list[tuple[str, Message]] = []
    decisions = [_decision(node, misread) for node in _children(root, "decision")]
    return Decisions(
        id=root.get("id", ""),
        name=root.get("name", ""),
        decisions=_by_id(decisions, misread),
        knowledge={one.id: one for one in map(_knowledge, _children(root, "businessKnowledgeModel"))},
        input_names=frozenset(_variable(node) for node in _children(root, "inputData")),
        misread=tuple(misread),
    )


def _by_id(decisions: list[Decision], misread: list[tuple[str, Message]]) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for one in decisions:
        if one.id in found:
            misread.append((one.id, message("Two decisions have the id »{id}«.", id=one.id)))
        found[one.id] = one
    return found


def _decision(node: Any, misread: list[tuple[str, Message]]) -> Decision:
    return Decision(
        id=node.get("id") or node.get("name", ""),
        name=node.get("name") or node.get("id", ""),
        variable=_variable(node),
        logic=_logic(node, misread),
        required_decisions=_required(node, "informationRequirement", "requiredDecision"),
        required_knowledge=_required(node, "knowledgeRequirement", "requiredKnowledge"),
    )


def _logic(node: Any, misread: list[tuple[str, Message]]) -> Table | Literal | Unsupported:
    logic = next((child for child in node if local(child) and local(child) not in _NOT_LOGIC), None)
    if logic is None:
        return Unsupported(node.get("id", ""), "")
    match local(logic):
        case "decisionTable":
            return _table(logic, logic.get("id") or node.get("id", ""), misread)
        case "literalExpression":
            return _literal(logic, node.get("id", ""))
    return Unsupported(logic.get("id") or node.get("id", ""), local(logic))


def _literal(node: Any, owner: str) -> Literal:
    return Literal(node.get("id") or owner, _text(node), node.get("expressionLanguage", ""))


def _table(node: Any, table_id: str, misread: list[tuple[str, Message]]) -> Table:
    return Table(
        id=table_id,
        hit_policy=_hit_policy(node, table_id, misread),
        aggregation=_aggregation(node, table_id, misread),
        inputs=tuple(_input(child, table_id) for child in _children(node, "input")),
        outputs=tuple(_output(child, table_id) for child in _children(node, "output")),
        rules=tuple(_rule(child, number, table_id) for number, child in enumerate(_children(node, "rule"), 1)),
    )


def _hit_policy(node: Any, table_id: str, misread: list[tuple[str, Message]]) -> HitPolicy:
    word = node.get("hitPolicy") or HitPolicy.UNIQUE
    if word not in tuple(HitPolicy):
        misread.append((table_id, message("There is no rule for choosing called »{word}«.", word=word)))
        return HitPolicy.UNIQUE
    return HitPolicy(word)


def _aggregation(node: Any, table_id: str, misread: list[tuple[str, Message]]) -> Aggregation | None:
    word = node.get("aggregation")
    if word and word not in tuple(Aggregation):
        misread.append((table_id, message("There is no way of collecting called »{word}«.", word=word)))
        return None
    return Aggregation(word) if word else None


def _input(node: Any, table_id: str) -> Input:
    expression = next(_children(node, "inputExpression"), None)
    text = "" if expression is None else _text(expression)
    language = "" if expression is None else expression.get("expressionLanguage", "")
    return Input(node.get("id") or table_id, node.get("label") or text, text, _values(node, "inputValues"), language)


def _output(node: Any, table_id: str) -> Output:
    name = node.get("name", "")
    default = next(_children(node, "defaultOutputEntry"), None)
    return Output(
        id=node.get("id") or table_id,
        name=name,
        label=node.get("label") or name,
        values=_values(node, "outputValues"),
        default="" if default is None else _text(default),
    )


def _rule(node: Any, number: int, table_id: str) -> Rule:
    rule_id = node.get("id") or f"{table_id}_{number}"
    return Rule(
        id=rule_id,
        number=number,
        tests=tuple(Cell(cell.get("id") or rule_id, _text(cell)) for cell in _children(node, "inputEntry")),
        outputs=tuple(Cell(cell.get("id") or rule_id, _text(cell)) for cell in _children(node, "outputEntry")),
    )


def _knowledge(node: Any) -> Knowledge:
    logic = next(_children(node, "encapsulatedLogic"), None)
    return Knowledge(
        id=node.get("id") or node.get("name", ""),
        name=_variable(node),
        parameters=() if logic is None else tuple(p.get("name", "") for p in _children(logic, "formalParameter")),
        body=_body(node, logic),
        required_knowledge=_required(node, "knowledgeRequirement", "requiredKnowledge"),
    )


def _body(node: Any, logic: Any) -> Literal | Unsupported:
    owner = node.get("id", "")
    if logic is None:
        return Unsupported(owner, "")
    body = next((child for child in logic if local(child) not in _NOT_LOGIC), None)
    if body is not None and local(body) == "literalExpression":
        return _literal(body, owner)
    return Unsupported(owner, "" if body is None else local(body))


def _variable(node: Any) -> str:
    """The name under which others know its value."""
    variable = next(_children(node, "variable"), None)
    named = node if variable is None or not variable.get("name") else variable
    return str(named.get("name") or node.get("name") or node.get("id", ""))


def _required(node: Any, requirement: str, kind: str) -> tuple[str, ...]:
    references = (child for outer in _children(node, requirement) for child in _children(outer, kind))
    return tuple(reference.get("href", "").rpartition("#")[2] for reference in references)


def _values(node: Any, name: str) -> str:
    values = next(_children(node, name), None)
    return "" if values is None else _text(values)


def _text(node: Any) -> str:
    text = next(_children(node, "text"), None)
    return "" if text is None else (text.text or "").strip()


def _children(node: Any, name: str) -> Iterator[Any]:
    return (child for child in node if local(child) == name)
