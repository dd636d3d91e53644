"""Stories of years at the screen: a case that stands where the story begins, and what happens while nobody looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import update

from casework import clock as casework_clock
from casework.database import transaction
from casework.model import SYSTEM, Employee
from casework.operations.complete_user_task import complete_user_task
from casework.operations.record_persons import record_persons
from casework.operations.turns import change_facts, lock_case
from casework.scenarios import passing_time
from casework.scenarios.clerk import filled
from casework.scenarios.standing import context_of, form_now, tasks, timer_due
from tests.factories import a_case

#: More waits than any part of a story has.
MOST_ROUNDS = 60


def everybody_plays():
    """Who is no persona of the demonstration may sign in too, for the story at hand."""
    with transaction() as session:
        session.execute(update(Employee).values(is_persona=True))


def day(wanted):
    """A date as `Person.fill` answers with it."""
    return {"day": str(wanted.day), "month": str(wanted.month), "year": str(wanted.year)}


@dataclass
class Story:
    """The case that it is about; `clock` is the test's."""

    case_id: object
    clock: object
    people: list = field(default_factory=list)

    @classmethod
    def of(cls, clock, *, responsible, child, born, parents, **facts):
        """A case of Familiegruppe Nord with its caseworker, the child's parents and what is known."""
        unit = {"responsible_unit_id": "familiegruppe_nord", "responsible_employee_id": responsible.id}
        case = a_case(child=child, birth_date=born, **unit)
        told = {"persons.parents": parents, "foedselsdato": born, "beskyttetAdresse": False, **facts}
        with transaction() as session:
            locked = lock_case(session, case.id)
            known = record_persons(session, locked, told, SYSTEM, casework_clock.now())
            change_facts(session, locked, known, actor=SYSTEM, at=casework_clock.now())
        return cls(case.id, clock)

    def joined_by(self, *people):
        """They know what day it is, whatever passes."""
        self.people += people
        return people

    @property
    def path(self):
        return f"/cases/{self.case_id}"

    @property
    def open(self):
        """The elements of the tasks that stand."""
        return [task.element for task in tasks(self.case_id)]

    def work(self):
        """What the workers do by themselves; letters are noted, not typeset."""
        passing_time.look()
        return self

    def wait(self, *, until="", days=0):
        """Until a timer of this element fires, or some days; everything that comes due on the way happens."""
        moment = timer_due(self.case_id, until) if until else casework_clock.now() + timedelta(days=days)
        assert moment is not None, f"nothing waits for {until}"
        passing_time.let_pass(moment)
        now = self.clock.move_to(casework_clock.now())
        for one in self.people:
            one.today = {**day(now), "time": "09.00"}
        return self

    def meanwhile(self, *wanted, **answers):
        """Somebody does the tasks of these elements, and what follows from them; `answers` wherever a form asks for them."""
        for _ in range(MOST_ROUNDS):
            self.work()
            found = [task for task in tasks(self.case_id) if task.element in wanted]
            if not found:
                return self
            self._do(found[0], answers)
        raise AssertionError(f"no end of {wanted}")

    def _do(self, task, answers):
        now = form_now(task.id)
        said = filled(now.form, now.answers, context_of(now), wanted={}, usual=answers)
        complete_user_task(SYSTEM, task_id=task.id, answers=said, late_reason="Ferie")
