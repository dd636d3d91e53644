"""Hand-offs between departments: offer, accept, decline, ask, answer, return, complete, withdraw."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.v1 import blueprint
from api.v1.guard import caller, expected_version
from api.v1.shapes import HandoffOut, Id, In, Instant, Out, PageOut, Paging, Reason
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.complete_handoff import complete_handoff
from casework.operations.decline_handoff import decline_handoff
from casework.operations.log_access import log_access
from casework.operations.offer_handoff import offer_handoff
from casework.operations.return_handoff import return_handoff
from casework.operations.withdraw_handoff import withdraw_handoff
from casework.queries.handoff_page import handoff_page
from casework.queries.handoffs import handoffs

ADDRESS = "/handoffs/<uuid:handoff_id>"


class HandoffFilter(Paging):
    """Which hand-offs."""

    box: Literal["to_us", "from_us", "all"] = "all"
    state: Literal["open", "closed", "all"] = "open"
    case_id: UUID | None = None


class OfferIn(In):
    """What is asked of whom, what is shared, and what gives the right: a law's key or a consent."""

    to_unit_id: Id
    subject: Annotated[str, Field(min_length=1, max_length=120)]
    purpose: Annotated[str, Field(min_length=1, max_length=4_000)]
    data_classes: Annotated[list[Id], Field(max_length=20)]
    legal_basis: Id | None = None
    consent_id: UUID | None = None
    due_at: Instant | None = None
    wanted_answer: Annotated[str, Field(max_length=2_000)] = ""
    moves_responsibility: bool = False
    child_informed_on: date | None = None


class OfferOut(Out):
    """The new hand-off."""

    id: UUID


class AcceptIn(In):
    """Who does the next thing; without it the unit."""

    next_employee_id: UUID | None = None


class RefuseIn(In):
    """Why not, and who should have it instead."""

    reason: Reason
    suggested_unit_id: Id | None = None


class TextIn(In):
    """A question, an answer, a result or a reason."""

    text: Reason


class MovedOut(Out):
    """Where the hand-off stands now."""

    handoff_id: UUID
    state: str
    version: int
    case_id: UUID


@blueprint.get("/handoffs")
@blueprint.input(HandoffFilter, location="query", arg_name="chosen")
@blueprint.output(PageOut[HandoffOut])
def list_handoffs(chosen: HandoffFilter) -> PageOut[HandoffOut]:
    """List hand-offs from and to the caller's units. Needs scope handoffs:read."""
    page = handoffs(caller("handoffs:read"), **chosen.model_dump())
    rows = [HandoffOut.model_validate(row) for row in page.rows]
    return PageOut[HandoffOut](items=rows, next_cursor=page.next_cursor)


@blueprint.get(ADDRESS)
@blueprint.output(HandoffOut)
def get_handoff(handoff_id: UUID) -> tuple[HandoffOut, int, dict[str, str]]:
    """Read one hand-off. Needs scope handoffs:read; the look is on record."""
    who = caller("handoffs:read")
    row = handoff_page(who, handoff_id).row
    log_access(who, kind="read", subject="handoff", subject_id=handoff_id, case_id=row.case_id)
    return HandoffOut.model_validate(row), 200, {"ETag": f'"{row.version}"'}


@blueprint.post("/cases/<uuid:case_id>/handoffs")
@blueprint.input(OfferIn, arg_name="body")
@blueprint.output(OfferOut, status_code=201)
def post_handoff(case_id: UUID, body: OfferIn) -> OfferOut:
    """Ask another unit to take over. The sender stays responsible until it accepts. Needs scope handoffs:write."""
    return OfferOut(id=offer_handoff(caller("handoffs:write"), case_id=case_id, **body.model_dump()))


@blueprint.post(f"{ADDRESS}/acceptance")
@blueprint.input(AcceptIn, arg_name="body")
@blueprint.output(MovedOut)
def accept(handoff_id: UUID, body: AcceptIn) -> MovedOut:
    """Take over. Honours If-Match."""
    return _moved(accept_handoff(next_employee_id=body.next_employee_id, **_asked(handoff_id)))


@blueprint.post(f"{ADDRESS}/refusal")
@blueprint.input(RefuseIn, arg_name="body")
@blueprint.output(MovedOut)
def decline(handoff_id: UUID, body: RefuseIn) -> MovedOut:
    """Say no, with a reason. Honours If-Match."""
    return _moved(decline_handoff(**body.model_dump(), **_asked(handoff_id)))


@blueprint.post(f"{ADDRESS}/question")
@blueprint.input(TextIn, arg_name="body")
@blueprint.output(MovedOut)
def ask(handoff_id: UUID, body: TextIn) -> MovedOut:
    """Ask the sender for more. Honours If-Match."""
    return _moved(ask_about_handoff(question=body.text, **_asked(handoff_id)))


@blueprint.post(f"{ADDRESS}/answer")
@blueprint.input(TextIn, arg_name="body")
@blueprint.output(MovedOut)
def answer(handoff_id: UUID, body: TextIn) -> MovedOut:
    """Answer the receiver's question. Honours If-Match."""
    return _moved(answer_handoff(text=body.text, **_asked(handoff_id)))


@blueprint.post(f"{ADDRESS}/return")
@blueprint.input(TextIn, arg_name="body")
@blueprint.output(MovedOut)
def give_back(handoff_id: UUID, body: TextIn) -> MovedOut:
    """Give it back after having accepted. Honours If-Match."""
    return _moved(return_handoff(reason=body.text, **_asked(handoff_id)))


@blueprint.post(f"{ADDRESS}/completion")
@blueprint.input(TextIn, arg_name="body")
@blueprint.output(MovedOut)
def complete_part(handoff_id: UUID, body: TextIn) -> MovedOut:
    """Say that the part is done, with the result. Honours If-Match."""
    return _moved(complete_handoff(result=body.text, **_asked(handoff_id)))


@blueprint.post(f"{ADDRESS}/withdrawal")
@blueprint.input(TextIn, arg_name="body")
@blueprint.output(MovedOut)
def withdraw(handoff_id: UUID, body: TextIn) -> MovedOut:
    """Take the offer back before it was accepted. Honours If-Match."""
    return _moved(withdraw_handoff(reason=body.text, **_asked(handoff_id)))


def _asked(handoff_id: UUID) -> dict[str, Any]:
    return {"actor": caller("handoffs:write"), "handoff_id": handoff_id, "version": expected_version()}


def _moved(result: Any) -> MovedOut:
    return MovedOut.model_validate(result)
