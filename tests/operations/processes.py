"""Releases small processes for tests, without lint: a test may want what nobody should draw."""

from __future__ import annotations

import json
from dataclasses import replace

from casework import clock
from casework.database import transaction
from casework.diagrams import read
from casework.engine.vocabulary import read_processes
from casework.model import SYSTEM
from casework.operations.releasing import Releasing
from casework.studio import Folder, bundles
from tests.diagrams import end, process, start, user


def release(*diagrams: bytes, forms: dict[str, str] | None = None, decisions: tuple[bytes, ...] = ()) -> None:
    """Release every process of the diagrams, with the forms by key."""
    files = {f"{number}.bpmn": content for number, content in enumerate(diagrams)}
    processes = {p: name for name, content in files.items() for p in read_processes(read(content))}
    tables = {f"{number}.dmn": content for number, content in enumerate(decisions)}
    contents = {"F01": a_form("F01"), **(forms or {})}
    made = bundles(Folder(files, tables, {k: v.encode() for k, v in contents.items()}, processes))
    with transaction() as session:
        releasing = Releasing(session, replace(SYSTEM, name="Birgit Sand"), clock.now())
        for bundle in made:
            releasing.release(bundle)


def a_form(key: str, *components: dict) -> str:
    """form-js JSON; without components it has one line of text that may be left empty."""
    fields = components or (field("bemaerkning"),)
    return json.dumps({"type": "default", "id": key, "components": list(fields), "properties": {"titleEn": key}})


def field(key: str, kind: str = "textfield", *, required: bool = False, **properties: str) -> dict:
    """One component; `properties` name variable, fact, masked, ..."""
    component = {"type": kind, "key": key, "id": f"c_{key}", "label": key, "properties": {"labelEn": key, **properties}}
    if kind == "datetime":
        component |= {"subtype": component["properties"].pop("subtype", "date"), "dateLabel": key}
    if required:
        component["validate"] = {"required": True}
    return component


def one_after_the_other(*names: str, ext: str = "", **attributes: str) -> bytes:
    """Start, user tasks of Modtagelsen, end."""
    attributes = {"camunda_candidateGroups": "modtagelse", **attributes}
    flows = ", ".join(f"{a} {b}" for a, b in zip(("start", *names), (*names, "end"), strict=True))
    return process(start(), *(user(name, ext=ext, **attributes) for name in names), end(), flows=flows)
