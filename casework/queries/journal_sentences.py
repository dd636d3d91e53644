"""What a journal entry says: kind and details become a sentence that follows the actor's name ("Mette Friis Andersen tog …").

One row for each kind that any operation writes; a test compares. Text that a person gave (a reason, a note) is no part of the
sentence: it is quoted beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from casework import values
from casework.calendar import day_of, instant_of
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model.fact import fact_value, fact_words
from casework.model.package import KRONE
from casework.queries.due_words import is_whole_day
from casework.queries.money import money
from casework.queries.persons import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Details that hold what a person wrote, in the order in which the first found is quoted.
QUOTED = ("text", "question", "answer", "reason", "result")


#: A capital that begins a word inside of a name, or the first digit of a number.
_INSIDE = re.compile(r"(?<=[a-zæøå])(?:[A-ZÆØÅ](?=[a-zæøå])|\d)")


@dataclass(frozen=True)
class Entry:
    """What a sentence may name: the details, and names looked up for the task and the element."""

    details: Mapping[str, Any]
    task: Message
    element: Message

    def name(self, key: str) -> str:
        """A detail as text; a question mark where an old entry lacks it."""
        value = self.details.get(key)
        return "?" if value is None else str(value)

    def spoken(self, key: str) -> str:
        """A detail that is a name in a diagram, as `AnbringelseAfbrudt`, said as people say it: anbringelse afbrudt."""
        return _INSIDE.sub(lambda found: f" {found[0].lower()}", self.name(key))

    def words(self, key: str) -> Message:
        """A detail that stands there in Danish and, under `…_en`, in English."""
        danish = self.name(key)
        return words(danish, str(self.details.get(f"{key}_en") or danish))

    def instant(self, key: str) -> Message:
        """A detail that is an ISO instant, said briefly."""
        try:
            return message("{at:digits_time}", at=datetime.fromisoformat(str(self.details.get(key))))
        except ValueError:
            return words("?")

    def kroner(self, key: str) -> Message:
        """A detail that is an amount of øre, said in kroner."""
        value = self.details.get(key)
        return money(round(value / KRONE)) if isinstance(value, int) else words("?")

    def moment(self, key: str) -> Message:
        """A detail that is an ISO instant which may lie years ahead: a day with its year, unless it is no whole day."""
        try:
            at = datetime.fromisoformat(str(self.details.get(key)))
        except ValueError:
            return words("?")
        is_day = is_whole_day(at) or at == instant_of(day_of(at))
        return message("{day:digits_year}", day=at) if is_day else message("{at:digits_time}", at=at)

    def names(self, key: str) -> str:
        """A detail that is a list of texts."""
        value = self.details.get(key)
        return ", ".join(map(str, value)) if isinstance(value, list) else self.name(key)


def _moved(entry: Entry, what: Message) -> Message:
    """From, to, and by which facts; old entries do not say the last."""
    moment = {"what": what, "before": entry.moment("before"), "after": entry.moment("after")}
    because = entry.details.get("because")
    if not isinstance(because, list) or not because:
        return message("moved {what} from {before} to {after}", **moment)
    return message(
        "moved {what} from {before} to {after}, because this changed: {names}", names=_facts(because), **moment
    )


def _instance_moved(entry: Entry) -> Message:
    """With the new branches that began, or that it goes on without."""
    told = {"name": entry.words("name"), "old": entry.name("from_version"), "new": entry.name("to_version")}
    told |= {"begun": entry.names("begun"), "left": entry.names("skipped")}
    if "begun" in entry.details:
        return message("moved the process {name} from version {old} to version {new} and began {begun}", **told)
    if "skipped" in entry.details:
        return message("moved the process {name} from version {old} to version {new}, without {left}", **told)
    return message("moved the process {name} from version {old} to version {new}", **told)


def _completed(entry: Entry) -> Message:
    """Who stands in for a colleague acts under the own name, and says for whom."""
    if "substitute_for" in entry.details:
        return message(
            "completed the task {task} as substitute for {name}", task=entry.task, name=entry.name("substitute_for")
        )
    return message("completed the task {task}", task=entry.task)


def _facts(names: Any) -> list[Message]:
    return [fact_words(str(name)) for name in names] if isinstance(names, list) else [words("?", "?")]


def _kinds(kinds: Any) -> list[Message]:
    return [KINDS.get(str(kind), words(str(kind))) for kind in kinds] if isinstance(kinds, list) else [words("?", "?")]


def _value(kept: Any) -> Message:
    return _UNKNOWN if kept is None else fact_value(values.from_json(kept))


_UNKNOWN = message("not known")
_NOTHING = words("?", "?")

_SENTENCES: dict[str, Callable[[Entry], Message]] = {
    # the case
    "case_opened": lambda e: message("opened the case {number}", number=e.name("number")),
    "case_closed": lambda _: message("closed the case"),
    "case_reopened": lambda _: message("opened the case again"),
    "notification_received": lambda e: message("registered a notification received {at}", at=e.instant("received_at")),
    "persons_recorded": lambda e: message(
        "recorded who is around the child: {names}", names=_kinds(e.details.get("kinds"))
    ),
    "note_added": lambda e: (
        message("wrote a note and mentioned {names}", names=e.names("mentioned"))
        if "mentioned" in e.details
        else message("wrote a note")
    ),
    "team_member_added": lambda e: message("added {name} to the team", name=e.name("employee")),
    "team_member_removed": lambda e: message("took {name} off the team", name=e.name("employee")),
    "responsible_changed": lambda e: message("made {name} responsible", name=e.name("employee")),
    "responsibility_moved": lambda e: message("moved the responsibility to {unit}", unit=e.name("unit")),
    "facts_changed": lambda e: message("changed what the case knows: {names}", names=_facts(e.details.get("names"))),
    "fact_corrected": lambda e: message(
        "corrected {name} from {before} to {after}",
        name=fact_words(e.name("name")),
        before=_value(e.details.get("before")),
        after=_value(e.details.get("after")),
    ),
    # hand-offs and consents
    "handoff_offered": lambda e: message("asked {unit} to take over", unit=e.name("to_unit")),
    "handoff_accepted": lambda e: message("accepted the hand-off for {unit}", unit=e.name("to_unit")),
    "handoff_declined": lambda e: message("declined the hand-off for {unit}", unit=e.name("to_unit")),
    "handoff_more_asked": lambda e: message("asked {unit} about the hand-off", unit=e.name("from_unit")),
    "handoff_answered": lambda e: message("answered {unit} about the hand-off", unit=e.name("to_unit")),
    "handoff_returned": lambda e: message("gave the hand-off back to {unit}", unit=e.name("from_unit")),
    "handoff_completed": lambda e: message("finished the hand-off for {unit}", unit=e.name("to_unit")),
    "handoff_withdrawn": lambda e: message("took the hand-off to {unit} back", unit=e.name("to_unit")),
    "handoff_late": lambda e: message("told the leaders of {unit} that nobody has answered", unit=e.name("to_unit")),
    "consent_given": lambda e: message("recorded the consent of {name}", name=e.name("person")),
    "consent_declined": lambda e: message("recorded that {name} does not consent", name=e.name("person")),
    "consent_withdrawn": lambda e: message("recorded that {name} withdraws the consent", name=e.name("person")),
    "consent_lapsed": lambda e: message("let the consent of {name} lapse", name=e.name("person")),
    # packages and places
    "package_planned": lambda e: message("planned a package of measures for {sum} kr.", sum=e.kroner("total")),
    "package_approved": lambda e: message("approved a package of measures for {sum} kr.", sum=e.kroner("total")),
    "package_started": lambda _: message("started the package of measures"),
    "package_changed": lambda e: message(
        "changed the package of measures from {before} to {after} kr.",
        before=e.kroner("total_before"),
        after=e.kroner("total"),
    ),
    "package_ended": lambda _: message("ended the package of measures"),
    "package_dropped": lambda _: message("gave up the package of measures"),
    "place_awaited": lambda e: message("put the child on the waiting list of {unit}", unit=e.name("unit")),
    "place_taken": lambda e: message("recorded that the child has a place at {unit}", unit=e.name("unit")),
    "place_left": lambda e: message("recorded that the child has left {unit}", unit=e.name("unit")),
    "place_moved": lambda e: _moved(e, message("the stay at {unit}", unit=e.name("unit"))),
    # tasks
    "user_task_claimed": lambda e: message("took the task {task}", task=e.task),
    "user_task_given_back": lambda e: message("gave the task {task} back", task=e.task),
    "user_task_reassigned": lambda e: message("passed the task {task} on", task=e.task),
    "user_task_put_back": lambda e: message("put the task {task} back to who had it", task=e.task),
    "user_task_completed": _completed,
    "answers_corrected": lambda e: message("put the answers of {task} right", task=e.name("task")),
    # processes
    "instance_moved": _instance_moved,
    "instance_set": lambda e: message("set the process from {stood} to {to}", stood=e.names("stood"), to=e.name("to")),
    "process_started": lambda e: message("started {process}", process=e.name("name")),
    "process_completed": lambda e: message("ended {process}", process=e.element),
    "instance_cancelled": lambda e: message("stopped {process}", process=e.element),
    "message_received": lambda e: message("received the message {name}", name=e.spoken("message")),
    "message_delivered": lambda e: message("delivered the message {name}", name=e.spoken("message")),
    "message_discarded": lambda e: message("put the message {name} aside", name=e.spoken("message")),
    "deadline_moved": lambda e: _moved(e, message("the deadline {name}", name=e.words("name"))),
    "deadline_paused": lambda e: message(
        "paused the deadline {name}, waiting for {what}", name=e.words("name"), what=e.words("waits_for")
    ),
    "deadline_resumed": lambda e: message(
        "let the deadline {name} go on; it moved from {before} to {after}",
        name=e.words("name"),
        before=e.moment("before"),
        after=e.moment("after"),
    ),
    "timer_moved": lambda e: _moved(e, e.element),
    "start_moved": lambda e: _moved(e, message("the start of {process}", process=e.words("name"))),
    "start_fell_away": lambda e: message(
        "took back the start of {process} at {before}", process=e.words("name"), before=e.moment("before")
    ),
    "start_left_out": lambda e: message(
        "did not start {process}, because it is still running", process=e.words("name")
    ),
    "timer_fired": lambda e: message("said that it was time: {name}", name=e.element),
    "escalation_raised": lambda e: message("told {names}: {deadline}", names=e.names("told"), deadline=e.name("name")),
    "employees_told": lambda e: message("told {names} that something waits", names=e.names("told")),
    "letter_sent": lambda e: message("sent a letter: {title}", title=e.name("title")),
    # incidents
    "incident_raised": lambda e: message("came to a stop at {element}", element=e.element),
    "incident_retried": lambda e: message("tried {element} again", element=e.element),
    "incident_solved": lambda e: message("got {element} going again", element=e.element),
    "variables_mended": lambda e: message("corrected values: {names}", names=e.names("names")),
}


def journal_sentence(
    kind: str, details: Mapping[str, Any], *, task: Message | None = None, element: Message | None = None
) -> Message:
    """Say an entry; `task` and `element` are names where the entry points at one. An unknown kind is said as it is written."""
    sentence = _SENTENCES.get(kind)
    if sentence is None:
        return words(kind.replace("_", " "))
    return sentence(Entry(details, task or _NOTHING, element or _NOTHING))


def quote(details: Mapping[str, Any]) -> str | None:
    """Give what a person wrote, to stand beside the sentence in quotation marks."""
    return next((text for key in QUOTED if isinstance(text := details.get(key), str) and text), None)


def known_kinds() -> frozenset[str]:
    """Give the kinds that have a sentence."""
    return frozenset(_SENTENCES)
