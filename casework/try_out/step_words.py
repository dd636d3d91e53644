"""Steps of a walk in words: `{"vent": "5 arbejdsdage"}` is "5 working days pass"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.calendar.duration_words import duration_words
from casework.i18n import Message, message
from casework.scenarios.words import moment_of, span_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.try_out.walking import Step

#: What may be done about a hand-off, as buttons say it, and as it is told.
MOVE_WORDS = {
    "accepteret": (message("Accept"), message("The hand-off is accepted")),
    "afvist": (message("Decline"), message("The hand-off is declined")),
    "returneret": (message("Give back"), message("The hand-off is given back")),
    "afsluttet": (message("Finish"), message("The hand-off is finished")),
    "spørgsmål": (message("Ask for more"), message("The receiver asks for more")),
    "svar": (message("Answer"), message("The sender answers")),
    "trukket": (message("Take back"), message("The hand-off is taken back")),
}
_NEXT, _TO = "næste", "til "


def step_words(step: Step) -> Message:
    """Say what happens; a step that nobody knows is said as it is written."""
    if isinstance(step, str):
        if step == "resten":
            return message("Everybody does what stands")
        return message("{task} is completed", task=step)
    for name, say in _WORDS.items():
        if name in step:
            return say(step)
    return message("{task} is completed", task=next(iter(step), "?"))


def time_words(text: str) -> Message:
    """A span, a moment, a timer or the next event, as a scenario tells it."""
    if text == _NEXT:
        return message("the next event")
    if text.startswith(_TO):
        said = text.removeprefix(_TO).strip()
        moment = moment_of(said)
        return message("until {at:short}", at=moment) if moment else message("until {name}", name=said)
    span = span_of(text)
    words = duration_words(*span) if span else None
    return words or Message("{text}", {"text": text})


def _completed(step: dict[str, Any]) -> Message:
    answers, task = step.get("svar"), str(step["opgave"])
    if "nummer" in step:
        task = f"{task} {step['nummer']}"
    if isinstance(answers, dict) and answers:
        told = ", ".join(
            f"{name}: {value}" for name, value in list(answers.items())[:3] if not isinstance(value, list | dict)
        )
        if told:
            return message("{task} is completed ({answers})", task=task, answers=told)
    return message("{task} is completed", task=task)


_WORDS: dict[str, Callable[[dict[str, Any]], Message]] = {
    "opgave": _completed,
    "indtil": lambda step: message("Everybody goes on until {task} stands", task=str(step["indtil"])),
    "vent": lambda step: message("The clock goes on: {time}", time=time_words(str(step["vent"]))),
    "gå": lambda step: message("Time passes, and everybody does what comes: {time}", time=time_words(str(step["gå"]))),
    "besked": lambda step: message("The message {name} comes", name=str(step["besked"])),
    "overlevering": lambda step: MOVE_WORDS.get(step["overlevering"], (None, message("The hand-off moves")))[1],
    "oplysninger": lambda step: message("The case learns {names}", names=[str(name) for name in step["oplysninger"]]),
    "samtykke": lambda _: message("The consent is withdrawn"),
    "ret": lambda step: message("{task} is put right", task=str(step["ret"])),
    "forvent": lambda _: message("What is expected here"),
}
