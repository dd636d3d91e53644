"""A file of scenarios as its owner writes it: what is expected is changed where the change of the process is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import InvalidError
from casework.model import ArtifactKind
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.scenarios import read_text
from casework.scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def rewrite_scenarios(actor: Actor, process_draft_id: UUID, *, file: str, text: str, revision: int) -> None:
    """Keep the text as the draft's file of scenarios.

    `revision` as for `save_draft_file`. Refuses (InvalidError) what cannot be read, with its line.
    """
    text = text.replace("\r\n", "\n")
    try:
        read_text(text, file)
    except ScenarioError as error:
        raise InvalidError(error.message, {"text": [error.message]}) from error
    save_draft_file(
        actor,
        process_draft_id=process_draft_id,
        kind=ArtifactKind.SCENARIO,
        key=file,
        content=text.encode(),
        revision=revision,
    )
