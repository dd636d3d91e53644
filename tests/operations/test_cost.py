"""One completion is one transaction of few statements, and costs the same however long an instance has lived."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from sqlalchemy import event, func, select

from casework import cpr
from casework import database as casework_database
from casework.database import read
from casework.model import Deadline, ProcessInstance, Relation
from casework.operations.complete_user_task import complete_user_task
from casework.operations.receive_notification import receive_notification
from casework.operations.start_process import start_process
from casework.queries.load_actor import load_actor
from casework.scenarios.passing_time import let_pass, look
from tests.diagrams import MESSAGE, boundary, choice, end, job, message, node, process, start, timer, user
from tests.factories import a_case
from tests.operations.asking import one, open_elements, started, task_at
from tests.operations.intake import REGISTERED, release_intake
from tests.operations.processes import a_form, field, one_after_the_other, release

RECEIVED = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MOST = 15


class Counted:
    """Statements and commits on the test's database; BEGIN and COMMIT are no statements."""

    def __init__(self):
        self.statements, self.commits = [], 0

    def __enter__(self):
        self.engine = casework_database.engine()
        event.listen(self.engine, "before_cursor_execute", self._count)
        event.listen(self.engine, "commit", self._committed)
        return self

    def __exit__(self, *_):
        event.remove(self.engine, "before_cursor_execute", self._count)
        event.remove(self.engine, "commit", self._committed)

    def _count(self, _connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            self.statements.append(" ".join(statement.split())[:90])

    def _committed(self, _connection):
        self.commits += 1


def task(name, ext="", **attributes):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse", **attributes)


def test_a_plain_completion(cast):
    release(one_after_the_other("a", "b", "c"))
    (first,) = started(cast).task_ids
    (second,) = complete_user_task(cast.mette, task_id=first, answers={}).next_task_ids

    with Counted() as counted:
        actor = load_actor(cast.mette.id)
        complete_user_task(actor, task_id=second, answers={})

    assert len(counted.statements) <= 9, counted.statements
    assert counted.commits == 1


RULE = '<sag:deadline key="{key}" class="LOV" duration="PT24H" calendar="elapsed" start="=modtagetTid"/>'


def a_busy_place(*, is_extreme=False):
    """Completing `a` meets its deadline and one of the process, ends a timer, decides, and opens two tasks with deadlines, one
    of them of the process, a timer and a job. In the extreme it also ends and opens waits for messages.
    """
    whole = RULE.format(key="hele").replace("/>", ' met="a"/>') + RULE.format(key="alt")
    more = [boundary("ma", "a", message()), node("receiveTask", "svar", messageRef="m")] if is_extreme else []
    return process(
        start(),
        task("a", RULE.format(key="da")),
        boundary("ta", "a", timer("PT1H")),
        choice("g"),
        node("parallelGateway", "split"),
        task("b", RULE.format(key="db")),
        boundary("tb", "b", timer("PT9H"), interrupting=False),
        task("c", '<sag:deadlineRef key="alt"/>'),
        job("send"),
        *more,
        *(end(f"e{n}") for n in range(8 if is_extreme else 6)),
        flows="start a, ta e0, a g, g split if =ja, g e1 else, split b, split c, split send, tb e2, b e3, c e4, send e5"
        + (", ma e6, split svar, svar e7" if is_extreme else ""),
        shared=MESSAGE,
        inner=f"<bpmn:extensionElements>{whole}</bpmn:extensionElements>",
    )


FORM = a_form(
    "F01", field("ja", "checkbox", variable="ja"), field("tid", "datetime", subtype="datetime", fact="modtagetTid")
)
ANSWERS = {"ja": True, "tid": "2026-11-23T08:00:00+01:00"}


def counted_completion(cast, **words):
    (first,) = started(cast, **words).task_ids
    with Counted() as counted:
        actor = load_actor(cast.mette.id)
        complete_user_task(actor, task_id=first, answers=ANSWERS)
    assert counted.commits == 1
    return counted.statements


def test_time_that_passes(cast, clock):
    """At a moment with nothing to do one look is one statement; a day asks for what is due in it, and no more."""
    release(process(start(), task("a", RULE.format(key="da")), end(), flows="start a, a end"))
    started(cast, facts={"modtagetTid": clock.now})
    let_pass(clock.now)

    with Counted() as quiet:
        look()
    with Counted() as counted:
        let_pass(clock.now + timedelta(days=2))

    assert len(quiet.statements) == 1
    assert one(Deadline).escalation_level == 3
    assert len(counted.statements) <= 50, "\n".join(counted.statements)


def test_a_completion_with_much_to_do(cast):
    release(a_busy_place(), forms={"F01": FORM})
    counted_completion(cast, facts={"modtagetTid": RECEIVED})  # reads the form for the first time

    statements = counted_completion(cast)

    assert open_elements(cast.case_id) == ["b", "b", "c", "c"]
    assert task_at("c").due_at is not None
    assert len(statements) <= MOST, "\n".join(statements)


@pytest.mark.parametrize("late", [None, "Sygdom"])
def test_the_most_that_one_completion_can_do(cast, late, clock):
    """It also moves deadlines and ends and opens waits for messages, late or in time. Who acts was read before."""
    release(a_busy_place(is_extreme=True), forms={"F01": FORM})
    counted_completion(cast)
    (first,) = started(cast, facts={"modtagetTid": RECEIVED.replace(hour=5)}).task_ids
    clock.advance(days=3 if late else 0)

    with Counted() as counted:
        complete_user_task(cast.mette, task_id=first, answers=ANSWERS, late_reason=late)

    assert len(counted.statements) <= MOST, "\n".join(counted.statements)


FAMILY = {
    "modtagetTid": "2026-11-23T07:30:00+00:00",
    "kendskabsDato": "2026-11-23",
    "foraeldre": [
        {"navn": f"Forælder {n}", "relation": relation, "foraeldremyndighed": True, "maaKendeAdresse": n == 1}
        for n, relation in enumerate(("mor", "far", "anden"))
    ],
    "soeskende": [{"navn": f"Søskende {n}", "foedselsdato": f"201{n}-04-01"} for n in range(6)],
}


def test_a_registration_with_a_large_family_and_a_notifier(cast):
    release_intake()
    got = receive_notification(cast.mette, answers={"barnNavn": "Alma", "bekymring": "?"})
    answers = (
        REGISTERED | FAMILY | {"barnNavn": "Alma", "barnCpr": cpr.written("0501224321"), "foedselsdato": "2022-01-05"}
    )

    with Counted() as counted:
        complete_user_task(load_actor(cast.mette.id), task_id=got.task_id, answers=answers)

    with read() as session:
        assert session.scalar(select(func.count(Relation.id)).where(Relation.case_id == got.case_id)) == 10
    assert counted.commits == 1
    assert len(counted.statements) <= MOST, "\n".join(counted.statements)


STARTS = tuple(f"Besked{n}" for n in range(4))
THROWN = "".join(f'<bpmn:message id="m{n}" name="{name}"/>' for n, name in enumerate(STARTS))


def telling():
    """`a`, then four messages, one after the other."""
    sends = [node("intermediateThrowEvent", f"s{n}", message(f"m{n}")) for n in range(len(STARTS))]
    return process(
        start(),
        task("a"),
        *sends,
        end(),
        flows="start a, a s0, "
        + "".join(f"s{n} s{n + 1}, " for n in range(len(STARTS) - 1))
        + f"s{len(STARTS) - 1} end",
        shared=THROWN,
    )


def told(number):
    """Started by one of the messages: a task with a deadline."""
    rule = RULE.format(key=f"k{number}")
    return process(
        start(inner=message("m")),
        task("t", rule),
        end(),
        flows="start t, t end",
        shared=f'<bpmn:message id="m" name="{STARTS[number]}"/>',
        name=f"p{number}",
    )


def test_a_completion_that_starts_four_processes(cast):
    """The statements do not grow with the messages, nor with what they start; each process is read once by each server."""
    release(telling(), *(told(number) for number in range(len(STARTS))))
    (first,) = started(cast).task_ids
    complete_user_task(cast.mette, task_id=first, answers={})
    (first,) = started(cast).task_ids

    with Counted() as counted:
        done = complete_user_task(load_actor(cast.mette.id), task_id=first, answers={})

    assert len(done.next_task_ids) == len(STARTS)
    assert len(counted.statements) <= MOST, "\n".join(counted.statements)


def looping():
    return process(start(), task("a"), choice("g"), end(), flows="start a, a g, g end if =faerdig, g a else")


class Loop:
    """One instance that goes round, on a case of its own."""

    def __init__(self, actor):
        self.actor, self.spent = actor, []
        begun = start_process(actor, case_id=a_case().id, process_id="p")
        self.instance_id, self.current = begun.instance_id, begun.task_ids[0]

    def go_round(self, times=1):
        for _ in range(times):
            begun = time.process_time()
            (self.current,) = complete_user_task(self.actor, task_id=self.current, answers={}).next_task_ids
            self.spent.append(time.process_time() - begun)

    def size(self):
        with read() as session:
            here = ProcessInstance.id == self.instance_id
            return session.scalar(select(func.length(ProcessInstance.engine_state)).where(here))


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "database", ["sqlite"], indirect=True
)  # what grows would be the engine's state, wherever it is kept
def test_completion_2000_costs_what_completion_20_costs_and_the_state_stays_small(cast):
    """The two are measured by turns, so that a busy machine slows both."""
    release(looping())
    old, young = Loop(cast.mette), Loop(cast.mette)
    young.go_round(19)
    small = young.size()
    old.go_round(1999)

    for _ in range(40):
        old.go_round()
        young.go_round()

    assert old.size() == small < 16_000
    assert median(old.spent[-40:]) <= 1.3 * median(young.spent[-40:])
