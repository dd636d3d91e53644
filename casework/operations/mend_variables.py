"""A person corrects the values that a stuck instance stumbled on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock, values
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model import IncidentState
from casework.operations.turns.mending import lock_incident
from casework.operations.turns.settle import settle

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, Incident

#: Text longer than this is no flag, date or id.
LONGEST = 500


def mend_variables(actor: Actor, *, incident_id: UUID, changes: dict[str, Any], reason: str) -> None:
    """Set variables of the incident's instance, with a reason; then `retry_incident`.

    What the stuck event itself brought is corrected too, or it would bring the wrong value again. Refuses as `retry_incident`.
    """
    said = " ".join(reason.split())
    _check(changes, said)
    at = clock.now()
    with transaction() as session:
        turn, instance, incident = lock_incident(session, actor, incident_id, at)
        if incident.state is not IncidentState.OPEN:
            raise ConflictError(message("The incident is solved already."), changed={"by": incident.solved_by})
        before = {name: instance.variables.get(name) for name in changes}
        instance.variables = {**instance.variables, **changes}
        instance.version += 1
        _correct_event(incident, changes)
        turn.changed_variables[instance.id] |= changes.keys()
        turn.record(
            "variables_mended",
            instance,
            names=sorted(changes),
            before=values.to_json(before),
            after=values.to_json(changes),
            reason=said,
            incident_id=str(incident.id),
        )
        settle(turn)


def _check(changes: dict[str, Any], reason: str) -> None:
    if not reason:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    wrong = {
        name: [message("Write a name, and a value that is a flag, a date, a number or a short text.")]
        for name, value in changes.items()
        if not name.isidentifier() or not _is_short(value)
    }
    if wrong or not changes:
        raise InvalidError(message("The values cannot be changed so."), wrong)


def _is_short(value: Any) -> bool:
    try:
        values.to_json(value)
    except TypeError:
        return False
    return not isinstance(value, str) or len(value) <= LONGEST


def _correct_event(incident: Incident, changes: dict[str, Any]) -> None:
    brought = incident.event.get("values")
    if brought and changes.keys() & brought.keys():
        corrected = {name: changes.get(name, value) for name, value in brought.items()}
        incident.event = {**incident.event, "values": corrected}
