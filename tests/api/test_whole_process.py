"""Another system takes a notification to its end over the API alone: it reads what each task asks from its JSON Schema."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from casework import clock
from casework.config import TIME_ZONE
from casework.config import settings as current_settings
from casework.demo.load import MUNICIPALITY
from casework.model import SYSTEM
from casework.operations.deploy_processes import deploy_processes
from casework.operations.load_municipality import load_municipality
from workers.execute import run_ready_jobs
from workers.sweep import do_what_is_due

#: A Monday morning.
RECEIVED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
#: What a person decides on this way; everything else is answered by its schema.
DECIDED = {
    "erUnderretning": True,
    "underretterType": "skole",
    "erFagperson": True,
    "tegn": ["ingen"],
    "haandtering": "ingen_akut",
    "overgreb": False,
    "aeresrelateret": False,
    "akutBehov": False,
    "samtaleHoldt": True,
    "naeste": "screening",
    "fagpersoner": ["ingen"],
    "spor": "D",
    "indsatsNu": False,
    "samtykke": True,
    "godkendt": True,
    "konklusion": "ingen_stoette",
    "udfald": "ingen_stoette",
    "fysiskBrev": False,
    "hjemmel": "samme_myndighed",
}
MOST_ROUNDS = 60


def test_a_notification_becomes_an_assessed_case_over_the_api_alone(api, cast, clock, tmp_path):
    clock.move_to(RECEIVED)
    units = tmp_path / "units.toml"  # somebody for every lane; the people are the cast's
    units.write_text(MUNICIPALITY.read_text(encoding="utf-8").partition("[[employee]]")[0], encoding="utf-8")
    load_municipality(SYSTEM, path=units)
    deploy_processes(SYSTEM, folder=current_settings().processes, forms=current_settings().forms)
    system = api.system()
    reference = system.post("/notifications", {"answers": _notification()}).get_json()["reference"]
    case = system.get(f"/notifications/{reference}").get_json()

    done = _work_through(system, api.system(unit="familiegruppe_nord"), case["case_id"], clock)

    read = system.get(f"/cases/{case['case_id']}").get_json()
    states = {one["process_id"]: one["state"] for one in read["instances"]}
    kinds = [entry["kind"] for entry in _journal(system, case["case_id"])]
    assert states["intake_to_assessment"] == "completed"
    assert {"F01", "F02", "F05", "F07", "F08", "F11", "F28"} <= done
    assert read["responsible_unit"]["id"] == "familiegruppe_nord"
    assert {"handoff_offered", "handoff_accepted", "letter_sent"} <= set(kinds)
    assert all(
        row["due"]["state"] == "done" for row in _deadlines(system, case["case_id"]) if row["key"] == "vurdering24"
    )


def _notification():
    return {
        "barnNavn": "Emil Brandt Lauritsen",
        "foedselsdato": "2014-03-14",
        "bekymring": "Emil har to mandage i træk været meget træt.",
    }


def _work_through(system, receiver, case_id, moves):
    """Complete what stands, accept what is offered, let days pass; gives the keys of the forms that were filled in."""
    done = set()
    for _ in range(MOST_ROUNDS):
        while run_ready_jobs():
            pass
        case = system.get(f"/cases/{case_id}").get_json()
        if all(one["state"] != "running" for one in case["instances"] if one["process_id"] == "intake_to_assessment"):
            return done
        acted = [_accept(receiver, row) for row in case["handoffs"] if row["state"] == "offered"]
        acted += [_complete(system, row["task_id"], done) for row in case["tasks"]]
        if not acted:
            moves.advance(days=3)
            do_what_is_due()
    waiting = [row["name"] for row in system.get(f"/cases/{case_id}").get_json()["tasks"]]
    raise AssertionError(f"the case does not end; it waits at {waiting}")


def _accept(receiver, row):
    answer = receiver.post(f"/handoffs/{row['id']}/acceptance", {})
    assert answer.status_code == 200, answer.get_json()
    return row["id"]


def _complete(system, task_id, done):
    task = system.get(f"/tasks/{task_id}").get_json()
    schema = system.get(f"/tasks/{task_id}/schema").get_json()
    late = {"late_reason": "ressourcer"} if task["needs_late_reason"] else {}
    for day in (clock.now(), clock.now() + timedelta(days=7)):  # some questions ask for a day that is still to come
        answers = _filled(schema, task["answers"], day)
        answer = system.post(f"/tasks/{task_id}/completion", {"answers": answers} | late)
        if answer.status_code != 422:
            break
    assert answer.status_code == 201, (task["name"], answer.get_json())
    assert answer.get_json()["incident_id"] is None
    done.add(task["form_key"])


def _filled(schema, known, day):
    """An answer to every property of an object; what the case knows already stays, what may be empty is left empty."""
    return {name: _answer(name, of, known.get(name), day) for name, of in schema.get("properties", {}).items()}


def _answer(name, of, known, day):
    if name in DECIDED:
        return DECIDED[name]
    if known not in (None, "", []) or "anyOf" in of:
        return known
    options = [one["const"] for one in of.get("items", of).get("oneOf", [])]
    match of.get("type"):
        case "array":
            return options[:1] or [_filled(of["items"], {}, day)]
        case "object":
            return _filled(of, {}, day)
        case "boolean":
            return False
        case "number" | "integer":
            return of.get("minimum", 1)
    return options[0] if options else _text(of.get("format"), day)


def _text(form, day):
    local = day.astimezone(TIME_ZONE)
    return {"date": local.date().isoformat(), "date-time": local.isoformat()}.get(form, "Noget at skrive")


def _journal(system, case_id):
    page = system.get(f"/cases/{case_id}/journal?limit=100").get_json()
    return page["items"]


def _deadlines(system, case_id):
    return system.get(f"/deadlines?case_id={case_id}&state=all&limit=100").get_json()["items"]
