"""The journal tells when it was tampered with."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, update

from casework.cli.verify_journal import verify_journal as command
from casework.database import transaction
from casework.model import Case, JournalEntry
from casework.operations.complete_user_task import complete_user_task
from casework.queries.verify_journal import verify_journal
from tests.operations.asking import started
from tests.operations.processes import one_after_the_other, release


@pytest.fixture
def written(cast):
    """Five entries."""
    release(one_after_the_other("a", "b", "c"))
    current = started(cast).task_ids
    while current:
        current = complete_user_task(cast.mette, task_id=current[0], answers={}).next_task_ids
    return cast


def change(statement):
    with transaction() as session:
        session.execute(statement)


def test_what_was_written_holds(written):
    assert verify_journal() == []
    assert verify_journal(case_id=written.case_id) == []


@pytest.mark.parametrize(
    ("tampered", "number"),
    [
        (update(JournalEntry).where(JournalEntry.number == 2).values(actor="Sofie Lindegaard"), 2),
        (update(JournalEntry).where(JournalEntry.number == 3).values(details={"task": "Andet"}), 3),
        (delete(JournalEntry).where(JournalEntry.number == 2), 2),
        (delete(JournalEntry).where(JournalEntry.number == 5), 5),
        (update(Case).values(journal_length=4), 6),
    ],
)
def test_any_change_is_found_with_its_place(written, tampered, number):
    change(tampered)

    (broken,) = verify_journal()

    assert (broken.case_number, broken.number) == ("S-2026-0417", number)


def test_the_command_tells_and_exits_by_it(written):
    fine = CliRunner().invoke(command, ["--language", "en"])
    change(update(JournalEntry).where(JournalEntry.number == 2).values(kind="note_added"))
    broken = CliRunner().invoke(command, ["--json", "--language", "en"])

    assert (fine.exit_code, fine.output) == (0, "Every journal says what was written.\n")
    assert broken.exit_code == 1
    assert json.loads(broken.output)[0]["number"] == 2
