"""Files larger than anybody can read are not looked into: a sentence says so, and the check stays quick whatever is uploaded.

The largest diagram of `processes/` has 60 elements, the largest form 60 fields, the largest table 200 cells.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from casework import decisions, forms
from casework.decisions.model import Table
from casework.diagrams import DiagramError, local
from casework.engine.drawing import drawn
from casework.errors import CaseworkError, LimitError
from casework.i18n import message
from casework.model import ArtifactKind
from casework.studio.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.i18n import Message

MOST_BYTES, MOST_SCENARIO_BYTES = 2_000_000, 300_000
#: A drawn element with what belongs to it is about twenty.
MOST_TAGS, MOST_NAMESPACES = 20_000, 2_000
MOST_NODES, MOST_FLOWS = 300, 600
MOST_FIELDS = 250
MOST_CELLS = 5_000
#: Of a file of decisions, functions included; each is at least one expression.
MOST_DECISIONS = 200
#: Of decision tables and forms; what is in them is short.
MOST_TABLE_BYTES = MOST_FORM_BYTES = 300_000
#: Characters of all expressions of a diagram or form together: to read one costs V8 some time for each.
MOST_EXPRESSIONS = 20_000
_KEPT_BYTES = 100_000


def refuse_unreadably_large(kind: ArtifactKind, content: bytes) -> None:
    """Refuse (LimitError) what it would take long to read at all; so nothing larger is ever kept."""
    most = MOST_BYTES if kind is not ArtifactKind.SCENARIO else MOST_SCENARIO_BYTES
    if len(content) > most:
        raise LimitError(message("The file is larger than {most} kB.", most=most // 1000))
    if kind in (ArtifactKind.DIAGRAM, ArtifactKind.DECISION) and content.count(b"<") > MOST_TAGS:
        raise LimitError(message("The file has more than {most} XML tags.", most=MOST_TAGS))
    if kind in (ArtifactKind.DIAGRAM, ArtifactKind.DECISION) and content.count(b"xmlns") > MOST_NAMESPACES:
        raise LimitError(message("The file names more than {most} XML namespaces.", most=MOST_NAMESPACES))


#: Strings of a form that begin with the sign of FEEL.
_WRITTEN = re.compile(rb'"=(?:[^"\\]|\\.)*"')


def too_large(kind: ArtifactKind, key: str, name: str, content: bytes) -> Fault | None:
    """The one finding of a file that is not looked into further; None for all that people draw."""
    return _kept(kind, key, name, content) if len(content) <= _KEPT_BYTES else _found(kind, key, name, content)


@lru_cache(maxsize=512)
def _kept(kind: ArtifactKind, key: str, name: str, content: bytes) -> Fault | None:
    """Of many files that are looked at together, one has changed."""
    return _found(kind, key, name, content)


def _found(kind: ArtifactKind, key: str, name: str, content: bytes) -> Fault | None:
    try:
        said = _LIMITS[kind](name, content)
    except (DiagramError, CaseworkError):
        return None  # what cannot be read is found elsewhere
    if said is None:
        return None
    mend = message("Part it: what is done together becomes a process, form or table of its own.")
    return Fault(kind, key, "", "too-large", "error", said, mend)


def _diagram(name: str, content: bytes) -> Message | None:
    drawing = drawn(name, content)
    nodes, flows = len(drawing.elements), sum(len(scope.flows) for scope in drawing.scopes)
    if nodes <= MOST_NODES and flows <= MOST_FLOWS:
        return _too_long(sum(map(len, _expressions(drawing.root))))
    words = {"nodes": nodes, "flows": flows, "most": MOST_NODES, "most_flows": MOST_FLOWS}
    return message(
        "The diagram has {nodes} elements and {flows} ways. At most {most} and {most_flows} are checked and released.",
        **words,
    )


def _form(_name: str, content: bytes) -> Message | None:
    fields = sum(1 for _ in forms.parse(content).walk())
    if fields <= MOST_FIELDS and len(content) <= MOST_FORM_BYTES:
        return _too_long(sum(map(len, _WRITTEN.findall(content))))
    return message(
        "The form has {fields} fields. At most {most} are checked and released.", fields=fields, most=MOST_FIELDS
    )


def _decisions(_name: str, content: bytes) -> Message | None:
    file = decisions.parse(content)
    if (many := len(file.decisions) + len(file.knowledge)) > MOST_DECISIONS:
        return message(
            "The file has {many} decisions. At most {most} are checked and released.", many=many, most=MOST_DECISIONS
        )
    tables = [one.logic for one in file.decisions.values() if isinstance(one.logic, Table)]
    cells = sum(len(table.rules) * (len(table.inputs) + len(table.outputs)) for table in tables)
    if cells <= MOST_CELLS and len(content) <= MOST_TABLE_BYTES:
        return None
    return message(
        "The decision tables have {cells} cells. At most {most} are checked and released.", cells=cells, most=MOST_CELLS
    )


def _too_long(characters: int) -> Message | None:
    if characters <= MOST_EXPRESSIONS:
        return None
    words = {"characters": characters, "most": MOST_EXPRESSIONS}
    return message("The formulas in it have {characters} characters. At most {most} are checked and released.", **words)


def _expressions(root: Any) -> Iterator[str]:
    """Conditions, times, and attributes that begin with the sign of FEEL."""
    for node in root.iter():
        if local(node) not in ("documentation", "text"):
            yield (node.text or "").strip()
        yield from (value for value in node.attrib.values() if value.startswith("="))


def _none(_name: str, _content: bytes) -> Message | None:
    return None


_LIMITS = {
    ArtifactKind.DIAGRAM: _diagram,
    ArtifactKind.FORM: _form,
    ArtifactKind.DECISION: _decisions,
    ArtifactKind.SCENARIO: _none,
}
