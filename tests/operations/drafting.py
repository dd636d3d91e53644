"""Small released processes and drafts over them, for tests of process drafts."""

from __future__ import annotations

from casework.model import ArtifactKind
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from tests.diagrams import end, node, process, start, user
from tests.operations.processes import a_form, field, release

DIAGRAM, FORM, DECISION = ArtifactKind.DIAGRAM, ArtifactKind.FORM, ArtifactKind.DECISION
FORM_LABELLED = a_form("F01", field("bemaerkning"))


def main(*, deadline: str = "P6D", call: str = "sub", name: str = "Vurdér", ext: str = "") -> bytes:
    """A process with a task that has a deadline of the law, and a call."""
    rule = f'<sag:deadline key="lov" class="LOV" duration="{deadline}" law="bl136"/>' if deadline else ""
    task = user("a", ext=rule + ext, camunda_candidateGroups="modtagelse").replace('name="A"', f'name="{name}"')
    called = node("callActivity", "kald", calledElement=call)
    return process(start(), task, called, end(), flows="start a, a kald, kald end")


def sub(name: str = "Inde") -> bytes:
    """What it calls."""
    task = user("inde", camunda_candidateGroups="modtagelse", camunda_formKey="F02").replace("Inde", name)
    return process(start(), task, end(), name="sub", flows="start inde, inde end")


def other() -> bytes:
    """Another process, which uses the form F02 too."""
    task = user("b", camunda_candidateGroups="modtagelse", camunda_formKey="F02")
    return process(start(), task, end(), name="q", flows="start b, b end")


def released() -> None:
    """All three, each in version 1."""
    release(main(), sub(), other(), forms={"F02": a_form("F02", field("svar"))})


def changed(cast, content: bytes, *, key: str = "p", kind: ArtifactKind = DIAGRAM, actor=None, process_id: str = "p"):
    """A draft of `process_id` in which Birgit has saved one file; gives its id."""
    who = actor or cast.birgit
    draft = start_process_draft(who, process_id=process_id)
    save_draft_file(who, process_draft_id=draft, kind=kind, key=key, content=content, revision=0)
    return draft
