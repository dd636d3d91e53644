"""Lets one story happen: moves the clock from one happening to the next and calls the operations that people and workers call.

The next happening is the earliest of: a job that is ready, a timer or an escalation that is due, a task or an offer that
somebody has planned to do, something else that the story tells. It ends at the present moment, with whatever then stands.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.demo import answering, people_in_forms
from casework.demo.asides import ASIDES
from casework.demo.chance import likely
from casework.demo.office_hours import after_hours
from casework.demo.outage import is_out, no_letters
from casework.demo.plans import when_done
from casework.demo.standing import Standing, form_of_task, known_to, standing
from casework.demo.world import Plan, Step, World
from casework.demo.writer import Pen
from casework.forms import Context, fill, prefill
from casework.operations.claim_user_task import claim_user_task
from casework.operations.close_case import close_case
from casework.operations.complete_user_task import complete_user_task
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.raise_late_handoffs import raise_late_handoffs
from casework.operations.set_responsible import set_responsible
from casework.operations.start_due_processes import start_due_processes
from casework.scenarios.fill_in import fill_in
from casework.values import from_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from casework.demo.story import Story
    from casework.model import Actor

#: Machines look every second.
_A_SECOND = timedelta(seconds=1)
#: To register is not yet to work with the child.
_REGISTERS = frozenset({"registrer", "registrerVagt"})
_LATE_REASONS = ("Venter på borger", "Venter på samarbejdspartner", "Sygdom i gruppen", "For mange sager på én gang")
#: How many of the tasks that are left have been taken by somebody.
_TAKEN = 0.8


class Walk:
    """One story on its way."""

    def __init__(self, world: World, story: Story) -> None:
        self.world, self.story, self.pen = world, story, Pen(story)
        self.case_id: UUID
        self.steps: list[Step] = []
        #: Offers that nobody answers, as the story wants it.
        self.hushed: set[UUID] = set()
        self._plans: dict[UUID, Plan] = {}
        self._offers: dict[tuple[UUID, int], Step] = {}
        self._answered: dict[UUID, dict[str, Any]] = {}
        self._newest: dict[str, Any] = {}
        self._worked: set[UUID | None] = set()
        self._usual: dict[str, Actor] = {}
        self._responsible: UUID | None = None
        self._closing: Step | None = None

    def run(self, begin: Callable[[Walk], UUID]) -> UUID:
        """`begin` makes the case and gives its id; the rest follows until today."""
        clock.move_to(self.story.received)
        self.case_id = begin(self)
        start_due_processes()
        for hours, name in self.story.asides:
            self.later(after_hours(self.story.received, hours), partial(ASIDES[name], self))
        while (step := self._next()) and step.at <= self.world.now:
            clock.move_to(max(step.at, clock.now()))
            if step in self.steps:
                self.steps.remove(step)
            step.do()
        return self.case_id

    def later(self, at: datetime, do: Callable[[], object]) -> None:
        """Something that the story tells for a certain moment."""
        self.steps.append(Step(at, do))

    def after_hours(self, least: float, most: float) -> datetime:
        """Some working hours from now."""
        return after_hours(clock.now(), self.story.rng.uniform(least, most))

    def someone_of(self, unit_id: str, stands: Standing | None = None) -> Actor:
        """Who usually works on this case in a unit: the one responsible, if it is that unit's."""
        if unit_id in self.story.people:
            return self.world.staff.named(self.story.people[unit_id])
        if stands and stands.responsible_unit_id == unit_id and stands.responsible_employee_id:
            return self.world.staff.by_id(stands.responsible_employee_id)
        if unit_id not in self._usual:
            self._usual[unit_id] = self.world.staff.choose(self.story.rng, unit_id)
        return self._usual[unit_id]

    def remember(self, instance_id: UUID | None, form: str, answers: dict[str, Any]) -> None:
        """What was answered in an instance and on the case, for forms that are prefilled with it."""
        self._newest[form] = answers
        if instance_id:
            self._answered.setdefault(instance_id, {})[form] = answers

    def _next(self) -> Step | None:
        stands = standing(self.case_id)
        self._responsible = stands.responsible_employee_id
        steps = [*self.steps, *self._machines(stands), *self._people(stands), *self._receivers(stands)]
        if closing := self._closing_of(stands):
            steps.append(closing)
        return min(steps, key=lambda step: step.at, default=None)

    def _machines(self, stands: Standing) -> list[Step]:
        due = (
            (stands.job, self._work),
            (stands.timer, fire_due_timers),
            (stands.start, start_due_processes),
            (stands.escalation, partial(self._tell, raise_due_escalations)),
            (stands.late_offer, partial(self._tell, raise_late_handoffs)),
        )
        return [Step(max(at, clock.now()) + _A_SECOND, do) for at, do in due if at is not None]

    def _tell(self, whom: Callable[[], object]) -> None:
        """Who is told gets a mail a moment later."""
        whom()
        clock.move_to(clock.now() + _A_SECOND)
        self._work()

    def _work(self) -> None:
        with no_letters() if is_out(self.story.outage, clock.now()) else nullcontext():
            while self.world.execute():
                pass

    def _people(self, stands: Standing) -> list[Step]:
        steps = []
        for task in stands.tasks:
            plan = self._plans.get(task.id) or self._planned(task, stands)
            if plan.takes_at is not None:
                steps.append(Step(plan.takes_at, self._taking(task, plan)))
            else:
                steps.append(Step(plan.done_at, self._doing(task, plan)))
        return steps

    def _planned(self, task: Any, stands: Standing) -> Plan:
        key = form_of_task(task)
        done_at = when_done(task, key, self.story)
        wanted = self.story.people.get(key)
        plan = Plan(self.world.staff.named(wanted) if wanted else self._who(task, stands), done_at, None)
        if done_at > self.world.now and task.assignee_id is None and likely(self.story.rng, _TAKEN):
            plan.takes_at = min(self.after_hours(0.2, 5), done_at)
        self._plans[task.id] = plan
        return plan

    def _who(self, task: Any, stands: Standing) -> Actor:
        if task.assignee_id:
            return self.world.staff.by_id(task.assignee_id)
        if task.needs_separation:
            besides = {*self._worked, stands.responsible_employee_id}
            return self.world.staff.choose(self.story.rng, task.unit_id, besides)
        return self.someone_of(task.unit_id, stands)

    def _taking(self, task: Any, plan: Plan) -> Callable[[], None]:
        def take() -> None:
            plan.takes_at = None
            claim_user_task(plan.by, task_id=task.id)
            self._worked.add(plan.by.id)

        return take

    def _doing(self, task: Any, plan: Plan) -> Callable[[], None]:
        return lambda: self._do(task, plan.by)

    def _do(self, task: Any, by: Actor) -> None:
        now = clock.now()
        is_late = task.due_at is not None and now > task.due_at
        answers = self._answers(task, by)
        complete_user_task(
            by,
            task_id=task.id,
            answers=answers,
            late_reason=self.story.rng.choice(_LATE_REASONS) if is_late else None,
        )
        self._worked.add(by.id)
        self._take_on(task, by)

    def _take_on(self, task: Any, by: Actor) -> None:
        """Whoever has looked at the child's safety, or talked with the family, stays with the case."""
        if self._responsible is None and task.element_id not in _REGISTERS and by.id:
            unit = standing(self.case_id).responsible_unit_id
            if unit in by.units:
                set_responsible(by, case_id=self.case_id, employee_id=by.id)

    def _closing_of(self, stands: Standing) -> Step | None:
        """Somebody closes a case on which nothing runs, waits, or has been passed on."""
        if stands.running or stands.offers or stands.kept or stands.with_others or not stands.is_open:
            self._closing = None
        elif self._closing is None:
            self._closing = Step(self.after_hours(2, 20), self._close)
        return self._closing

    def _close(self) -> None:
        stands = standing(self.case_id)
        by = self.someone_of(stands.responsible_unit_id, stands)
        close_case(by, case_id=self.case_id, reason=self.pen.say("closing"))

    def _answers(self, task: Any, by: Actor) -> dict[str, Any]:
        form, facts, variables = known_to(task)
        if form is None:
            return {}
        now, context = clock.now(), {**variables, **from_json(task.items)}
        earlier = self._answered.get(task.instance_id, {})
        asked = " ".join(c.properties.get("prefill", "") for _, c in form.fields)
        of_case = {key: one for key, one in self._newest.items() if f"sagensBesvarelser.{key}" in asked}
        known = prefill(form, facts, {**context, "besvarelser": earlier, "sagensBesvarelser": of_case})
        begun = fill(form, earlier.get(f"{form.id} begun") or people_in_forms.begun(form.id, self.story), known)
        written = fill_in(
            form, begun, Context(now=now, facts=facts, variables=context), self.pen.writer(form.id, by, now)
        )
        self.remember(task.instance_id, form.id, written)
        return written

    def _receivers(self, stands: Standing) -> list[Step]:
        steps = []
        for offer in stands.offers:
            if offer.id in self.hushed:
                continue
            key = (offer.id, offer.version)
            if key not in self._offers:
                self._offers[key] = Step(*answering.plan(self, offer))
            steps.append(self._offers[key])
        return steps
