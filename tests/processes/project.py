"""The municipality's diagrams, decisions, forms and letters, as `make check` and the tests of this folder read them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from casework import decisions, forms
from casework.config import settings
from casework.diagrams import read
from casework.engine.vocabulary import read_elements
from casework.scenarios.flows import Flows
from casework.studio import Folder, compiled

ROOT = Path(__file__).parents[2]
BPMN = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL"}
NS = {**BPMN, "sag": "urn:sagsgang:bpmn:1", "camunda": "http://camunda.org/schema/1.0/bpmn"}
SAG = "{urn:sagsgang:bpmn:1}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
#: Who does user tasks: the lanes of the units that a municipality needs for these processes.
LANES = frozenset(
    {
        "modtagelse", "raadgiver", "teamleder", "doegnvagt", "ppr", "skole", "dagtilbud", "sundhedspleje", "specialgruppen",
        "visitation", "udfoerer", "anbringelsessted", "bu_udvalg", "kui", "jobcenter_ung", "socialcenter_ung",
        "handicap_voksen", "familiechef",
    }
)  # fmt: skip
TOPICS = frozenset({"consents", "letter", "notify", "handoff", "package", "place"})
#: Facts that forms tell; a correction of one moves what counts from it.
TOLD_FACTS = frozenset(
    {
        "kendskabsDato", "afgoerelsesDato", "anbringelsesDato", "anbringelsesGrundlag", "genbehandlingsDato", "bfuFaerdigDato",
        "planlagtOphoer", "hjemgivelsesDato", "hjemgivelsesperiodeSlut", "ophoerDato", "aktivIndsats", "handicapSpor",
        "erAnbragt", "indsatsStart",
    }
)  # fmt: skip
#: What a case knows by itself: the operations give it to every expression.
FACTS = TOLD_FACTS | frozenset(
    {
        "sag", "foedselsdato", "barnAlder", "beskyttetAdresse", "personer", "aktivIndsats", "tidligereUnderretninger12",
        "udenforKontortid", "andenForaelderBeroert", "enheder",
    }
)  # fmt: skip


@cache
def diagrams():
    """File name to content."""
    return {path.name: path.read_bytes() for path in sorted((ROOT / "processes").rglob("*.bpmn"))}


@cache
def tables():
    """File name to content."""
    return {path.name: path.read_bytes() for path in sorted((ROOT / "processes").rglob("*.dmn"))}


@cache
def form_files():
    """Form id to content."""
    return {path.stem: path.read_bytes() for path in sorted((ROOT / "forms").glob("*.form"))}


@cache
def form(key):
    return forms.parse(form_files()[key])


@cache
def decision(name):
    """The parsed file that has the decision."""
    parsed = [decisions.parse(content) for content in tables().values()]
    return next(file for file in parsed if name in file.names)


@cache
def definition(process_id):
    """Compiled with everything that it calls, as a release does it."""
    return compiled(*_folder(), process_id)


@cache
def _folder():
    elements = {name: tuple(read_elements(read(content)).values()) for name, content in diagrams().items()}
    names = {name.removesuffix(".bpmn"): name for name in diagrams()}
    return Folder(diagrams(), tables(), form_files(), names), elements


@cache
def drawn_flows():
    """The sequence flows of all diagrams, none taken yet."""
    return Flows.of(diagrams().values())


@cache
def tree(name):
    return etree.fromstring(diagrams()[name])


def processes():
    """Every process id; each stands in a file of its name."""
    return [name.removesuffix(".bpmn") for name in diagrams()]


def letters():
    """Template name to file."""
    folder = settings().processes / "letters"
    return {path.stem: path for path in sorted(folder.glob("*.toml")) if path.stem not in ("letterhead", "recipients")}
