"""The page on which a process owner moves running instances to another version: look, choose, move, stop, go back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import InstanceMove, ProcessInstance, Submission, UserTask
from casework.operations.complete_user_task import complete_user_task
from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from casework.operations.moving_instances.steer_move import stop_instance_move
from casework.operations.save_draft import save_draft
from casework.operations.start_process import start_process
from tests.diagrams import end, node, process, start
from tests.operations.moving import beside, row, rule, task
from tests.operations.processes import a_form, field, release

PAGE = "/processes/p/move"


@pytest.fixture
def running(town, emil):
    """Three instances of a process on Emil's case, two at A and one at B, and a new version without B."""
    release(row("a", "b", ext=rule("P6D")), forms={"F01": a_form("F01", field("note"), field("gammelt"))})
    begun = [start_process(town.mette, case_id=emil.case_id, process_id="p") for _ in range(3)]
    save_draft(town.mette, task_id=begun[0].task_ids[0], answers={"gammelt": "Hemmeligt om Emil"}, draft_version=0)
    complete_user_task(town.mette, task_id=begun[2].task_ids[0], answers={})
    release(
        row("a", "c", ext=rule("P8D"), **beside("P3D")),
        forms={"F01": a_form("F01", field("note"))},
    )
    return begun


def move_ids():
    with read() as session:
        return list(session.scalars(select(InstanceMove.id).order_by(InstanceMove.created_at)))


def versions():
    with read() as session:
        return sorted(
            str(of)
            for of in session.scalars(
                select(ProcessInstance.process_version_id).where(ProcessInstance.process_id == "p")
            )
        )


def chosen(page):
    return re.findall(r'name="group" value="([^"]+)" checked', page.text)


def send(visitor, page, **more):
    """Press the button under the page as it is shown."""
    hidden = dict(re.findall(r'<input type="hidden" name="(from|to|part|shown)" value="([^"]*)"', page.text))
    return visitor.post(PAGE, {**hidden, "group": chosen(page), "do": "start", "reason": "Ny frist", **more})


BESIDE = process(
    start(), node("parallelGateway", "split"), node("parallelGateway", "join"), task("a"), task("b"), task("ny"), end(),
    flows="start split, split a, split ny, a join, ny join, join b, b end",
)  # fmt: skip


def test_who_stands_where_and_what_would_become_of_them(visitor, running, emil):
    page = visitor("birgit").get(PAGE)

    assert page.status_code == 200
    assert "2 af 3 forløb" in page.text
    assert "Det står ved B, som ikke har noget modstykke" in page.text
    assert "6 dage → 8 dage, 2 frister" in page.text
    assert "»gammelt« er besvaret i 1 kladder" in page.text
    assert "venter også på T" in page.text
    assert emil.number not in page.text
    assert "Hemmeligt" not in page.text
    assert visitor("anders").get(PAGE).text.count(emil.number) == 3


def test_a_pair_that_is_chosen_lets_the_others_move_too(visitor, running):
    birgit = visitor("birgit")

    page = birgit.post(PAGE, {"from": "1", "to": "2", "pair:p/b": "p/c", "do": "preview"})

    assert "Alle 3 forløb" in page.text
    assert "valgt af dig" in page.text
    assert move_ids() == []


def test_what_is_chosen_is_moved_and_moved_back(visitor, running, town):
    birgit, before = visitor("birgit"), versions()
    page = birgit.get(PAGE)

    refused = send(birgit, page, reason=" ")
    assert refused.status_code == 422
    sent = send(birgit, page)
    (move_id,) = move_ids()
    assert sent.location == f"/instance-moves/{move_id}"
    status = birgit.get(sent.location)
    assert "0 af 2" in status.text
    assert "hx-get" in status.text

    assert birgit.post(f"/instance-moves/{move_id}/stop").status_code == 303
    assert move_waiting_instances() == 0
    assert "Fortsæt" in birgit.get(sent.location).text
    assert birgit.post(f"/instance-moves/{move_id}/resume").status_code == 303
    while move_waiting_instances():
        pass
    done = birgit.get(sent.location)
    assert "2 af 2" in done.text
    assert "hx-get" not in birgit.get(f"{sent.location}/progress").text
    assert len(set(versions())) == 2
    assert "begyndt" in birgit.get(PAGE).text

    back = birgit.post(f"{sent.location}/back", {"reason": "Fortrudt"})
    assert back.status_code == 303
    while move_waiting_instances():
        pass
    assert versions() == before
    assert "Taget tilbage af" in birgit.get(sent.location).text


