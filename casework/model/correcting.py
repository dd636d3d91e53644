"""Who may put right what was answered, and set a process to another element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.model.employee import Role

if TYPE_CHECKING:
    from casework.model.actor import Actor

_ROLES = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})


def may_correct(actor: Actor, responsible_unit_id: str) -> bool:
    """Leaders of the responsible unit, process owners and administrators; that they see the case is asked elsewhere."""
    if actor.kind == "system" or actor.roles & _ROLES:
        return True
    if actor.kind == "service":
        return actor.sees_all_cases or responsible_unit_id in actor.units
    return responsible_unit_id in actor.led_units
