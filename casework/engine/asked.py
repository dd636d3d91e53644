"""Which expressions read variables: in files of decisions, and in a whole definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.decisions.model import Literal, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.decisions import Decisions
    from casework.engine.definition import Definition
    from casework.engine.elements import Element


def asked_by(decisions: Decisions) -> list[str]:
    """The expressions by which a file of decisions reads variables."""
    texts: list[str] = []
    for decision in decisions.decisions.values():
        match decision.logic:
            case Table(inputs=inputs):
                texts += [column.expression for column in inputs]
            case Literal(text=text):
                texts.append(text)
    return texts


def expressions_of(definition: Definition) -> Iterator[str]:
    """Every FEEL expression of a process and of what it calls, its decisions included."""
    for spec in (definition.spec, *definition.subprocess_specs.values()):
        for task_spec in spec.task_specs.values():
            yield from _conditions(task_spec)
    for element in definition.elements.values():
        yield from feel_of(element)
    for process in definition.processes.values():
        for rule in process.deadlines:
            yield from (t for t in (rule.start, *after_sign(rule.duration, rule.e1, rule.e2, rule.e3)) if t)
    for table in {id(t): t for t in definition.tables.values()}.values():
        yield from asked_by(table)


def feel_of(element: Element) -> Iterator[str]:
    """What of an element is FEEL: always, or after a leading `=`. The conditions of its flows are not the element's."""
    loop = element.loop
    always = [loop.collection, loop.cardinality, loop.completion] if loop else []
    always += [element.timer.start, *(rule.start for rule in element.deadlines)]
    always += [element.expression] if element.event == "conditional" else []
    yield from (text for text in always if text)
    pairs = (*element.inputs, *element.outputs, *element.assigns)
    texts = [text for _, text in pairs] + [element.correlation]
    texts += [element.expression] if element.event == "timer" else []
    texts += [t for rule in element.deadlines for t in (rule.duration, rule.e1, rule.e2, rule.e3)]
    yield from after_sign(*texts)


def after_sign(*texts: str) -> list[str]:
    """Those that begin with `=`."""
    return [text for text in texts if text.strip().startswith("=")]


def _conditions(task_spec: Any) -> list[str]:
    flows = getattr(task_spec, "cond_task_specs", ())
    return [condition.args[0] for condition, _ in flows if condition is not None]
