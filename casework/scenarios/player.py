"""Takes the steps of a scenario one by one: the operations that people, machines and the clock call, where this context works.

People are nobody in particular here (`SYSTEM`): who may do what is asked by other tests. What differs from what the scenario
expects is a `Problem`; what it cannot go on from is an `OffScriptError` beside it.
"""

from __future__ import annotations

from collections import Counter
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from casework import clock
from casework.i18n import message
from casework.model import SYSTEM
from casework.operations.complete_user_task import complete_user_task
from casework.operations.receive_message import receive_message
from casework.operations.start_process import start_process
from casework.scenarios import looking
from casework.scenarios.attaching import attached
from casework.scenarios.clerk import filled
from casework.scenarios.doing import (
    HANDOFF_MOVES,
    correct,
    learn,
    newest_handoff,
    put_right_task,
    take_over,
    withdraw,
)
from casework.scenarios.ending import where_stuck
from casework.scenarios.expecting import differences
from casework.scenarios.outcome import Problem
from casework.scenarios.passing_time import let_pass, look, moment_meant
from casework.scenarios.scenario import Answer, Correct, Do, Expect, GoOn, Learn, Live, Tell, Wait, Withdraw
from casework.scenarios.stage import names_of, open_by_enquiry, open_case
from casework.scenarios.standing import context_of, form_now, standing, tasks
from casework.scenarios.words import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from casework.forms import Context
    from casework.i18n import Message
    from casework.queries.task_form import TaskForm
    from casework.scenarios.scenario import Scenario, Step
    from casework.scenarios.stage import Stage
    from casework.scenarios.standing import Task

#: Tasks that are completed in one go, before it is said that this leads nowhere.
MOST_TASKS = 200
#: So often one task comes with no time between, before it is answered otherwise.
PATIENCE = 8
LATE = "Prøve"
#: Is told of each form: as it was found, what its conditions read, and its answers.
HandedIn: TypeAlias = "Callable[[TaskForm, Context, Mapping[str, Any]], object]"


class OffScriptError(Exception):
    """The scenario cannot go on; the problem says why."""


