"""What the municipality asks for and which deadlines run: the tables of processes/README.md say where, and it is there."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache

import pytest
from lxml import etree

from casework.queries.reports import REPORTS
from tests.processes.project import NS, ROOT, SAG

README = (ROOT / "processes" / "README.md").read_text(encoding="utf-8")
ROWS = [
    f"{letter}{n}"
    for letter, last in (("A", 29), ("B", 27), ("C", 31), ("D", 10), ("R", 9))
    for n in range(1, last + 1)
]
#: Forms and reports that the reference itself names for a row.
NAMED = {
    "A6": "R3", "A13": "R6", "A19": "F05b F08 F14", "A28": "R9", "B1": "F01", "B2": "R1", "B3": "R1", "B5": "F04",
    "B8": "F02 F04 F08 F20 F23", "B9": "F02", "B13": "F04", "B14": "F22", "B15": "F11 F16", "B16": "R2", "B18": "R3",
    "B19": "F08 F11", "B22": "R4", "B24": "F01 R7", "B25": "F01", "C1": "R8", "C3": "F13", "C4": "F13", "C5": "F13 F14",
    "C6": "F18 F19", "C7": "F16 R8", "C9": "F23 R8", "C10": "R2", "C11": "F22", "C15": "F22", "C18": "F30 R7",
    "C22": "F18 F19 R3", "C23": "F19 R3", "C24": "R5", "C25": "R5", "C26": "F13 R5", "C28": "F13", "C30": "F14",
    "D1": "R6", "D2": "F26", "D5": "R6", "D8": "F26",
}  # fmt: skip
#: Class, duration and calendar that the reference gives a deadline; None where the diagram computes the duration.
DEADLINES = {
    "vurdering24": ("LOV", "PT24H", "elapsed"), "kvittering": ("LOV", "P6D", "working-days"), "bfu": ("LOV", "P4M", "calendar"),
    "barnets_plan": ("LOV", "P3M", "calendar"), "ungeplan": ("LOV", "P3M", "calendar"),
    "opfoelgning_foerste": ("LOV", None, "calendar"), "opfoelgning_naeste": ("LOKAL", "P0D", "calendar"),
    "tilsyn": ("LOV", "P1M", "calendar"), "tilsyn_maal": ("LOKAL", "P0D", "calendar"),
    "formand_skriftlig": ("LOV", "PT24H", "elapsed"), "formand_godkendelse": ("LOV", "P7D", "calendar-with-start"),
    "formand_gyldighed": ("LOV", "P1M", "calendar"), "hjemgivelse_max": ("LOV", "P6M", "calendar"),
    "samvaer_suspension_max": ("LOV", "P8W", "calendar"), "ungestoette": ("LOV", "-P6M", "calendar"),
    "overgang_handicap_start": ("LOV", "P30D", "calendar"), "voksen_klar": ("LOV", "P0D", "calendar"),
    "genbehandling": ("LOV", "P0D", "calendar"), "remonstration": ("LOV", "P4W", "calendar"),
    "tovholder": ("LOKAL", "P14D", "calendar"), "screening": ("LOKAL", "P10D", "working-days"),
    "afdaekning": ("LOKAL", "P8W", "calendar"), "behandlingsplan": ("LOKAL", "P6W", "calendar"),
    "nedtrapningsplan": ("LOKAL", None, "calendar"),
    **{f"udtalelse_{who}": ("LOKAL", "P10D", "working-days")
       for who in ("skole", "dagtilbud", "ppr", "sundhedspleje", "laege", "sted")},
}  # fmt: skip


def rows_under(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its two head lines."""
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


TRACED = rows_under("Where each demand of the municipality is met (A.1–A.6)")
DRAWN = rows_under("Where each deadline is drawn (E.6)")


@cache
def diagram(name: str) -> etree._Element:
    (path,) = (ROOT / "processes").glob(f"*/{name}.bpmn")
    return etree.parse(path).getroot()


@cache
def fields(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}

    def gather(components: list[dict]) -> None:
        for component in components:
            if "key" in component:
                found[component["key"]] = {value["value"] for value in component.get("values", [])}
            gather(component.get("components", []))

    gather(json.loads((ROOT / "forms" / f"{name}.form").read_text(encoding="utf-8"))["components"])
    return found


def is_there(span: str) -> bool:
    """`process:element`, `form:field`, `form:field=choice` or the key of a report."""
    if ":" not in span:
        return span in REPORTS
    owner, part = span.split(":")
    if re.match(r"F\d", owner):
        key, _, choice = part.partition("=")
        return key in fields(owner) and (not choice or choice in fields(owner)[key])
    return bool(diagram(owner).xpath("//bpmn:process/descendant-or-self::*[@id=$id]", namespaces=NS, id=part))


def spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_traces_every_demand_once():
    assert [row for row, _ in TRACED] == ROWS


@pytest.mark.parametrize(("row", "where"), TRACED)
def test_what_a_demand_is_traced_to_is_there(row, where):
    if where.startswith("out of scope: "):
        return
    assert spans(where)
    assert [span for span in spans(where) if not is_there(span)] == []


@pytest.mark.parametrize(("row", "named"), NAMED.items())
def test_a_demand_is_traced_to_the_forms_and_reports_it_names(row, named):
    owners = {span.split(":")[0] for span in spans(dict(TRACED)[row])}
    assert set(named.split()) <= owners


def deadline(key: str, process: str, element: str) -> etree._Element:
    found = diagram(process).xpath(
        "//*[@id=$id]/bpmn:extensionElements/sag:deadline[@key=$key]", namespaces=NS, id=element, key=key
    )
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("row", DRAWN, ids=lambda row: row[0])
def test_a_deadline_is_drawn_as_the_table_says(row):
    key, (where,), kind, (duration,), calendar, (rule,), confidence = (
        row[0].strip("`"), spans(row[1]), row[2], spans(row[3]), row[4], spans(row[5]), row[6],
    )  # fmt: skip
    drawn = deadline(key, *where.split(":"))
    length = drawn.get("duration")
    assert (drawn.get("class"), drawn.get("calendar"), drawn.get("law")) == (kind, calendar, rule)
    assert duration == ("formula" if length.startswith("=") else length)
    assert (kind, None if duration == "formula" else duration, calendar) == DEADLINES[key]
    assert (
        confidence == tomllib.loads((ROOT / "processes" / "law.toml").read_text(encoding="utf-8"))[rule]["confidence"]
    )


def test_every_deadline_of_the_reference_is_in_the_table_wherever_it_is_drawn():
    drawn = {
        (found.get("key"), f"{path.stem}:{found.getparent().getparent().get('id')}")
        for path in (ROOT / "processes").glob("*/*.bpmn")
        for found in etree.parse(path).iter(f"{SAG}deadline")
        if found.get("key") in DEADLINES
    }
    assert {(row[0].strip("`"), spans(row[1])[0]) for row in DRAWN} == drawn
    assert {key for key, _ in drawn} == set(DEADLINES)
