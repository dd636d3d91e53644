"""Where a scenario ended: the end events that were reached, and what got stuck on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import message
from casework.scenarios import looking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from casework.i18n import Message
    from casework.scenarios.flows import Flows
    from casework.scenarios.scenario import Scenario


def differences_at_end(scenario: Scenario, case_id: UUID, flows: Flows) -> Iterator[tuple[int, Message]]:
    """What differs from the ends that the scenario expects, with its line. A part that is told of by itself may end with an
    error for whoever would have called it: the flow to that end was taken.
    """
    line, ended = scenario.ends_line or scenario.line, looking.ends(case_id)
    for incident in looking.incidents(case_id):
        if incident.is_error_end:
            flows.see_error_end(incident.process_id, incident.element_id)
            ended[incident.instance_process_id] = incident.element_id
    yield from ((line, stuck) for stuck in where_stuck(case_id))
    for process_id, wanted in scenario.ends.items():
        process = process_id or next(iter(ended), "")
        found = ended.get(process) or message("no end")
        if found != wanted and (wanted or ended.get(process)):
            yield (
                line,
                message(
                    "{process} should end at {wanted}, and is at {found}.",
                    process=process,
                    wanted=wanted or message("no end"),
                    found=found,
                ),
            )


def where_stuck(case_id: UUID) -> Iterator[Message]:
    """A sentence for each incident."""
    for incident in looking.incidents(case_id):
        if not incident.is_error_end:
            yield message("It got stuck at {element}: {cause}", element=incident.element_id, cause=incident.cause)
