"""What kinds of information a hand-off or a consent may name. What belongs to each stands in `casework.queries.shared_parts`."""

from __future__ import annotations

from enum import StrEnum

from casework.errors import InvalidError
from casework.i18n import Message, message


class DataClass(StrEnum):
    """One kind of information about a child and its family; the values are those of forms F28 and F29."""

    CHILD_WORDS = "barnets_ord"  #: What the child said, in its own words.
    PLAN = "plan"  #: Aims of the plan, agreed next steps.
    SCHOOL = "skole"  #: School, day-care, absence, learning.
    HEALTH = "helbred"  #: Health and disability.
    NETWORK = "netvaerk"  #: Relatives and others who help.
    ECONOMY = "oekonomi"  #: Money, housing, work.
    RISK = "risiko"  #: Notifications, safety, suspicion of abuse.
    ASSESSMENT = "undersoegelse"  #: Screening and the children's assessment.


_WORDS: dict[DataClass, Message] = {
    DataClass.CHILD_WORDS: message("The child's own words"),
    DataClass.PLAN: message("The plan and its aims"),
    DataClass.SCHOOL: message("School and day-care"),
    DataClass.HEALTH: message("Health"),
    DataClass.NETWORK: message("Network"),
    DataClass.ECONOMY: message("Economy"),
    DataClass.RISK: message("Notifications and risk"),
    DataClass.ASSESSMENT: message("Screening and assessment"),
}


def data_class_words(name: str) -> Message:
    """Say a data class; a name from an older version as it was written."""
    return _WORDS[DataClass(name)] if name in set(DataClass) else Message("{name}", {"name": name})


def data_classes(names: object, field: str = "data_classes") -> list[str]:
    """Give `names` in the order above, each once; refuse (InvalidError) what is no data class."""
    given = names if isinstance(names, list | tuple | set | frozenset) else [names]
    unknown = [str(name) for name in given if name not in set(DataClass)]
    if unknown:
        wrong = message("Unknown kind of information: {name}.", name=unknown[0][:50])
        raise InvalidError(wrong, {field: [wrong]})
    return [one.value for one in DataClass if one in given]
