"""What the case knows already, in short lines with their source; and flags that nobody may overlook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from casework.calendar import day_of
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import CaseState
from casework.queries.persons import PARENTS, has_custody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casework.queries.answers import Filed

#: Facts that are dates and worth a line, with their words.
_DATES = {
    "kendskabsDato": message("The municipality has known since"),
}
#: A notification is news for this long.
_NEWS = timedelta(days=14)
NOTIFICATION_FORM = "F01"


@dataclass(frozen=True)
class KnownFact:
    """One line: what, and where it comes from."""

    label: Message
    value: Message
    source: Message | None = None


@dataclass(frozen=True)
class Flag:
    """A mark beside the child's name; `tone` is soon, overdue, waiting, done or plain."""

    kind: str
    words: Message
    tone: str


def known_facts(case: Any, persons: Sequence[Any], forms: Sequence[Filed]) -> tuple[KnownFact, ...]:
    """Give the lines for who sees the whole case; `case` has facts, `responsible_name` and `home_name` (its unit)."""
    return tuple(_known(case, persons, forms))


def flags(case: Any, forms: Sequence[Filed], now: datetime) -> tuple[Flag, ...]:
    """Give the flags; those about notifications need the filled forms of the case."""
    return tuple(_flags(case, forms, now))


def _known(case: Any, persons: Sequence[Any], forms: Sequence[Filed]) -> Iterator[KnownFact]:
    notification = next((one for one in forms if one.form.id == NOTIFICATION_FORM), None)
    source = None
    if notification:
        source = message("Notification {day:digits_year}", day=received_on(notification))
    notifiers = [row for row in persons if row.kind == "notifier"]
    if notifiers:
        yield KnownFact(message("Notifier"), _text(notifiers[-1].name), source)
    if parents := [row for row in persons if row.kind in PARENTS]:
        yield KnownFact(message("Parents"), message("{people}", people=[_parent(row) for row in parents]), source)
    if siblings := [row.name for row in persons if row.kind == "sibling"]:
        yield KnownFact(message("Siblings"), message("{people}", people=siblings), source)
    if network := [row.name for row in persons if row.kind == "network"]:
        yield KnownFact(message("Network"), message("{people}", people=network))
    yield from _dates(case.facts)
    if alike := case.facts.get("muligeSager"):
        yield KnownFact(message("Perhaps the same child"), _text(", ".join(alike)), message("Same name and birth date"))
    if case.responsible_name:
        said = message("{name}, {unit}", name=case.responsible_name, unit=words(case.home_name, case.home_name_en))
        yield KnownFact(message("Caseworker"), said, message("Responsible for the case"))


def _dates(facts: Mapping[str, Any]) -> Iterator[KnownFact]:
    known = [(label, facts.get(name)) for name, label in _DATES.items()]
    for label, day in (*known, (message("Placed since"), placed_since(facts))):
        if isinstance(day, date):
            yield KnownFact(label, message("{day:digits_year}", day=day))


def placed_since(facts: Mapping[str, Any]) -> date | None:
    """The day on which the placement began that the child is in now."""
    since = facts.get("anbringelsesDato")
    return since if facts.get("erAnbragt") is True and isinstance(since, date) else None


def received_on(notification: Filed) -> date:
    """The day on which a notification came, as its form says it, not when it was registered."""
    try:
        return day_of(datetime.fromisoformat(str(notification.answers.get("modtagetTid"))))
    except ValueError:
        return day_of(notification.at)


def _flags(case: Any, forms: Sequence[Filed], now: datetime) -> Iterator[Flag]:
    if case.child_is_protected:
        yield Flag("protected", message("Protected address"), "soon")
    notifications = [one for one in forms if one.form.id == NOTIFICATION_FORM]
    if len(notifications) > 1 and now - notifications[0].at < _NEWS:
        day = received_on(notifications[0])
        yield Flag("new_notification", message("New notification {day:digits}", day=day), "overdue")
    if since := placed_since(case.facts):
        yield Flag("placed", message("Placed since {day:digits_year}", day=since), "plain")
    if case.case_state is CaseState.CLOSED:
        yield Flag("closed", message("The case is closed"), "done")


def _parent(row: Any) -> Message:
    return message("{name} (has custody)", name=row.name) if has_custody(row) else _text(row.name)


def _text(name: str) -> Message:
    return words(name, name)
