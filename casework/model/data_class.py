"""What kinds of information a hand-off or a consent may name. What belongs to each stands in `casework.queries.shared_parts`."""

from __future__ import annotations

from enum import StrEnum

from casework.errors import InvalidError
from casework.i18n import Message, message


class DataClass(StrEnum):
    """One kind of information about a child and its family (domain.md, form F28)."""

    CHILD_WORDS = "child_words"  #: What the child said, in its own words.
    PLAN = "plan"  #: Aims of the plan, agreed next steps.
    SCHOOL = "school"  #: School, day-care, absence, learning.
    HEALTH = "health"  #: Health and disability.
    FAMILY = "family"  #: Who the parents are, how the family lives.
    NETWORK = "network"  #: Relatives and others who help.
    ECONOMY = "economy"  #: Money, housing, work.
    RISK = "risk"  #: Notifications, safety, suspicion of abuse.
    ASSESSMENT = "assessment"  #: Screening and the children's assessment.


WORDS: dict[DataClass, Message] = {
    DataClass.CHILD_WORDS: message("The child's own words"),
    DataClass.PLAN: message("Plan and aims"),
    DataClass.SCHOOL: message("School and day-care"),
    DataClass.HEALTH: message("Health"),
    DataClass.FAMILY: message("Family"),
    DataClass.NETWORK: message("Network"),
    DataClass.ECONOMY: message("Economy"),
    DataClass.RISK: message("Notifications and risk"),
    DataClass.ASSESSMENT: message("Assessment"),
}


def data_classes(names: object, field: str = "data_classes") -> list[str]:
    """Give `names` in the order above, each once; refuse (InvalidError) what is no data class."""
    given = names if isinstance(names, list | tuple | set | frozenset) else [names]
    unknown = [str(name) for name in given if name not in set(DataClass)]
    if unknown:
        wrong = message("Unknown kind of information: {name}.", name=unknown[0][:50])
        raise InvalidError(wrong, {field: [wrong]})
    return [one.value for one in DataClass if one in given]
