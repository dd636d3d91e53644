"""How a unit answers when another asks it to take over: it accepts, asks for more, declines, or stays silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.model import HandoffState
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.complete_handoff import complete_handoff
from casework.operations.decline_handoff import decline_handoff
from casework.operations.withdraw_handoff import withdraw_handoff

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from casework.demo.walk import Walk
    from casework.model import Actor

_QUESTIONS = (
    "Er der talt med barnet, og hvad siger det selv? Vi vil gerne vide det, før vi siger ja.",
    "Hvad er prøvet i skolen, og hvornår er næste møde med familien?",
)
_REPLIES = (
    "Ja, samtalen er holdt. Barnet vil gerne have den samme voksen med næste gang. Referatet ligger i sagen.",
    "Skolen har prøvet fast modtagelse og nedsat skema. Næste møde med familien er på torsdag.",
)
_REFUSALS = (
    "Vi har ikke en ledig rådgiver de næste to uger. Barnet kan ikke vente så længe, og derfor siger vi nej i dag.",
    "Behovet skyldes en funktionsnedsættelse og hører til i Specialgruppen.",
)
_BY_HAND = ("accept", "accept", "late", "ask", "decline", "silence")
#: Working hours until the answer. Who stays silent is reminded, and in the end something happens: weeks later.
_HOURS = {"accept": (3, 16), "late": (32, 52), "ask": (2, 9), "decline": (4, 14), "silence": (60, 150)}
_TAKEN_BACK = (
    "Vi har ikke hørt fra jer og har fundet en løsning sammen med skolen.",
    "Der er gået for lang tid. Familien har fået hjælp et andet sted.",
)


def plan(walk: Walk, offer: Any) -> tuple[datetime, Callable[[], object]]:
    """When and what the unit that must speak next says, or whoever has waited in vain."""
    if offer.state is HandoffState.MORE_ASKED:
        sender = walk.someone_of(offer.from_unit_id)
        reply = walk.story.rng.choice(_REPLIES)
        return walk.after_hours(2, 26), lambda: answer_handoff(sender, handoff_id=offer.id, text=reply)
    manner = _manner(walk, offer)
    return walk.after_hours(*_HOURS[manner]), _answer(walk, offer, manner)


def _manner(walk: Walk, offer: Any) -> str:
    """A process waits for one of these answers; who was asked by hand answers by chance."""
    if offer.instance_id is None and offer.version == 1:
        return walk.story.rng.choice(_BY_HAND)
    return walk.story.handoff_answers.pop(0) if walk.story.handoff_answers and offer.instance_id else "accept"


def _answer(walk: Walk, offer: Any, manner: str) -> Callable[[], object]:
    receiver, rng = walk.someone_of(offer.to_unit_id), walk.story.rng
    if manner == "ask":
        question = rng.choice(_QUESTIONS)
        return lambda: ask_about_handoff(receiver, handoff_id=offer.id, question=question)
    if manner == "decline":
        reason = rng.choice(_REFUSALS)
        return lambda: decline_handoff(receiver, handoff_id=offer.id, reason=reason)
    if manner == "silence" and offer.instance_id is None:
        sender, reason = walk.someone_of(offer.from_unit_id), rng.choice(_TAKEN_BACK)
        return lambda: withdraw_handoff(sender, handoff_id=offer.id, reason=reason)
    return lambda: _accept(walk, offer, receiver)


def _accept(walk: Walk, offer: Any, receiver: Actor) -> None:
    accept_handoff(receiver, handoff_id=offer.id, next_employee_id=receiver.id)
    if offer.instance_id is None:
        result = walk.pen.say("result")
        walk.later(walk.after_hours(20, 110), lambda: complete_handoff(receiver, handoff_id=offer.id, result=result))
