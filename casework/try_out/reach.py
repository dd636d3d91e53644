"""Which processes a process can lead to: those that it calls, those that its messages begin, and those that begin by the clock.

Only these are prepared to try it out in: a folder of seventy would take seconds, the few that it needs take part of one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.studio.bundles import elements_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.engine import Element
    from casework.studio import Folder

_SENDS = frozenset({"sendTask", "intermediateThrowEvent", "endEvent"})


def reach(folder: Folder, process_ids: Iterable[str]) -> Folder:
    """The folder with what these processes need, and nothing else. Names that it does not hold lead nowhere."""
    by_file = elements_of(folder)
    by_process = {process_id: _own(by_file[name], process_id) for process_id, name in folder.processes.items()}
    begun_by = _begun_by(by_process)
    found: set[str] = set()
    ahead = [one for one in process_ids if one in by_process]
    while ahead:
        process_id = ahead.pop()
        if process_id not in found:
            found.add(process_id)
            ahead += [one for one in _next(by_process[process_id], begun_by) if one in by_process]
    files = {folder.processes[one] for one in found}
    return replace(
        folder,
        diagrams={name: content for name, content in folder.diagrams.items() if name in files},
        processes={process_id: name for process_id, name in folder.processes.items() if name in files},
    )


def _own(elements: Iterable[Element], process_id: str) -> tuple[Element, ...]:
    return tuple(element for element in elements if element.process_id == process_id)


def _begun_by(by_process: dict[str, tuple[Element, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for process_id, elements in by_process.items():
        for element in elements:
            if element.type == "startEvent" and element.event == "message" and not element.scope:
                found.setdefault(element.event_name, []).append(process_id)
    return found


def _next(elements: Iterable[Element], begun_by: dict[str, list[str]]) -> Iterable[str]:
    for element in elements:
        if element.called_element:
            yield element.called_element
        if element.type in _SENDS and (element.event == "message" or element.type == "sendTask"):
            yield from begun_by.get(element.event_name, ())
