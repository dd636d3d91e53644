"""A small intake: what `intake_to_assessment` and `new_notification` are, in two steps each, with the real form F01."""

from __future__ import annotations

from pathlib import Path

from casework.config import ROOT
from tests.diagrams import end, message, process, start, user
from tests.operations.processes import a_form, field, release

FORMS = Path(ROOT) / "forms"
WITHIN_24_HOURS = (
    '<sag:deadline key="vurdering24" class="LOV" duration="PT24H" calendar="elapsed" start="=modtagetTid" law="bl136"/>'
)


def _process(name: str, starts_by: str) -> bytes:
    return process(
        start(inner=message()),
        user("registrer", camunda_candidateGroups="modtagelse"),
        user("vurder24", ext=WITHIN_24_HOURS, camunda_candidateGroups="modtagelse", camunda_formKey="F02"),
        end(),
        flows="start registrer, registrer vurder24, vurder24 end",
        shared=f'<bpmn:message id="m" name="{starts_by}"/>',
        name=name,
    )


def release_intake() -> None:
    """Release both, started by message."""
    f02 = a_form("F02", field("begrundelse", "textarea"))
    f01 = (FORMS / "F01.form").read_text(encoding="utf-8")
    release(
        _process("intake_to_assessment", "Underretning"),
        _process("new_notification", "NyUnderretning"),
        forms={"F01": f01, "F02": f02},
    )


#: What a registration needs at the least, beside what came.
REGISTERED = {
    "kanal": "telefon",
    "erUnderretning": True,
    "underretterType": "skole",
    "erFagperson": True,
    "underretterNavn": "Ditte Holm",
    "underretterKontakt": "ditte@skole.example",
    "beskyttetAdresse": False,
    "foraeldre": [{"navn": "Camilla Brandt", "relation": "mor", "foraeldremyndighed": True}],
    "bekymring": "Træt og trist efter weekenden",
    "tegn": ["ingen"],
    "foraeldreInformeret": "nej",
}
