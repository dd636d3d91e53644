"""A demonstration that was really walked: true history, work for everybody, nothing for who must see nothing."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from casework import database as casework_database
from casework.config import settings
from casework.database import read
from casework.demo import answering, asides, copies
from casework.demo import load as load_module
from casework.demo.load import load_demonstration
from casework.demo.staff import Staff
from casework.model import (
    Case,
    CaseDocument,
    CaseState,
    Deadline,
    Escalation,
    Handoff,
    Incident,
    JournalEntry,
    Person,
    Submission,
    UserTask,
)
from casework.queries.cases import cases
from casework.queries.inbox import inbox
from casework.queries.search import search
from casework.queries.task_page import task_page
from casework.queries.verify_journal import verify_journal
from tests.demo.conftest import CASES, THURSDAY, load

TABLES = (Case, Person, UserTask, Submission, Deadline, Escalation, Handoff, Incident, CaseDocument, JournalEntry)
EMIL = "Emil Brandt Lauritsen"


def rows(query):
    with read() as session:
        return list(session.scalars(query))


@pytest.fixture
def staff(demonstration):
    return Staff()


def test_as_many_cases_as_asked_for_have_work_open(demonstration):
    assert demonstration.cases == CASES
    assert len(rows(select(Case.id))) == CASES
    assert demonstration.open_tasks == len(rows(select(UserTask.id).where(UserTask.state.in_(("open", "claimed")))))
    assert demonstration.open_tasks > 0


def test_the_journal_of_every_case_verifies(demonstration):
    assert verify_journal() == []


def test_history_lies_in_the_past_and_in_order(demonstration):
    written = rows(select(JournalEntry).order_by(JournalEntry.case_id, JournalEntry.number))

    assert max(entry.at for entry in written) <= THURSDAY
    for before, after in pairwise(written):
        assert before.case_id != after.case_id or before.at <= after.at


def test_nothing_is_stuck_but_letters_that_could_not_go_out(demonstration):
    assert {incident.element_id for incident in rows(select(Incident))} <= {"sendKvittering"}


def test_every_open_case_has_a_unit_that_answers_for_it(demonstration):
    units = rows(select(Case.responsible_unit_id).where(Case.state == CaseState.OPEN))

    assert units
    assert all(units)


def test_mette_finds_emils_assessment_due_today_with_what_she_has_begun(staff):
    mette = staff.named("mette")

    (row,) = [row for row in inbox(mette, view="today", limit=100).rows if row.child.name == EMIL]
    page = task_page(mette, row.task_id)

    assert row.is_mine
    assert page.form_key == "F02"
    assert THURSDAY < page.due.at < THURSDAY + timedelta(hours=24)
    assert page.answers["sikkerhedsSkala"] == 5
    assert "kæreste" in page.words[0].text


def test_emil_has_been_through_advice_and_an_assessment_before(staff):
    (case,) = [row for row in cases(staff.named("lars"), state="all", limit=100).rows if row.child.name == EMIL]

    forms = rows(
        select(UserTask.element_id).where(
            UserTask.case_id == case.case_id, UserTask.element_id.in_(("gennemfoer", "analyse"))
        )
    )

    assert sorted(forms) == ["analyse", "gennemfoer"]


def test_letters_have_gone_out_and_lie_among_the_documents(demonstration):
    letters = rows(select(CaseDocument.title))

    assert "Kvittering for din underretning" in letters
    assert list(settings().letters.rglob("*.pdf"))


def test_every_completion_was_one_transaction_of_at_most_fifteen_statements(completions):
    """Beside what a server reads once (a process or form it has not met) or every few seconds (units, webhooks)."""
    kept = ("SELECT process_version.", "SELECT artifact.", "SELECT unit.id,", "SELECT webhook.")
    counted = [[s for s in statements if not s.startswith(kept)] for statements in completions]
    most = max(counted, key=len)

    assert len(counted) > 10 * CASES
    assert len(most) <= 15, "\n".join(most)


def test_sofie_sees_nothing(staff):
    sofie = staff.named("sofie")

    assert inbox(sofie).rows == ()
    assert cases(sofie, state="all").rows == ()
    assert search(sofie, EMIL).cases == ()


def test_loading_into_a_database_that_has_cases_changes_nothing(demonstration):
    before = counts()

    again = load_demonstration(refuse, cases=3, seed=2)

    assert again.cases == 0
    assert counts() == before


def test_an_interrupted_load_goes_on_where_it_was(tmp_path, request, settings, monkeypatch):
    """Two processes walk it, and it ends after the first batch; then the rest comes in, and no case twice."""
    template, moved_in = request.getfixturevalue("_sqlite_template"), []

    def move_one_in(file):
        if moved_in:
            raise KeyboardInterrupt
        moved_in.append(file)
        copies.move_in(file)

    with monkeypatch.context() as patch:
        patch.setattr(load_module, "move_in", move_one_in)
        with pytest.raises(KeyboardInterrupt):
            load(tmp_path, template, cases=2, processes=2, batch=1)
    shutil.copy(tmp_path / "sagsgang.sqlite", tmp_path / "begun.sqlite")
    loaded = load(tmp_path, tmp_path / "begun.sqlite", cases=2, now=THURSDAY + timedelta(minutes=5))

    settings(DATABASE_URL=f"sqlite:///{tmp_path / 'sagsgang.sqlite'}", SAGSGANG_DATA=str(tmp_path))
    numbers = rows(select(Case.number).order_by(Case.opened_at))
    assert loaded.cases == 1
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 2
    assert verify_journal() == []
    assert not (tmp_path / "demonstration").exists()
    casework_database.dispose()


def test_the_same_seed_tells_the_same_stories(tmp_path, request, settings):
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        load(tmp_path / name, request.getfixturevalue("_sqlite_template"), cases=2)
        settings(DATABASE_URL=f"sqlite:///{tmp_path / name / 'sagsgang.sqlite'}")
        told.append((counts(), what_was_said()))

    assert told[0] == told[1]


def counts():
    with read() as session:
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in TABLES}


def what_was_said():
    with read() as session:
        entries = select(Case.number, JournalEntry.number, JournalEntry.kind, JournalEntry.at, JournalEntry.actor)
        return session.execute(entries.join(Case, Case.id == JournalEntry.case_id).order_by(Case.number)).all()


def refuse():
    raise AssertionError("nothing is to be done")


def test_who_waits_in_vain_for_another_unit_was_told_when_that_was_late(tmp_path, request, settings, monkeypatch):
    """Nothing of the past is left for the first worker to tell of today."""
    monkeypatch.setitem(asides._CHANCES, "ask_ppr", (1.0, 20.0, 60.0))
    monkeypatch.setattr(answering, "_BY_HAND", ("silence",))

    load(tmp_path, request.getfixturevalue("_sqlite_template"), cases=5)

    settings(DATABASE_URL=f"sqlite:///{tmp_path / 'sagsgang.sqlite'}", SAGSGANG_DATA=str(tmp_path))
    told = rows(select(JournalEntry).where(JournalEntry.kind == "handoff_late"))
    silent = rows(select(Handoff).where(Handoff.instance_id.is_(None), Handoff.state == "offered"))
    casework_database.dispose()
    assert told
    assert all(entry.at - datetime.fromisoformat(entry.details["due_at"]) < timedelta(minutes=1) for entry in told)
    assert not [one for one in silent if one.due_at < THURSDAY and one.escalated_at is None]
