"""What expressions of processes and forms may read of a case: its facts, and what follows from them today."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.calendar import age_on, day_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The child's age in whole years; unknown as long as its birth date is.
AGE = "barnAlder"
BIRTH_DATE = "foedselsdato"


def facts_at(facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The facts with the child's age at that moment. It is never kept: a fact that is true for a year is soon false."""
    born = facts.get(BIRTH_DATE)
    return {**facts, AGE: age_on(born, day_of(at))} if isinstance(born, date) else dict(facts)
