"""Moving running instances over the API: looked at, begun, stopped, gone on, moved back; and the event log."""

from __future__ import annotations

import pytest

from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from tests.operations.asking import started
from tests.operations.moving import row, rule
from tests.operations.processes import release


@pytest.fixture
def running(cast):
    release(row("a", "b", ext=rule("P6D")))
    begun = [started(cast) for _ in range(2)]
    release(row("a1", "b", ext=rule("P6D"), camunda_formKey="F01"))
    return begun


def work():
    while move_waiting_instances():
        pass


def test_from_a_look_to_a_move_and_back(api, running):
    program = api.system("processes:read", "processes:write")
    seen = program.get("/processes/p/move").get_json()
    (group,) = seen["groups"]
    assert (group["count"], group["moves"]) == (2, True)
    assert [(one["key"], one["new"], one["how"]) for one in seen["pairs"]] == [
        ("p/a", "p/a1", "alike"),
        ("p/b", "p/b", "id"),
    ]

    wanted = {"process_id": "p", "from_version": 1, "to_version": 2, "reason": "Ny frist", "groups": [group["key"]]}
    started_move = program.post("/instance-moves", json={**wanted, "pairs": {"p/a": "p/a1"}})
    assert started_move.status_code == 201
    move = f"/instance-moves/{started_move.get_json()['move_id']}"
    assert (program.post(f"{move}/stop").status_code, program.post(f"{move}/resume").status_code) == (204, 204)
    work()
    assert program.get(move).get_json()["counts"] == {"waiting": 0, "moved": 2, "refused": 0, "passed_over": 0}

    back = program.post(f"{move}/back", json={"reason": "Fortrudt"})
    work()
    status = program.get(f"/instance-moves/{back.get_json()['move_id']}").get_json()
    assert (status["state"], status["from_version"], status["to_version"]) == ("done", 2, 1)


def test_tells_why_some_stay(api, running):
    wanted = {"process_id": "p", "from_version": 1, "to_version": 2, "reason": "Ny frist", "pairs": {"p/a": ""}}

    refused = api.birgit.post("/instance-moves", json=wanted)

    assert refused.status_code == 422
    assert "intet forløb" in refused.text


def test_gives_the_event_log(api, running):
    log = api.birgit.get("/processes/p/event-log/ocel?first=2026-01-01")

    assert {one["type"] for one in log.get_json()["objects"]} >= {"case", "instance", "task"}
    assert api.birgit.get("/processes/p/event-log/xes").data.startswith(b"<?xml")


def test_is_for_process_owners(api, running):
    assert api.mette.get("/processes/p/move").status_code == 403
    assert api.mette.get("/processes/p/event-log/xes").status_code == 403
    assert api.system("processes:read").get("/processes/p/move").status_code == 403
