"""A leader puts right what was answered, on the page of the filled form; others cannot."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import Submission, UserTask
from casework.operations.attach_file import attach_file
from casework.operations.complete_user_task import complete_user_task
from tests import files
from tests.web.test_who_sees_what import F01
from tests.web.visitors import fields


@pytest.fixture
def registered(emil, town):
    complete_user_task(town.mette, task_id=emil.task_id, answers=F01)
    return newest()


def newest():
    with read() as session:
        return session.scalars(select(Submission.id).order_by(Submission.id.desc())).first()


def open_tasks():
    with read() as session:
        query = select(UserTask.element_id).where(UserTask.state.in_(["open", "claimed"]))
        return sorted(session.scalars(query))


def address(submission_id):
    return f"/submissions/{submission_id}/correction"


def test_a_leader_puts_answers_right_and_the_process_goes_on_from_there(visitor, town, registered):
    karin = visitor("karin")
    shown = karin.get(f"/submissions/{registered}")
    assert address(registered) in shown.text
    page = karin.get(address(registered))
    written = fields(page, address(registered))

    answer = karin.post(
        address(registered),
        {
            **written,
            "underretterType": "skole",
            "erUnderretning": "nej",
            "correction_reason": "Det var en henvendelse",
            "correction_goes_on": "after",
        },
    )

    assert answer.status_code == 303
    assert open_tasks() == ["afklarHenvendelse"]
    after = karin.get(answer.location)
    assert "Det var en henvendelse" in after.text
    assert f"/submissions/{registered}" in after.text
    assert "Svarene er rettet siden" in karin.get(f"/submissions/{registered}").text


def test_without_a_reason_nothing_changes_and_what_was_written_stays(visitor, town, registered):
    karin = visitor("karin")
    written = fields(karin.get(address(registered)), address(registered))

    answer = karin.post(address(registered), {**written, "bekymring": "Noget helt andet", "correction_reason": ""})

    assert answer.status_code == 422
    assert "Noget helt andet" in answer.text
    assert 'href="#correction-correction_reason"' in answer.text
    assert newest() == registered


def test_wrong_answers_are_named(visitor, town, registered):
    karin = visitor("karin")
    written = fields(karin.get(address(registered)), address(registered))

    answer = karin.post(address(registered), {**written, "barnNavn": "", "correction_reason": "Fejl"})

    assert answer.status_code == 422
    assert newest() == registered


def test_only_who_may_is_offered_it_and_gets_it(visitor, town, registered):
    mette = visitor("mette")

    assert address(registered) not in mette.get(f"/submissions/{registered}").text
    assert mette.get(address(registered)).status_code == 403
    assert mette.post(address(registered), {"correction_reason": "Fejl"}).status_code == 403
    assert visitor("sofie").get(address(registered)).status_code == 404
    assert newest() == registered


def test_the_form_follows_its_answers(visitor, town, registered):
    karin = visitor("karin")
    written = fields(karin.get(address(registered)), address(registered))

    answer = karin.post(f"{address(registered)}/fields", {**written, "erUnderretning": "nej"})

    assert answer.status_code == 200
    assert 'id="fields"' in answer.text
    assert "tegn" not in fields_named(answer)


def fields_named(answer):
    return {part.split('"')[0] for part in answer.text.split('name="')[1:]}


def test_files_stay_with_answers_that_are_put_right_unless_somebody_takes_them_away(visitor, emil, town):
    taken = attach_file(town.mette, task_id=emil.task_id, path="bilag", name="note.txt", content=files.TEXT).id
    complete_user_task(town.mette, task_id=emil.task_id, answers=F01 | {"bilag": [str(taken)]})
    first, karin = newest(), visitor("karin")
    page = karin.get(address(first))
    more = {"underretterType": "skole", "correction_reason": "Tastefejl"}
    written = fields(page, address(first)) | more

    kept = karin.get(karin.post(address(first), {**written, "bekymring": "Noget andet"}).location)
    second = newest()
    karin.post(address(second), fields(karin.get(address(second)), address(second)) | more | {"bilag": ""})

    assert "upload:bilag" not in page.text
    assert "note.txt" in kept.text
    assert "note.txt" not in karin.get(f"/submissions/{newest()}").text
    assert "note.txt" in karin.get(f"/submissions/{first}").text
    assert karin.get(f"/documents/{taken}").data == files.TEXT
