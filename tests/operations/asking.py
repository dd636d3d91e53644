"""Short questions to the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework.database import read
from casework.model import Deadline, JournalEntry, ProcessInstance, UserTask
from casework.operations.start_process import start_process


def rows(query):
    with read() as session:
        return list(session.scalars(query))


def one(table, *where):
    (found,) = rows(select(table).where(*where))
    return found


def instance(*where):
    (found,) = rows(select(ProcessInstance).where(*where).options(undefer(ProcessInstance.variables)))
    return found


def deadline(key):
    return one(Deadline, Deadline.key == key)


def open_elements(case_id):
    """The elements of the user tasks that stand on a case."""
    active = UserTask.case_id == case_id, UserTask.state.in_(("open", "claimed"))
    return sorted(task.element_id for task in rows(select(UserTask).where(*active)))


def task_at(element_id):
    """The newest user task of an element."""
    return rows(select(UserTask).where(UserTask.element_id == element_id).order_by(UserTask.id.desc()))[0]


def kinds(case_id):
    query = select(JournalEntry).where(JournalEntry.case_id == case_id).order_by(JournalEntry.number)
    return [entry.kind for entry in rows(query)]


def started(cast, process_id="p", **words):
    return start_process(cast.mette, case_id=cast.case_id, process_id=process_id, **words)
