"""What stands in the letter that a job asks for: its template's words, with what is known of the case and what forms say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.config import settings
from casework.errors import NotFoundError
from casework.papers.letters import LetterError, filled, letter_data, read_letterhead, read_wording
from casework.queries.letter_particulars import TO_CHILD, letter_particulars

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from casework.papers.letters import Wording

FOLDER = "letters"


@dataclass(frozen=True)
class LetterOfJob:
    """`data` is what `casework.papers.letters.typeset_letter` takes; `number` that of the case."""

    data: dict[str, Any]
    number: str

    @property
    def subject(self) -> str:
        """Tells its kind and no case text."""
        return str(self.data["subject"])

    @property
    def recipient(self) -> str:
        """To whom it is."""
        return str(self.data["recipient"][0])


def letter_of_job(case_id: UUID, instance_id: UUID | None, inputs: Mapping[str, Any], at: datetime) -> LetterOfJob:
    """Write it, dated `at`; `inputs` are those of the topic `letter`. LetterError where a person must mend something first."""
    folder, template = settings().processes / FOLDER, str(inputs.get("template") or "")
    read_wording(folder, template)  # a template that is none is said first, whoever it is for
    particulars = _particulars(case_id, instance_id, inputs)
    wording = read_wording(folder, template, for_child=bool(particulars[TO_CHILD]))
    values = _values(inputs, particulars, wording)
    return LetterOfJob(letter_data(wording, read_letterhead(folder), values, at), values["sagsnummer"])


def _particulars(case_id: UUID, instance_id: UUID | None, inputs: Mapping[str, Any]) -> dict[str, str]:
    recipient, form = (str(inputs.get(name) or "") for name in ("recipient", "form"))
    try:
        return letter_particulars(case_id, recipient, instance_id=instance_id, form=form)
    except NotFoundError as error:
        raise LetterError(str(error)) from None


def _values(inputs: Mapping[str, Any], particulars: dict[str, str], wording: Wording) -> dict[str, Any]:
    values: dict[str, Any] = {**inputs, **particulars}
    values["modtager"] = filled(wording.recipient, values) or particulars["modtager"]
    if not values["modtager"]:
        recipient = str(inputs.get("recipient") or "")
        raise LetterError(f"the case knows nobody who is {recipient or 'the recipient'} of the letter")
    return values
