"""Every value of a try-out: facts of the case and variables of its processes, each with where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.forms.words import Words, words
from casework.model import ProcessInstance
from casework.model.fact import FACTS, FactKind, fact_words, kind_of
from casework.released import definition_of
from casework.try_out.saying import feel_text, process_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.try_out.record import Origin, Record


@dataclass(frozen=True)
class ValueSeen:
    """A variable or a fact: its name, its words, its value as FEEL has it, and where it is from."""

    name: str
    words: Message
    value: str
    origin: Origin | None


def facts_seen(facts: Mapping[str, Any], record: Record) -> tuple[ValueSeen, ...]:
    """What the case knows, by name."""
    return tuple(
        ValueSeen(name, fact_words(name), feel_text(value), record.facts.get(name))
        for name, value in sorted(facts.items())
    )


def tellable(facts: Mapping[str, Any]) -> tuple[tuple[str, Message], ...]:
    """Facts that may be told: those that every case may have, and what this one knows besides. What forms keep as rows is not."""
    more = [name for name, value in sorted(facts.items()) if kind_of(name, value) is not FactKind.ROWS]
    return tuple((name, fact_words(name)) for name in dict.fromkeys([*FACTS, *more]))


def variables_seen(session: Session, case_id: UUID, record: Record) -> Iterator[tuple[Words, tuple[ValueSeen, ...]]]:
    """What each process knows, in the order in which they began."""
    query = select(ProcessInstance.id, ProcessInstance.process_version_id, ProcessInstance.variables)
    for row in session.execute(query.where(ProcessInstance.case_id == case_id).order_by(ProcessInstance.id)):
        definition, origins = definition_of(session, row.process_version_id), record.variables.get(str(row.id), {})
        declared = {one.name: one for process in definition.processes.values() for one in process.variables}
        yield (
            process_words(session, row.process_version_id),
            tuple(
                ValueSeen(
                    name,
                    words(declared[name].da or name, declared[name].en) if name in declared else words(name, name),
                    feel_text(value),
                    origins.get(name),
                )
                for name, value in sorted(row.variables.items())
            ),
        )
