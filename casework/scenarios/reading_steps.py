"""Reads the steps of a scenario: what is done, what comes, how time passes, and what must hold."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from casework.i18n import message
from casework.scenarios.scenario import Answer, Correct, Do, Expect, GoOn, Learn, Live, Tell, Wait, Withdraw
from casework.scenarios.words import moment_of, span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casework.scenarios.nodes import Place
    from casework.scenarios.scenario import Step

#: What may be said of a hand-off, and by what the operations are known.
MOVES = ("accepteret", "afvist", "returneret", "afsluttet", "spørgsmål", "svar", "trukket")
_EXPECTED = ("opgaver", "ingen_opgaver", "frister", "breve", "beskeder", "oplysninger", "variable", "ansvarlig")
#: Of one kind that may stand at once.
_MOST_AT_ONCE = 200
_REST, _NEXT, _TO = "resten", "næste", "til "


def steps_of(place: Place | None) -> tuple[Step, ...]:
    """All steps, in the order of the file."""
    return () if place is None else tuple(_step(item) for item in place.items())


def only(place: Place, names: Sequence[str]) -> dict[str, Place]:
    """The entries of a mapping; refuses names that mean nothing here."""
    entries = place.entries()
    for name, entry in entries.items():
        if name not in names:
            near = next(iter(get_close_matches(name, names, n=1, cutoff=0.6)), "")
            mend = (
                message("Did you mean `{word}`?", word=near) if near else message("It may be: {words}.", words=[*names])
            )
            raise entry.wrong(message('"{name}" means nothing here.', name=name), mend)
    return entries


def mapping(place: Place | None) -> dict[str, Any]:
    """Names with plain values; nothing is an empty one."""
    if place is None or place.value() is None:
        return {}
    place.entries()  # refuses what is none
    found: dict[str, Any] = place.value()
    return found


def _step(place: Place) -> Step:
    if isinstance(place.node.value, str):
        text = place.text()
        return GoOn(place.line) if text == _REST else Do(place.line, text)
    entries = place.entries()
    first = next(iter(entries), "")
    if first in _STEPS:
        return _STEPS[first](place)
    if len(entries) != 1:
        raise place.wrong(
            message("A step does one thing, and this one does {count}.", count=len(entries)),
            message("Begin each step with a dash of its own."),
        )
    return Do(place.line, first, mapping(entries[first]))


def _task(place: Place) -> Do:
    entries = only(place, ("opgave", "nummer", "svar"))
    return Do(place.line, entries["opgave"].text(), mapping(entries.get("svar")), _number(entries.get("nummer")))


def _number(place: Place | None) -> int:
    if place is None:
        return 1
    if not (place.text().isdecimal() and 0 < int(place.text()) <= _MOST_AT_ONCE):
        raise place.wrong(
            message('"{text}" is no number of a task.', text=place.text()),
            message("Write 1 for the first of several that stand, 2 for the second."),
        )
    return int(place.text())


def _until(place: Place) -> GoOn:
    return GoOn(place.line, only(place, ("indtil",))["indtil"].text())


def _wait(place: Place) -> Wait:
    return _time(place, only(place, ("vent",))["vent"])


def _live(place: Place) -> Live:
    return Live(place.line, _time(place, only(place, ("gå",))["gå"]))


def _time(place: Place, said: Place) -> Wait:
    text = said.text()
    if text == _NEXT:
        return Wait(place.line, "next")
    if text.startswith(_TO):
        moment = moment_of(text.removeprefix(_TO).strip())
        if moment is not None:
            return Wait(place.line, "to", text, moment=moment)
        return Wait(place.line, "timer", text.removeprefix(_TO).strip())
    span = span_of(text)
    if span is None or span[0].startswith("-"):
        raise said.wrong(
            message('"{text}" is no time to wait.', text=text),
            message("Write for example: 5 arbejdsdage, 24 timer, 3 måneder, til 2027-01-05, til <timer>, næste."),
        )
    return Wait(place.line, "for", *span)


def _tell(place: Place) -> Tell:
    entries = only(place, ("besked", "med", "til"))
    to = entries["til"].text() if "til" in entries else ""
    return Tell(place.line, entries["besked"].text(), mapping(entries.get("med")), to)


def _answer(place: Place) -> Answer:
    entries = only(place, ("overlevering", "enhed"))
    said = entries["overlevering"]
    if said.text() not in MOVES:
        raise said.wrong(
            message('A hand-off cannot be "{word}".', word=said.text()), message("It may be: {words}.", words=[*MOVES])
        )
    return Answer(place.line, said.text(), entries["enhed"].text() if "enhed" in entries else "")


def _learn(place: Place) -> Learn:
    return Learn(place.line, mapping(only(place, ("oplysninger",))["oplysninger"]))


def _withdraw(place: Place) -> Withdraw:
    said = only(place, ("samtykke",))["samtykke"]
    if said.text() != "trukket":
        raise said.wrong(
            message("Only its withdrawal can be told of a consent here."), message("Write `samtykke: trukket`.")
        )
    return Withdraw(place.line)


def _correct(place: Place) -> Correct:
    entries = only(place, ("ret", "svar", "til"))
    to = entries["til"].text() if "til" in entries else ""
    if to not in ("", "igen", "bliver"):
        raise entries["til"].wrong(
            message('"{word}" is not what can become of the process.', word=to),
            message(
                "Write `igen` (the task is done again), `bliver` (it stays), or nothing (it goes on after the task)."
            ),
        )
    return Correct(place.line, entries["ret"].text(), mapping(entries.get("svar")), to)


def _expect(place: Place) -> Expect:
    inner = only(place, ("forvent",))["forvent"]
    entries = only(inner, _EXPECTED)
    return Expect(
        line=place.line,
        tasks=_texts(entries.get("opgaver")),
        no_tasks=_texts(entries.get("ingen_opgaver")),
        deadlines=mapping(entries.get("frister")),
        letters=_texts(entries.get("breve")),
        messages=_texts(entries.get("beskeder")),
        facts=mapping(entries.get("oplysninger")),
        variables=mapping(entries.get("variable")),
        unit=entries["ansvarlig"].text() if "ansvarlig" in entries else "",
    )


def _texts(place: Place | None) -> tuple[str, ...]:
    return () if place is None else tuple(item.text() for item in place.items())


_STEPS: dict[str, Callable[[Place], Step]] = {
    "opgave": _task,
    "indtil": _until,
    "vent": _wait,
    "gå": _live,
    "besked": _tell,
    "overlevering": _answer,
    "oplysninger": _learn,
    "samtykke": _withdraw,
    "ret": _correct,
    "forvent": _expect,
}