def test_what_becomes_of_new_branches_is_chosen_and_seen_before_anybody_is_moved(visitor, town, emil):
    release(row("a", "b"))
    start_process(town.mette, case_id=emil.case_id, process_id="p")
    release(BESIDE)
    birgit = visitor("birgit")
    page = birgit.get(PAGE)
    assert "Samtidig med A har den nye version Ny, som ikke er begyndt her" in page.text
    assert "Nye grene" in page.text

    unseen = send(birgit, page, branches="begin")
    assert (unseen.status_code, move_ids()) == (409, [])
    assert "begynder den nye gren: Ny" in unseen.text
    assert "går videre uden den nye gren: Ny" in send(birgit, page, branches="skip", do="preview").text
    assert send(birgit, unseen, branches="begin").status_code == 303

    while move_waiting_instances():
        pass
    with read() as session:
        names = session.scalars(
            select(UserTask.element_id).where(UserTask.process_id == "p", UserTask.state == "open")
        ).all()
    assert sorted(names) == ["a", "ny"]
    assert "fra version 1 til version 2 og begyndte Ny" in visitor("mette").get(f"/cases/{emil.case_id}/journal").text
    assert "Er der skrevet noget i den" in birgit.get(f"/instance-moves/{move_ids()[0]}").text


def test_more_than_are_looked_at_at_once_are_shown_part_by_part(visitor, running, monkeypatch):
    monkeypatch.setattr("casework.queries.moving_instances.running.MOST", 2)
    birgit = visitor("birgit")

    first, second = birgit.get(PAGE), birgit.get(f"{PAGE}?part=2")

    assert (
        "3 forløb kører på version 1, flere end der ses på og flyttes på én gang. Her er nummer 1 til 2" in first.text
    )
    assert "Her er nummer 3 til 3" in second.text
    assert "Det står ved B" in second.text
    assert send(birgit, first).status_code == 303
    while move_waiting_instances():
        pass
    assert "ses på og flyttes på én gang" not in birgit.get(f"{PAGE}?from=1").text


def test_a_stopped_move_cannot_be_stopped_again(visitor, running, town):
    birgit = visitor("birgit")
    page = birgit.get(PAGE)
    send(birgit, page)
    (move_id,) = move_ids()
    stop_instance_move(town.birgit, move_id=move_id)

    assert birgit.post(f"/instance-moves/{move_id}/stop").status_code == 409


def test_who_may_not_sees_nothing(visitor, running):
    assert visitor("mette").get(PAGE).status_code == 403
    assert visitor().get(PAGE).status_code == 303
    assert visitor("birgit").get("/processes/hest/move").status_code == 404
    assert visitor("birgit").get(f"{PAGE}?from=9").status_code == 404
    assert visitor("birgit").get("/instance-moves/01a21c68-7a54-730c-9e85-43de83affced").status_code == 404


def test_who_sits_in_front_of_a_task_meanwhile_goes_on_writing_and_is_told_of_the_new_form(visitor, running, town):
    mette, birgit = visitor("mette"), visitor("birgit")
    page = f"/tasks/{running[0].task_ids[0]}"
    stamp = mette.get(f"/live?of=task&id={running[0].task_ids[0]}").get_json()["stamp"]
    posted = {"version": "1", "draft_version": "1", "note": "Skrevet bagefter"}
    send(birgit, birgit.get(PAGE))
    while move_waiting_instances():
        pass

    kept = mette.post(f"{page}/draft", posted)
    handed_in = mette.post(page, {**posted, "draft_version": "2", "do": "complete"})

    assert (kept.status_code, kept.get_json()["draft_version"]) == (200, 2)
    assert mette.get(f"/live?of=task&id={running[0].task_ids[0]}").get_json()["stamp"] != stamp
    assert handed_in.status_code == 409
    assert "Skrevet bagefter" in handed_in.text
    assert "gammelt" not in handed_in.text
    assert mette.post(page, {**posted, "version": "2", "draft_version": "2", "do": "complete"}).status_code == 303


def test_pages_of_a_case_bear_that_a_step_it_has_passed_is_no_more(visitor, town, emil):
    release(row("x", "a", "b", ext=""))
    begun = start_process(town.mette, case_id=emil.case_id, process_id="p")
    complete_user_task(town.mette, task_id=begun.task_ids[0], answers={"bemaerkning": "Gjort"})
    release(row("a", "b"))
    birgit = visitor("birgit")
    page = birgit.get(PAGE)
    send(birgit, page)
    while move_waiting_instances():
        pass
    assert len(set(versions())) == 1
    with read() as session:
        submission = session.scalars(select(Submission).where(Submission.user_task_id == begun.task_ids[0])).one()

    karin = visitor("karin")
    pages = [f"/instances/{begun.instance_id}", f"/instances/{begun.instance_id}/element", f"/cases/{emil.case_id}"]
    pages += [
        f"/cases/{emil.case_id}/journal",
        f"/submissions/{submission.id}",
        f"/submissions/{submission.id}/correction",
    ]
    pages += ["/overview", "/overview/forecast", "/overview/heat?process=p", "/overview/heat?process=p&version=1", "/"]
    assert {path: karin.get(path).status_code for path in pages} == dict.fromkeys(pages, 200)
    assert "flyttede forløbet" in karin.get(f"/cases/{emil.case_id}/journal").text
    answers = {"corrects": str(submission.id), "bemaerkning": "Rettet", "reason": "Tastefejl", "goes_on": "stays"}
    assert karin.post(f"/submissions/{submission.id}/correction", answers).status_code in (303, 422)
    assert karin.post(f"/submissions/{submission.id}/correction", answers | {"goes_on": "again"}).status_code in (
        409,
        422,
    )
