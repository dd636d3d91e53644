"""Deployment lint: says of diagrams what is wrong and how to mend it, in the words of those who draw them.

Pure: `known` says what exists beside the files. What has no error here can be compiled and run.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from casework.diagrams import DiagramError
from casework.engine.drawing import drawn
from casework.engine.finding import Finding, Known
from casework.engine.rules.calls import calls
from casework.engine.rules.document import document, empty_diagram
from casework.engine.rules.events import events, unsupported
from casework.engine.rules.expressions import expressions
from casework.engine.rules.flows import flows, gateways, subprocesses
from casework.engine.rules.foreign_words import foreign_words
from casework.engine.rules.loops import loops
from casework.engine.rules.own_words import own_words
from casework.engine.rules.references import references
from casework.engine.rules.starts import starts
from casework.engine.rules.throws import throws
from casework.engine.rules.times import awaited_elsewhere, shown_deadlines, times
from casework.engine.rules.tokens import tokens
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.engine.drawing import Drawing

RULES = (
    empty_diagram, unsupported, flows, subprocesses, gateways, events, loops, expressions, times, starts, own_words,
    foreign_words, tokens,
)  # fmt: skip
#: Rules that look at all files together.
ACROSS = (calls, throws, shown_deadlines, awaited_elsewhere)


def lint(files: Mapping[str, bytes], known: Known, context: Mapping[str, bytes] | None = None) -> list[Finding]:
    """The findings in `files` (name to content), in the order of the files, errors first.

    `context` holds further diagrams, whose processes may be called and which may call; nothing is said of them. Older
    versions of the linted processes among them are left out.
    """
    findings: list[Finding] = []
    drawings = [d for name, data in files.items() if (d := _drawing(name, data, findings)) is not None]
    others = _others(context or {}, {process for drawing in drawings for process in drawing.processes})
    known = _with_processes(known, [*drawings, *others])
    for drawing in drawings:
        findings += _alone(drawing)
        findings += references(drawing, known)
    named = {drawing.name for drawing in drawings}
    findings += [f for rule in ACROSS for f in rule([*drawings, *others]) if f.file in named]
    return _sorted(findings, list(files))


def _others(context: Mapping[str, bytes], own: set[str]) -> list[Drawing]:
    read_ones = (_drawing(name, data, []) for name, data in context.items())
    return [drawing for drawing in read_ones if drawing is not None and not own & drawing.processes.keys()]


def _drawing(name: str, data: bytes, findings: list[Finding]) -> Drawing | None:
    """The file as far as it can be looked at; what keeps it from that is added to `findings`."""
    try:
        drawing = drawn(name, data)
    except DiagramError as error:
        findings.append(Finding(name, "", error.rule, "error", error.message, message("Export the diagram anew.")))
        return None
    found = _document(drawing)
    findings += found
    blocking = {"not-bpmn", "duplicate-id", "bad-id"}
    return None if any(finding.rule in blocking for finding in found) else drawing


#: As long as the drawing itself is kept: of many diagrams that are looked at together, one has changed.
_documents: WeakKeyDictionary[Drawing, tuple[Finding, ...]] = WeakKeyDictionary()
_found_alone: WeakKeyDictionary[Drawing, tuple[Finding, ...]] = WeakKeyDictionary()


def _alone(drawing: Drawing) -> tuple[Finding, ...]:
    """What the rules of one file say. Errors are looked for anew: an expression may have had no time on a busy machine."""
    kept = _found_alone.get(drawing)
    if kept is not None:
        return kept
    found = tuple(finding for rule in RULES for finding in rule(drawing))
    if not any(finding.severity == "error" for finding in found):
        _found_alone[drawing] = found
    return found


def _document(drawing: Drawing) -> tuple[Finding, ...]:
    kept = _documents.get(drawing)
    if kept is None:
        kept = _documents[drawing] = tuple(document(drawing))
    return kept


def _with_processes(known: Known, drawings: list[Drawing]) -> Known:
    own = {process for drawing in drawings for process in drawing.processes}
    return replace(known, processes=known.processes | own)


def _sorted(findings: list[Finding], files: list[str]) -> list[Finding]:
    unique = {(f.file, f.element, f.rule, f.message.text("en")): f for f in findings}
    return sorted(unique.values(), key=lambda f: (files.index(f.file), f.severity != "error"))
