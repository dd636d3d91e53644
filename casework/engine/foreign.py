"""The same facts in the words of Camunda 7 (`camunda:`) and Camunda 8 (`zeebe:`), whose modellers people use."""

from __future__ import annotations

from typing import Any

from casework.diagrams import CAMUNDA, ZEEBE, bpmn, local


def form_key(node: Any) -> str:
    """The form of a user task."""
    return _camunda(node, "formKey") or _camunda(node, "formRef") or _zeebe(node, "formDefinition", "formId", "formKey")


def topic(node: Any) -> str:
    """Who carries a job out."""
    if local(node) not in ("serviceTask", "sendTask", "businessRuleTask"):
        return ""
    return _camunda(node, "topic") or _zeebe(node, "taskDefinition", "type")


def called(node: Any) -> str:
    """The process that a call activity calls."""
    if local(node) != "callActivity":
        return ""
    return node.get("calledElement") or _zeebe(node, "calledElement", "processId")


def decision(node: Any) -> str:
    """The decision of a business rule task."""
    return _camunda(node, "decisionRef") or _zeebe(node, "calledDecision", "decisionId")


def result_variable(node: Any) -> str:
    """Where the outcome of a decision goes."""
    return _camunda(node, "resultVariable") or _zeebe(node, "calledDecision", "resultVariable")


def collection(loop: Any) -> str:
    """The collection of a multi-instance."""
    return _camunda(loop, "collection") or _zeebe(loop, "loopCharacteristics", "inputCollection")


def item(loop: Any) -> str:
    """The name of one item of a multi-instance."""
    return _camunda(loop, "elementVariable") or _zeebe(loop, "loopCharacteristics", "inputElement")


def _camunda(node: Any, attribute: str) -> str:
    return (node.get(f"{{{CAMUNDA}}}{attribute}") or "").strip()


def _zeebe(node: Any, word: str, *attributes: str) -> str:
    extensions = node.find(bpmn("extensionElements"))
    found = None if extensions is None else extensions.find(f"{{{ZEEBE}}}{word}")
    if found is None:
        return ""
    return next((found.get(a).strip() for a in attributes if found.get(a)), "")
