"""Kinds of journal entries in the few groups by which people look for them: what was decided, sent, agreed, noted."""

from __future__ import annotations

from dataclasses import dataclass

from casework.i18n import Message, message


@dataclass(frozen=True)
class JournalGroup:
    """A group as the journal is filtered by it. Each kind that has a sentence is in exactly one."""

    key: str
    words: Message
    kinds: frozenset[str]


GROUPS: tuple[JournalGroup, ...] = (
    JournalGroup("notes", message("Notes"), frozenset({"note_added"})),
    JournalGroup(
        "tasks",
        message("Tasks and answers"),
        frozenset({"notification_received", "answers_corrected"})
        | {f"user_task_{verb}" for verb in ("claimed", "given_back", "reassigned", "put_back", "completed")},
    ),
    JournalGroup(
        "deadlines",
        message("Deadlines"),
        frozenset({"deadline_moved", "deadline_paused", "deadline_resumed", "escalation_raised"}),
    ),
    JournalGroup(
        "letters",
        message("Letters and messages"),
        frozenset({"letter_sent", "employees_told"})
        | {f"message_{verb}" for verb in ("received", "delivered", "discarded")},
    ),
    JournalGroup(
        "handoffs",
        message("Hand-offs and consents"),
        frozenset(
            {f"handoff_{verb}" for verb in ("offered", "accepted", "declined", "more_asked", "answered", "returned")}
            | {"handoff_completed", "handoff_withdrawn", "handoff_late"}
            | {f"consent_{verb}" for verb in ("given", "declined", "withdrawn", "lapsed")}
        ),
    ),
    JournalGroup(
        "measures",
        message("Measures and places"),
        frozenset(
            {f"package_{verb}" for verb in ("planned", "approved", "started", "changed", "ended", "dropped")}
            | {f"place_{verb}" for verb in ("awaited", "taken", "moved", "left")}
        ),
    ),
    JournalGroup(
        "people",
        message("People and facts"),
        frozenset({"persons_recorded", "team_member_added", "team_member_removed", "responsible_changed"})
        | {"responsibility_moved", "facts_changed", "fact_corrected"}
        | {f"case_{verb}" for verb in ("opened", "closed", "reopened")},
    ),
    JournalGroup(
        "processes",
        message("Processes"),
        frozenset(
            {
                "instance_moved",
                "instance_set",
                "instance_cancelled",
                "process_started",
                "process_completed",
                "variables_mended",
            }
        )
        | {"timer_moved", "timer_fired", "start_moved", "start_fell_away", "start_left_out"}
        | {f"incident_{verb}" for verb in ("raised", "retried", "solved")},
    ),
)


def kinds_of(key: str | None) -> frozenset[str] | None:
    """Give the kinds of a group; None for everything, also for a key that nobody knows."""
    return next((group.kinds for group in GROUPS if group.key == key), None)
