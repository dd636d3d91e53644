"""What the reader of a case may do with it. The operations decide; this says the same before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.model import CaseState, InstanceState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.model import Actor
    from casework.queries.case_instances import CaseInstance


@dataclass(frozen=True)
class CaseRights:
    """What the reader may do with the case. Reading goes with seeing the page."""

    note: bool = False
    start: bool = False
    hand_off: bool = False
    consent: bool = False
    team: bool = False
    set_responsible: bool = False
    reveal: bool = False
    close: bool = False
    correct: bool = False


def case_rights(actor: Actor, case: Any, instances: Iterable[CaseInstance]) -> CaseRights:
    """Say it for a case that the reader sees whole."""
    is_employee, is_open = actor.kind == "employee", case.case_state is CaseState.OPEN
    is_ours = actor.sees_all_cases or case.responsible_unit_id in actor.all_units
    nothing_runs = all(instance.state != InstanceState.RUNNING for instance in instances)
    return CaseRights(
        note=is_employee,
        start=is_employee,
        hand_off=is_employee and is_open and is_ours,
        consent=is_employee and is_open,
        team=is_employee and is_open and is_ours,
        set_responsible=is_employee and is_open and is_ours,
        reveal=is_employee,
        correct=is_employee and is_ours,
        close=is_employee and is_open and is_ours and nothing_runs,
    )
