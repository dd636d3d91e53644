"""Which instances are about one enquiry: the process that took it in, and those that it set off (receipt, feedback).

A child's open case may have several notifications, each with a notifier who must not learn of the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from casework.model.process_instance import ProcessInstance

if TYPE_CHECKING:
    from uuid import UUID

#: The variable that they share (`processes/intake_to_assessment`).
ENQUIRY = "henvendelseId"
#: What notifications and other enquiries are called as messages.
MESSAGES = frozenset({
    "Underretning", "NyUnderretning", "AndenKommuneUnderretning", "Henvendelse", "TrivselsforumHenvendelse",
    "FravaersHenvendelse",
})  # fmt: skip


def of_same_enquiry(instance_id: UUID) -> Select[UUID]:
    """Select the ids of the instances of the same case that are about the same enquiry, this one among them."""
    this, other = aliased(ProcessInstance), aliased(ProcessInstance)
    same = other.variables[ENQUIRY].as_string() == this.variables[ENQUIRY].as_string()
    return (
        select(other.id)
        .join(this, this.case_id == other.case_id)
        .where(this.id == instance_id, or_(other.id == this.id, same))
    )
