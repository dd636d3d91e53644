"""Forms for tests: components with labels in both languages, so that a test names only what it is about."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from casework.forms import Context, Option, parse, words

#: Thursday 26 November 2026, 9.12 in Denmark.
NOW = datetime(2026, 11, 26, 8, 12, tzinfo=UTC)


def component(kind, key, *, properties=None, **more):
    labelled = {"labelEn": f"{key} in English", **(properties or {})}
    return {"type": kind, "key": key, "label": f"{key} på dansk", "properties": labelled, **more}


def choices(kind, key, *values, **more):
    options = [{"value": v, "label": f"{v} da", "labelEn": f"{v} en"} for v in values or ("a", "b", "c")]
    return component(kind, key, values=options, **more)


def group(label, *components, path=None, **more):
    found = {"type": "group", "label": label, "components": list(components), "properties": {"labelEn": f"{label} en"}}
    return {**found, **({"path": path} if path else {}), **more}


def rows(path, *components, properties=None, **more):
    return {
        "type": "dynamiclist",
        "path": path,
        "label": f"{path} på dansk",
        "components": list(components),
        "properties": {"labelEn": f"{path} in English", **(properties or {})},
        **more,
    }


def required(thing):
    return {**thing, "validate": {**thing.get("validate", {}), "required": True}}


def as_json(*components):
    root = {"type": "default", "id": "F99", "properties": {"title": "Prøve", "titleEn": "Trial"}}
    return json.dumps({**root, "components": list(components)})


def form(*components):
    return parse(as_json(*components))


def context(**more):
    colleagues = [Option("mette", words("Mette Friis", "Mette Friis")), Option("lars", words("Lars Bo", "Lars Bo"))]
    return Context(now=NOW, choices={"employee": colleagues}, **more)


def one_of_each():
    """A form with a field of every kind, named after it, in a group, in a row, and on its own."""
    return form(
        component("textfield", "linje"),
        component("textarea", "tekst"),
        group("Tal og valg", component("number", "tal"), component("checkbox", "janej"), path="gruppe"),
        component("number", "skala", properties={"widget": "scale", "low": "værst", "high": "bedst"}),
        choices("radio", "radio"),
        choices("select", "valg"),
        choices("checklist", "flere"),
        choices("taglist", "maerker"),
        component("datetime", "dato", subtype="date"),
        component("datetime", "klokken", subtype="time"),
        component("datetime", "tidspunkt", subtype="datetime"),
        component("textfield", "cpr", properties={"widget": "cpr", "masked": "cpr"}),
        component("textfield", "medarbejder", properties={"widget": "employee"}),
        component("filepicker", "bilag"),
        rows(
            "personer",
            component("textfield", "navn"),
            component("datetime", "foedt", subtype="date"),
            rows("boern", component("textfield", "fornavn"), component("checkbox", "bor")),
            properties={"item": "Person", "itemEn": "Person"},
        ),
    )
