"""A process version, compiled: token specs, elements and decision tables. Shared by threads; nothing in it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.exceptions import SpiffWorkflowException

from casework import decisions as dmn
from casework.diagrams import DiagramError, read
from casework.engine.parser import Parser, prepare
from casework.engine.vocabulary import read_elements, read_processes
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casework.decisions import Decisions
    from casework.engine.elements import Element, Key, Process


class DefinitionError(InvalidError):
    """These files make no process that can run. `lint` says it better, and before."""

    code = "definition"


@dataclass(frozen=True)
class Definition:
    """`elements` holds those of the process and of everything that it calls."""

    process_id: str
    name: str
    elements: Mapping[Key, Element]
    processes: Mapping[str, Process]
    spec: Any
    subprocess_specs: Mapping[str, Any]
    tables: Mapping[str, Decisions]

    def process(self, process_id: str) -> Process:
        """Title, deadlines and variables of the process itself or of one that it calls (KeyError when unknown)."""
        return self.processes[process_id]

    def element(self, process_id: str, element_id: str) -> Element:
        """One element (KeyError when unknown)."""
        return self.elements[process_id, element_id]

    def start_events(self) -> tuple[Element, ...]:
        """The start events of the process itself, in document order."""
        return tuple(self.elements[self.process_id, e] for e in self.processes[self.process_id].start_events)


def compile_definition(process_id: str, bpmn: Sequence[bytes], decisions: Sequence[bytes] = ()) -> Definition:
    """Read the files (those of the called processes too) and parse the process. Refuses with `DefinitionError`.

    Costs some milliseconds; keep the result for as long as the process version is in use.
    """
    parser = Parser()
    processes: dict[str, Process] = {}
    for data in bpmn:
        root = read(data)
        elements = read_elements(root)
        processes.update(read_processes(root))
        prepare(root)
        _guarded(parser.add, root, elements)
    spec = _guarded(parser.get_spec, process_id)
    inside = _guarded(parser.get_subprocess_specs, process_id)
    called = {name for name in (process_id, *inside) if name in processes}
    return Definition(
        process_id=process_id,
        name=processes[process_id].name or process_id,
        elements={key: element for key, element in parser.elements.items() if key[0] in called},
        processes={name: processes[name] for name in processes if name in called},
        spec=spec,
        subprocess_specs=inside,
        tables=_tables(decisions),
    )


def processes_in(bpmn: bytes) -> dict[str, Process]:
    """The processes of a file by id, without compiling them. Refuses what is no XML (`DiagramError`)."""
    return read_processes(read(bpmn))


def called_in(bpmn: bytes) -> frozenset[str]:
    """The processes that a file calls."""
    return frozenset(e.called_element for e in read_elements(read(bpmn)).values() if e.called_element)


def lanes_in(bpmn: bytes) -> frozenset[str]:
    """The lanes that user tasks of a file lie in; none of a file that cannot be read."""
    try:
        elements = read_elements(read(bpmn)).values()
    except DiagramError:
        return frozenset()
    return frozenset(element.lane for element in elements if element.type == "userTask" and element.lane)


def _tables(files: Sequence[bytes]) -> dict[str, Decisions]:
    return {name: parsed for parsed in (dmn.parse(file) for file in files) for name in parsed.names}


def _guarded(work: Any, *arguments: Any) -> Any:
    try:
        return work(*arguments)
    except (ValidationException, SpiffWorkflowException, KeyError, AttributeError, RecursionError) as error:
        raise DefinitionError(message("The process cannot be run: {detail}", detail=str(error))) from error
