"""Which scenarios keep a draft from being released: those that it concerns and that do not come out as they say."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from casework.forms.words import words
from casework.i18n import Message, message
from casework.queries.process_drafts.scenario_run import last_whole_run
from casework.try_out.running import as_json, concerned, player_of

if TYPE_CHECKING:
    from typing import Any

    from casework.studio import Workspace

#: For so long a page waits; who has all the time, as a worker, says None.
SECONDS = 4.0


def scenario_failures(workspace: Workspace, *, seconds: float | None = SECONDS) -> list[Message]:
    """A sentence for each. What has been run on exactly these files is not run again.

    Scenarios that cannot be run in time are a failure too: then the page of the scenarios runs them, and shows how far it is.
    """
    told, unreadable = concerned(workspace)
    known = last_whole_run(workspace.checksum)
    if known is not None:
        return [*unreadable, *map(_failure, known.failures)]
    if not told:
        return unreadable
    until = None if seconds is None else time.monotonic() + seconds
    player, outcomes = player_of(workspace), []
    for one in told:
        if until is not None and time.monotonic() > until:
            return [
                *unreadable,
                message("The scenarios have not been run since the last change. Run them under Scenarios."),
            ]
        outcomes.append(as_json(one, player(one)))
    return [*unreadable, *(_failure(one) for one in outcomes if one["problems"])]


def _failure(outcome: dict[str, Any]) -> Message:
    """Its name, and the first thing that is otherwise."""
    first = outcome["problems"][0]
    problem = words(first["da"], first["en"])
    return message("{name} (line {line}): {problem}", name=outcome["name"], line=first["line"], problem=problem)
