"""Hand-offs between departments: offer, accept, decline, ask, answer, return, complete, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.v1.endpoint import endpoint
from api.v1.guard import expected_version
from api.v1.handoff_shapes import (
    AcceptIn,
    HandoffDetailOut,
    HandoffFilter,
    HandoffsOut,
    MovedOut,
    OfferedOut,
    OfferIn,
    RefuseIn,
    TextIn,
)
from api.v1.shapes import HandoffOut
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.v1.shapes import In
    from casework.queries.load_actor import Actor

HANDOFF = "/handoffs/<uuid:handoff_id>"


@endpoint("GET /handoffs", scope="handoffs:read", chosen=HandoffFilter, gives=HandoffsOut)
def list_handoffs(who: Actor, chosen: HandoffFilter) -> HandoffsOut:
    """List hand-offs from and to the caller's units, and those of cases that the caller sees."""
    page = handoffs(who, **chosen.model_dump())
    rows = [HandoffOut.model_validate(row) for row in page.rows]
    return HandoffsOut(items=rows, counts=page.counts, next_cursor=page.next_cursor)


@endpoint(f"GET {HANDOFF}", scope="handoffs:read", gives=HandoffDetailOut, etag=True)
def get_handoff(who: Actor, handoff_id: UUID) -> HandoffDetailOut:
    """Read one hand-off with the sheet of what is shared, exactly as its receiver sees it. The look is on record."""
    page = handoff_page(who, handoff_id)
    log_access(who, kind="read", subject="handoff", subject_id=handoff_id, case_id=page.row.case_id)
    row = {name: getattr(page.row, name) for name in HandoffOut.model_fields}
    own = {"side": page.side, "sheet": page.sheet, "hidden": page.hidden, "log": page.log, "rights": page.rights}
    return HandoffDetailOut.model_validate(row | own)


@endpoint("POST /cases/<uuid:case_id>/handoffs", scope="handoffs:write", body=OfferIn, gives=OfferedOut, status=201)
def post_handoff(who: Actor, case_id: UUID, body: OfferIn) -> OfferedOut:
    """Ask another unit to take over. The sender stays responsible until it accepts."""
    return OfferedOut(id=offer_handoff(who, case_id=case_id, **body.model_dump()))


def _moving(
    what: str, body: type[In]
) -> Callable[[Callable[[Actor, UUID, Any], Any]], Callable[[Actor, UUID, Any], Any]]:
    """Declare an address that moves a hand-off on."""
    return endpoint(
        f"POST {HANDOFF}/{what}", scope="handoffs:write", body=body, gives=MovedOut, if_match=True, etag=True
    )


@_moving("acceptance", AcceptIn)
def accept(who: Actor, handoff_id: UUID, body: AcceptIn) -> MovedOut:
    """Take over: from now on the receiver is responsible for what was asked."""
    moved = accept_handoff(
        who, handoff_id=handoff_id, version=expected_version(), next_employee_id=body.next_employee_id
    )
    return MovedOut.model_validate(moved)


@_moving("refusal", RefuseIn)
def decline(who: Actor, handoff_id: UUID, body: RefuseIn) -> MovedOut:
    """Say no, with a reason."""
    moved = decline_handoff(who, handoff_id=handoff_id, version=expected_version(), **body.model_dump())
    return MovedOut.model_validate(moved)


@_moving("question", TextIn)
def ask(who: Actor, handoff_id: UUID, body: TextIn) -> MovedOut:
    """Ask the sender for more."""
    moved = ask_about_handoff(who, handoff_id=handoff_id, version=expected_version(), question=body.text)
    return MovedOut.model_validate(moved)


@_moving("answer", TextIn)
def answer(who: Actor, handoff_id: UUID, body: TextIn) -> MovedOut:
    """Answer the receiver's question."""
    moved = answer_handoff(who, handoff_id=handoff_id, version=expected_version(), text=body.text)
    return MovedOut.model_validate(moved)


@_moving("return", TextIn)
def give_back(who: Actor, handoff_id: UUID, body: TextIn) -> MovedOut:
    """Give it back after having accepted, with a reason."""
    moved = return_handoff(who, handoff_id=handoff_id, version=expected_version(), reason=body.text)
    return MovedOut.model_validate(moved)


@_moving("completion", TextIn)
def complete_part(who: Actor, handoff_id: UUID, body: TextIn) -> MovedOut:
    """Say that the part is done, with the result."""
    moved = complete_handoff(who, handoff_id=handoff_id, version=expected_version(), result=body.text)
    return MovedOut.model_validate(moved)


@_moving("withdrawal", TextIn)
def withdraw(who: Actor, handoff_id: UUID, body: TextIn) -> MovedOut:
    """Take the offer back before it was accepted, with a reason."""
    moved = withdraw_handoff(who, handoff_id=handoff_id, version=expected_version(), reason=body.text)
    return MovedOut.model_validate(moved)
