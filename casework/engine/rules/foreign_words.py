"""Rules about what other tools have written: words of other engines, which nothing here carries out, and what is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.diagrams import BPMN, BPMNDI, CAMUNDA, ZEEBE, bpmn, local
from casework.engine.rules.words import what
from casework.engine.vocabulary import flow_nodes
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Drawing
    from casework.engine.finding import Finding

#: What these engines would do, somebody relies on; words of tools that only draw are nobody's matter.
ENGINES = frozenset({CAMUNDA, ZEEBE, "http://flowable.org/bpmn", "http://activiti.org/bpmn"})
#: What is read here too (`casework.engine.foreign`), or says nothing about what is done.
READ = {
    CAMUNDA: "formKey formRef formRefBinding topic type decisionRef decisionRefBinding mapDecisionResult resultVariable "
    "collection elementVariable candidateGroups calledElementBinding asyncBefore asyncAfter exclusive historyTimeToLive "
    "versionTag isStartableInTasklist modelerTemplate modelerTemplateVersion",
    ZEEBE: "formDefinition taskDefinition calledElement calledDecision loopCharacteristics userTask versionTag "
    "modelerTemplate modelerTemplateVersion modelerTemplateIcon",
}
#: Beside processes: other kinds of BPMN diagrams, and tasks for all of them.
ELSEWHERE = (
    "choreography globalChoreographyTask globalTask globalUserTask globalManualTask globalScriptTask "
    "globalBusinessRuleTask globalConversation"
)
_OF_A_NODE = ("EventDefinition", "LoopCharacteristics")


def foreign_words(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for process in drawing.root.iter(bpmn("process")):
        for node in (process, *(one for one, _ in flow_nodes(process)), *process.iter(bpmn("sequenceFlow"))):
            if words := sorted(_unread(node)):
                yield drawing.warning(
                    node.get("id", ""),
                    "ignored-word",
                    message("Another system would use {words} here. It is not carried out.", words=words),
                    message("Say it in the properties of the step or with a step of its own, or delete it."),
                )
    yield from _elsewhere(drawing)
    yield from _not_drawn(drawing)


def _unread(node: Any) -> set[str]:
    """The words of other engines at a node, its event and its loop."""
    parts = [node, *(child for child in node if local(child).endswith(_OF_A_NODE))]
    names = [name for part in parts for name in part.attrib]
    names += [child.tag for part in parts for child in part.iterfind(f"{{{BPMN}}}extensionElements/*")]
    spaces = [name[1:].rpartition("}") for name in names if isinstance(name, str) and name.startswith("{")]
    return {word for space, _, word in spaces if space in ENGINES and word not in READ.get(space, "").split()}


def _elsewhere(drawing: Drawing) -> Iterator[Finding]:
    for child in drawing.root:
        if local(child) in ELSEWHERE.split() and child.tag.startswith(f"{{{BPMN}}}"):
            yield drawing.warning(
                child.get("id", ""),
                "outside-of-processes",
                message("Beside the processes the file has a part that is not carried out: {tag}.", tag=local(child)),
                message("Draw what is to be done as a process, or delete it."),
            )


def _not_drawn(drawing: Drawing) -> Iterator[Finding]:
    """In a file with a picture; one without any is drawn when it is opened."""
    drawn = {shape.get("bpmnElement", "").rpartition(":")[2] for shape in drawing.root.iter(f"{{{BPMNDI}}}BPMNShape")}
    missing = [node for _, node in drawing.nodes() if node.id not in drawn] if drawn else []
    if missing:
        yield drawing.warning(
            "",
            "not-drawn",
            message(
                "The picture does not show {what}. What is not drawn is carried out all the same.",
                what=[what(node.element) for node in missing[:3]],
            )
            if len(missing) <= 3  # noqa: PLR2004  as many names as one reads
            else message(
                "The picture does not show {count} steps, among them {what}. What is not drawn is carried out all the same.",
                count=len(missing),
                what=what(missing[0].element),
            ),
            message("Choose »Tidy up«: then everything is drawn anew."),
        )
