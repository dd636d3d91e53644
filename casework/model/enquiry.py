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
    return _SAME.where(_THIS.id == instance_id)


_THIS, _OTHER = aliased(ProcessInstance), aliased(ProcessInstance)
_SAME = (
    select(_OTHER.id)
    .join(_THIS, _THIS.case_id == _OTHER.case_id)
    .where(or_(_OTHER.id == _THIS.id, _OTHER.variables[ENQUIRY].as_string() == _THIS.variables[ENQUIRY].as_string()))
)
