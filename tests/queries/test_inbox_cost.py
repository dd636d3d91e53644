"""An inbox of a hundred thousand open tasks: one index scan for each unit, three statements, no sort of all that waits."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from casework import clock
from casework.calendar import day_of
from casework.database import dispose, engine, read, transaction
from casework.operations.name_substitutes import Period, name_substitutes
from casework.operations.put_task_aside import put_task_aside
from casework.queries.inbox import inbox
from casework.queries.load_actor import load_actor
from tests.cast import assemble
from tests.factories import a_deadline, a_task, an_instance
from tests.services.clock import MONDAY
from tests.services.database import connected_to

TASKS = 100_000
#: Rows that repeat one task, spread over 60 days, one in two hundred claimed by Mette.
REPEATED = """
INSERT INTO user_task (id, case_id, instance_id, engine_task_id, process_id, element_id, name, name_en, items, lane, unit_id,
    assignee_id, needs_separation, state, created_at, deadline_id, due_at, inbox_at, due_class, draft, draft_version,
    draft_marks, version)
SELECT gen_random_uuid(), t.case_id, t.instance_id, 'token-' || n, t.process_id, t.element_id, t.name, t.name_en, t.items,
    t.lane, t.unit_id, CASE WHEN n % 200 = 0 THEN CAST(:mette AS uuid) END, false,
    CASE WHEN n % 200 = 0 THEN 'claimed' ELSE 'open' END, t.created_at, t.deadline_id,
    t.due_at + n * interval '51.8 seconds', t.due_at + n * interval '51.8 seconds', t.due_class, t.draft, 0, t.draft_marks, 1
FROM user_task t, generate_series(1, :count) n WHERE t.id = :task
"""


@pytest.fixture(scope="module")
def _crowded(own_postgres_database):
    """Emil's case at Modtagelsen Nord with very many open tasks, most of them due in the coming weeks."""
    with connected_to(own_postgres_database), clock.moved_to(MONDAY):
        cast = assemble()
        instance = an_instance(cast.case_id)
        deadline = a_deadline(cast.case_id, instance_id=instance.id)
        task = a_task(cast.case_id, instance_id=instance.id, deadline_id=deadline.id, due_at=MONDAY, due_class="LOV")
        with transaction() as session:
            session.execute(text("ALTER TABLE user_task SET (autovacuum_enabled = false)"))
            session.execute(text(REPEATED), {"mette": cast.mette.id, "task": task.id, "count": TASKS})
        _settle()
    return own_postgres_database, cast


@pytest.fixture
def crowd(_crowded, settings):
    """Its people, for a test that leaves the tasks as they are."""
    url, cast = _crowded
    settings(DATABASE_URL=url)
    with clock.moved_to(MONDAY):
        yield cast
    dispose()


def _settle():
    """As it is after a night: an index alone answers only for pages that no running transaction may still change."""
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(100):  # the server's own housekeeping may hold an older snapshot for a moment
            connection.execute(text("VACUUM (ANALYZE) user_task"))
            query = "SELECT relallvisible >= 0.99 * relpages FROM pg_class WHERE relname = 'user_task'"
            if connection.scalar(text(query)):
                return
        held = "SELECT pid, backend_type, state, query FROM pg_stat_activity WHERE backend_xmin IS NOT NULL"
        raise AssertionError(connection.execute(text(held)).all())


def _statements(work):
    """What `work` sends to the database, with its parameters."""
    sent = []

    def note(_connection, _cursor, *said):
        sent.append(said[:2])

    event.listen(engine(), "before_cursor_execute", note)
    try:
        result = work()
    finally:
        event.remove(engine(), "before_cursor_execute", note)
    return sent, result


def _plan(statement, parameters):
    with read() as session:
        cursor = session.connection().connection.cursor()
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
        return cursor.fetchone()[0][0]["Plan"]


def _nodes(plan):
    yield plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner)


def test_a_page_is_an_index_scan_of_no_more_rows_than_it_shows(crowd):
    """Also of who stands in for Mette, and of the view of today, from which she has put things aside."""
    today = day_of(clock.now())
    week = Period(today, today + timedelta(days=6))
    name_substitutes(crowd.mette, absent_id=crowd.mette.id, substitute_ids=[crowd.nadia.id], period=week)
    put_task_aside(crowd.mette, task_id=inbox(crowd.mette, view="mine").rows[0].task_id, until=week.last_day)

    for reader, view in ((crowd.mette, "all"), (crowd.mette, "today"), (load_actor(crowd.nadia.id), "all")):
        following = inbox(reader, view=view).next_cursor
        sent, page = _statements(lambda: inbox(reader, view=view, cursor=following))  # noqa: B023  called at once

        assert len(sent) <= 3
        assert len(page.rows) == 20
        scans = [node for node in _nodes(_plan(*sent[0])) if node.get("Relation Name") == "user_task"]
        assert {node["Node Type"] for node in scans} <= {"Index Scan", "Index Only Scan"}
        assert "ix_user_task_inbox" in {node.get("Index Name") for node in scans}
        assert max(node["Actual Rows"] for node in scans) <= 21
    assert page.counts["covered"] == TASKS // 200


def test_the_counts_are_exact_and_touch_no_more_than_an_index(crowd):
    sent, page = _statements(lambda: inbox(crowd.mette))

    assert page.counts["all"] == TASKS + 1
    assert page.counts["mine"] == TASKS // 200
    assert page.counts["unclaimed"] == TASKS - TASKS // 200 + 1
    scans = [node for node in _nodes(_plan(*sent[1])) if node.get("Relation Name") == "user_task"]
    assert {node["Node Type"] for node in scans} <= {"Index Only Scan", "Index Scan", "Bitmap Heap Scan"}
    assert all(node["Node Type"] == "Index Only Scan" for node in scans if node["Actual Rows"] > 1000)


def test_the_last_page_costs_what_the_first_does(crowd):
    def took(cursor):
        times = []
        for _ in range(5):
            started = time.perf_counter()
            inbox(crowd.mette, cursor=cursor)
            times.append(time.perf_counter() - started)
        return min(times)

    deep = inbox(crowd.mette, view="mine", limit=200).next_cursor
    deep = inbox(crowd.mette, view="mine", limit=200, cursor=deep).next_cursor

    first, late = took(None), took(deep)

    assert len(inbox(crowd.mette, cursor=deep).rows) == 20
    assert late <= 3 * first
