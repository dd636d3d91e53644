"""What is said and heard of hand-offs (`handoffs`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from api.v1.shapes import (
    NO_NUL,
    ChildOut,
    Day,
    DueOut,
    HandoffOut,
    Id,
    In,
    Instant,
    Out,
    PageOut,
    Paging,
    Reason,
    Text,
    UnitOut,
    Words,
)

_OFFER: JsonDict = {
    "to_unit_id": "ppr_nord",
    "subject": "Faglig udtalelse",
    "purpose": "Vi beder PPR vurdere behovet for støtte i skolen.",
    "data_classes": ["skole", "barnets_ord"],
    "legal_basis": "fvl28",
    "wanted_answer": "En kort skriftlig vurdering.",
}


class HandoffFilter(Paging):
    """Which hand-offs."""

    box: Literal["to_us", "from_us", "all"] = "all"
    state: Literal["open", "closed", "all"] = "open"
    """`open`: unanswered or accepted."""
    case_id: UUID | None = None


class HandoffsOut(PageOut):
    """One page of hand-offs, the nearest answer first."""

    items: list[HandoffOut]
    counts: dict[str, int]
    """Unanswered ones: to_us, from_us, and late of both."""


class SharedPartOut(Out):
    """One answer that is shared."""

    label: Text | None
    text: Text
    is_words: bool
    """The child's own words."""
    source: Text | None


class SharedSectionOut(Out):
    """One kind of information."""

    data_class: str
    title: Text
    parts: list[SharedPartOut]


class SheetOut(Out):
    """What the receiver sees of the case."""

    from_unit: UnitOut
    from_employee: str
    from_phone: str
    purpose: str
    wanted_answer: str
    due: DueOut
    child: ChildOut
    parents: list[str]
    address_note: Text | None
    sections: list[SharedSectionOut]
    basis: Text
    """The law or the consent that gives the right to share."""
    informed: Text | None
    """When the child or its parents were told."""


class EventOut(Out):
    """One line of its history."""

    at: datetime
    words: Text
    quote: str | None
    """What a person wrote."""


class HandoffRightsOut(Out):
    """What the caller may do with it now."""

    accept: bool
    decline: bool
    ask: bool
    answer: bool
    return_: Annotated[bool, Field(serialization_alias="return")]
    complete: bool
    withdraw: bool


class HandoffDetailOut(HandoffOut):
    """One hand-off with what is shared, and its history."""

    side: str
    """sender, receiver or other (sees the whole case)."""
    sheet: SheetOut | None
    """Null where it may no longer be seen: declined, given back, or the consent has ended."""
    hidden: list[Text]
    """Kinds of information that the receiver cannot see."""
    log: list[EventOut]
    rights: HandoffRightsOut


class OfferIn(In):
    """What is asked of whom, what is shared, and what gives the right: the key of a law or a consent."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OFFER]})

    to_unit_id: Id
    subject: Annotated[str, Field(min_length=1, max_length=120, pattern=NO_NUL)]
    purpose: Annotated[str, Field(min_length=1, max_length=4_000, pattern=NO_NUL)]
    data_classes: Annotated[list[Id], Field(max_length=20)]
    """plan, undersoegelse, skole, helbred, oekonomi, netvaerk, risiko, barnets_ord."""
    legal_basis: Id | None = None
    """As `fvl28`; `samme_myndighed` when the case changes hands inside of one authority."""
    consent_id: UUID | None = None
    due_at: Instant | None = None
    """When an answer is wanted; by default in three working days."""
    wanted_answer: Words = ""
    moves_responsibility: bool = False
    """Acceptance moves the responsibility for the whole case."""
    child_informed_on: Day | None = None


class OfferedOut(Out):
    """The new hand-off."""

    id: UUID


class AcceptIn(In):
    """Who does the next thing."""

    next_employee_id: UUID | None = None
    """Without it the caller, when the caller works in the unit; else the unit."""


class RefuseIn(In):
    """Why not, and who should have it instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Barnet bor i Syd."}]})

    reason: Reason
    suggested_unit_id: Id | None = None


class TextIn(In):
    """A question, an answer, a result or a reason."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Hvor meget fravær har Emil?"}]})

    text: Reason


class MovedOut(Out):
    """Where the hand-off stands now."""

    handoff_id: UUID
    state: str
    version: int
    """Also the `ETag`."""
    case_id: UUID
