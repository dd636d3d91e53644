"""Ask a decision: first those it requires, then its own table or expression."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework import feel
from casework.decisions.errors import DecisionError
from casework.decisions.model import Literal, Table, Unsupported
from casework.decisions.tables import decide_table
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.decisions.model import Decision, Decisions


@dataclass(frozen=True)
class Outcome:
    """What was decided, by which rules (ids, in their order), and what every decision on the way gave (by id)."""

    value: Any
    rules: tuple[str, ...] = ()
    evaluated: Mapping[str, Any] = field(default_factory=dict)


def decide(decisions: Decisions, name: str, context: Mapping[str, Any]) -> Outcome:
    """The outcome of the decision with this id or name, for these variables.

    One output column gives its value, several give a context; policies that keep all rules give a list. Raises
    DecisionError: no rule fits, several fit where one may, a value that is not allowed, decisions that require each
    other, FEEL that is wrong.
    """
    decision = decisions.find(name)
    if decision is None:
        raise DecisionError(message("There is no decision »{name}«.", name=name), name)
    evaluated: dict[str, Any] = {}
    value, rules = _decided(decisions, decision, context, evaluated, ())
    return Outcome(value, rules, evaluated)


def _decided(
    decisions: Decisions,
    decision: Decision,
    context: Mapping[str, Any],
    evaluated: dict[str, Any],
    path: tuple[str, ...],
) -> tuple[Any, tuple[str, ...]]:
    known = {**context, **_functions(decisions, decision)}
    for required in decision.required_decisions:
        other = _required(decisions, decision, required, (*path, decision.id))
        if other.id not in evaluated:
            _decided(decisions, other, context, evaluated, (*path, decision.id))
        known[other.variable] = evaluated[other.id]
    value, rules = _by_logic(decision, known)
    evaluated[decision.id] = value
    return value, rules


def _required(decisions: Decisions, decision: Decision, required: str, path: tuple[str, ...]) -> Decision:
    other = decisions.decisions.get(required)
    if other is None:
        said = message(
            "»{name}« builds on a decision »{required}« that is not there.", name=decision.name, required=required
        )
        raise DecisionError(said, decision.id)
    if required in path:
        raise DecisionError(message("»{name}« builds on itself by way of others.", name=other.name), other.id)
    return other


def _by_logic(decision: Decision, known: Mapping[str, Any]) -> tuple[Any, tuple[str, ...]]:
    match decision.logic:
        case Table() as table:
            return decide_table(table, decision.name, known)
        case Literal() as literal:
            return _computed(decision, literal, known), ()
    raise _unsupported(decision.name, decision.logic)


def _computed(decision: Decision, literal: Literal, known: Mapping[str, Any]) -> Any:
    try:
        return feel.evaluate(literal.text, known)
    except feel.FeelError as error:
        said = message("The decision »{name}«: {problem}", name=decision.name, problem=error.message)
        raise DecisionError(said, decision.id) from error


def _functions(decisions: Decisions, decision: Decision) -> dict[str, feel.Function]:
    """All functions of the file, since they may call each other; those that this decision requires must be usable."""
    functions = {
        one.name: feel.Function(one.parameters, one.body.text)
        for one in decisions.knowledge.values()
        if isinstance(one.body, Literal)
    }
    for required in decision.required_knowledge:
        knowledge = decisions.knowledge.get(required)
        if knowledge is None or knowledge.name not in functions:
            name = required if knowledge is None else knowledge.name
            raise DecisionError(
                message("The function »{name}« is not there, or is not written in FEEL.", name=name), decision.id
            )
    return functions


def _unsupported(name: str, logic: Unsupported) -> DecisionError:
    if not logic.kind:
        return DecisionError(message("The decision »{name}« has neither a table nor a formula.", name=name), logic.id)
    said = message(
        "The decision »{name}« is a {kind}; only tables and formulas can be used.", name=name, kind=logic.kind
    )
    return DecisionError(said, logic.id)