class Player:
    """`stage` is there once it has begun; who goes on with a case that is there already sets it."""

    def __init__(self, scenario: Scenario, handed_in: HandedIn = lambda *_: None) -> None:
        self.scenario, self.handed_in = scenario, handed_in
        self.problems: list[Problem] = []
        self.stage: Stage | None = None

    @property
    def case_id(self) -> UUID:
        """The case that it happens to."""
        return self._on_stage.case_id

    @property
    def _on_stage(self) -> Stage:
        if self.stage is None:
            raise RuntimeError("the scenario has not begun")
        return self.stage

    def begin(self) -> None:
        """Open the case, and let the process begin."""
        start = self.scenario.start
        if start.enquiry is not None:
            self.stage = open_by_enquiry(self.scenario)
        else:
            self.stage = open_case(self.scenario)
            values = self._meant(start.values)
            if looking.is_process(start.name):
                start_process(SYSTEM, case_id=self.case_id, process_id=start.name, variables=values)
            else:
                self._tell(Tell(start.line, start.name, start.values))
        look()

    def take(self, step: Step) -> None:
        """Let it happen, and what follows from it at once."""
        self._take(step)
        look()

    @singledispatchmethod
    def _take(self, step: Any) -> None:
        raise TypeError(type(step).__name__)

    @_take.register
    def _do(self, step: Do) -> None:
        self._complete(self._task(step), step.answers)

    @_take.register
    def _go_on(self, step: GoOn) -> None:
        done: Counter[str] = Counter()
        for _ in range(MOST_TASKS):
            open_now = tasks(self.case_id)
            if step.until and any(task.is_called(step.until) for task in open_now):
                return
            ready = [task for task in open_now if not {task.form, task.element} & self.scenario.waits]
            if not ready:
                break
            self._complete(ready[0], {}, attempt=done[ready[0].element] // PATIENCE)
            done[ready[0].element] += 1
            look()
        else:
            self._off(step.line, message("After {count} tasks there is still no end.", count=MOST_TASKS))
        if step.until:
            self._off(step.line, message("{task} never came; nothing else stands.", task=step.until))

    @_take.register
    def _wait(self, step: Wait) -> None:
        let_pass(self._moment(step))

    @_take.register
    def _live(self, step: Live) -> None:
        until = self._moment(step.wait)
        while True:
            self._go_on(GoOn(step.line))
            if take_over(self.case_id):
                look()
                continue
            moment = standing().next
            if moment is None or moment > until:
                break
            let_pass(max(moment, clock.now()))
        let_pass(until)

    def _moment(self, step: Wait) -> datetime:
        now, until = clock.now(), moment_meant(step, self.case_id)
        if until is None:
            self._off(step.line, message("Nothing waits for that moment ({name}).", name=step.text or "næste"))
        if until < now:
            self._off(step.line, message("That is past: it is {now} already.", now=now))
        return until

    @_take.register
    def _tell(self, step: Tell) -> None:
        received = receive_message(
            SYSTEM,
            case_id=self.case_id,
            name=step.name,
            payload=self._meant(step.values),
            correlation=self._correlation(step),
        )
        if received.state == "kept":
            self._off(step.line, message("Nobody awaits the message {name}.", name=step.name))

    def _correlation(self, step: Tell) -> str:
        if step.to == "overlevering":
            return str(newest_handoff(self.case_id))
        return str(names_of(self._on_stage).get(step.to, step.to))

    @_take.register
    def _answer(self, step: Answer) -> None:
        handoff_id = newest_handoff(self.case_id, step.to)
        if handoff_id is None:
            self._off(step.line, message("There is no hand-off."))
        HANDOFF_MOVES[step.move](handoff_id)

    @_take.register
    def _learn(self, step: Learn) -> None:
        learn(self.case_id, self._meant(step.facts))

    @_take.register
    def _withdraw(self, step: Withdraw) -> None:
        if not withdraw(self.case_id):
            self._off(step.line, message("There is no consent that counts."))

    @_take.register
    def _correct(self, step: Correct) -> None:
        task = put_right_task(self.case_id, step.task)
        if task is None:
            self._off(step.line, message("{task} has not been completed.", task=step.task))
        correct(task, self._meant(step.answers), step.to)

    @_take.register
    def _expect(self, step: Expect) -> None:
        for difference in differences(step, self.case_id, self._meant):
            self.differs(step.line, difference)

    def _task(self, step: Do) -> Task:
        open_now = tasks(self.case_id)
        found = [task for task in open_now if task.is_called(step.task)]
        if found and len(found) < step.number:
            self._off(step.line, message("Of {task} there stand only {count}.", task=step.task, count=len(found)))
        if not found:
            names = sorted({f"{task.element} ({task.form})" if task.form else task.element for task in open_now})
            said = message("The task {task} does not stand. There stand: {tasks}.", task=step.task, tasks=names or "–")
            self._off(step.line, said)
        return found[step.number - 1]

    def _complete(self, task: Task, wanted: Mapping[str, Any], attempt: int = 0) -> None:
        form = form_now(task.id)
        answers: dict[str, Any] = {}
        if form.form is not None:
            usual = {**self.scenario.usual.get(task.form, {}), **self.scenario.usual.get(task.element, {})}
            wanted, usual = (attached(task.id, form.form, self._meant(one)) for one in (wanted, usual))
            context = context_of(form)
            answers = filled(form.form, form.answers, context, wanted=wanted, usual=usual, attempt=attempt)
            self.handed_in(form, context, answers)
        complete_user_task(SYSTEM, task_id=task.id, answers=answers, late_reason=LATE)

    def _meant(self, values: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = meant(dict(values), clock.now(), names_of(self._on_stage))
        return found

    def _off(self, line: int, said: Message) -> NoReturn:
        self.differs(line, said)
        for stuck in where_stuck(self.case_id):
            self.differs(line, stuck)
        raise OffScriptError

    def differs(self, line: int, said: Message) -> None:
        """Note what is otherwise than expected."""
        self.problems.append(Problem(line, said))
