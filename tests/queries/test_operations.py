"""What administrators and process owners see: incidents, queues, processes. No child is named."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.errors import NotFoundError
from casework.identifiers import new_id
from casework.model import Incident, Job, JobState, Timer
from casework.operations.mend_variables import mend_variables
from casework.operations.retry_incident import retry_incident
from casework.operations.start_process import start_process
from casework.queries.incident_page import incident_page
from casework.queries.incidents import incidents
from casework.queries.operations_page import operations_page
from casework.queries.process_diagram import process_diagram
from casework.queries.process_versions import process_versions
from tests.diagrams import choice, end, process, start, user
from tests.factories import a_deadline, a_message, an_instance, save
from tests.operations.asking import rows
from tests.operations.processes import release

STUCK = process(
    start(),
    choice("g"),
    user("a", camunda_candidateGroups="modtagelse"),
    user("b", camunda_candidateGroups="modtagelse"),
    end(),
    flows="start g, g a if =x > 1, g b if =x < 1, a end, b end",
)


@pytest.fixture
def incident(cast):
    """A process that finds no way out at its gateway."""
    release(STUCK)
    start_process(cast.mette, case_id=cast.case_id, process_id="p", variables={"x": 1})
    return rows(select(Incident))[0]


def test_an_incident_says_where_and_why(cast, incident):
    page = incidents(cast.anders)

    (row,) = page.rows
    assert (row.id, row.case_number, row.element.text("da"), row.process.text("da")) == (
        incident.id,
        "S-2026-0417",
        "G",
        "Proces p",
    )
    assert row.cause.text("en")
    assert not row.sees_case
    assert (page.open, page.solved_today) == (1, 0)
    assert "Emil" not in str(page)


def test_its_page_has_what_a_person_needs_to_mend_it(cast, incident):
    a_deadline(cast.case_id, instance_id=incident.instance_id)

    admins, mettes = incident_page(cast.anders, incident.id), incident_page(cast.mette, incident.id)

    assert admins.variables["x"] == 1
    assert admins.event["kind"]
    assert (admins.deadlines, admins.sees_case) == ((), False)
    assert (len(mettes.deadlines), mettes.sees_case) == (1, True)
    assert [said.text("da") for _, said in admins.log] == ["Mette Friis Andersen gik i stå ved G"]
    assert "Emil" not in str(admins)


def test_a_solved_one_is_counted_today_and_listed_apart(cast, incident, clock):
    mend_variables(cast.anders, incident_id=incident.id, changes={"x": 2}, reason="Tastefejl")
    retry_incident(cast.anders, incident_id=incident.id)

    page = incidents(cast.anders)
    assert (page.rows, page.open, page.solved_today) == ((), 0, 1)
    assert [row.solved_by for row in incidents(cast.anders, state="solved").rows] == ["Anders Kofoed"]
    assert [said.text("da") for _, said in incident_page(cast.anders, incident.id).log] == [
        "Mette Friis Andersen gik i stå ved G",
        "Anders Kofoed rettede værdier: x",
        "Anders Kofoed fik G i gang igen",
    ]
    clock.advance(days=1)
    assert incidents(cast.anders).solved_today == 0


def test_incidents_page_by_cursor(cast, incident):
    with transaction() as session:
        for _ in range(2):
            again = Incident(**{name: getattr(incident, name) for name in ("case_id", "instance_id", "process_id")})
            again.element_id, again.cause, again.created_at = "g", incident.cause, incident.created_at
            session.add(again)

    first = incidents(cast.anders, limit=2)
    second = incidents(cast.anders, limit=2, cursor=first.next_cursor)

    assert len({row.id for row in first.rows + second.rows}) == 3
    assert second.next_cursor is None


def test_only_administrators_and_those_who_see_the_case_see_its_incidents(cast, incident):
    assert len(incidents(cast.mette).rows) == 1
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.birgit, cast.torben):
        assert incidents(outsider, state="all").rows == ()
        assert incidents(outsider).open == 0
        for incident_id in (incident.id, uuid4()):
            with pytest.raises(NotFoundError):
                incident_page(outsider, incident_id)


def _job(topic, state, next_at):
    return Job(topic=topic, dedupe_key=str(new_id()), state=state, next_at=next_at, created_at=next_at)


def test_the_operations_page_shows_queues_timers_and_kept_messages(cast, clock):
    now = clock.now
    save(
        _job("letter", JobState.READY, now - timedelta(seconds=6)),
        _job("letter", JobState.CLAIMED, now),
        _job("notify", JobState.FAILED, now),
        _job("notify", JobState.DONE, now),
    )
    instance = an_instance(cast.case_id)
    for minutes in (-1, 30, 90):
        save(
            Timer(
                case_id=cast.case_id,
                instance_id=instance.id,
                engine_task_id=str(minutes),
                process_id="p",
                element_id="t",
                kind="timeDate",
                started_at=now,
                due_at=now + timedelta(minutes=minutes),
                calendar="elapsed",
                expression="PT1H",
            )
        )
    a_message(cast.case_id)

    page = operations_page(cast.anders)

    assert [(one.topic, one.waiting, one.running, one.failed) for one in page.queues] == [
        ("letter", 1, 1, 0),
        ("notify", 0, 0, 1),
    ]
    assert (page.jobs_waiting, page.oldest_job_seconds) == (1, 6)
    assert (page.timers_next_hour, page.late_timers, page.kept_messages, page.open_incidents) == (1, 1, 1, 0)
    assert page.database_ms > 0


def test_only_administrators_have_an_operations_page(cast):
    for other in (cast.mette, cast.karin, cast.birgit, cast.torben, cast.sofie):
        with pytest.raises(NotFoundError):
            operations_page(other)


def test_process_versions_count_what_runs_and_what_is_stuck(cast, incident):
    release(STUCK.replace(b'name="G"', b'name="Ny"'))

    newer, older = process_versions(cast.birgit, process_id="p")

    assert (newer.version, newer.state, newer.running, newer.incidents) == (2, "released", 0, 0)
    assert (older.version, older.state, older.running, older.incidents) == (1, "retired", 1, 1)
    assert process_diagram(cast.birgit, older.process_version_id) == STUCK
    assert process_versions(cast.birgit, process_id="another") == ()
    with pytest.raises(NotFoundError):
        process_diagram(cast.birgit, uuid4())


def test_the_incident_of_a_moment_ago_is_the_oldest_first(cast, incident):
    assert incidents(cast.anders).rows[0].created_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
