"""The event log is taken away on a page of its own, by process owners only; that stands in the history."""

from __future__ import annotations

import json

from casework.queries.process_drafts.process_history import process_history

PAGE = "/processes/intake_to_assessment/event-log"


def test_a_process_owner_takes_either_file(visitor, emil, town):
    birgit = visitor("birgit")
    assert "Hændelseslog" in birgit.get(PAGE).text

    xes = birgit.post(PAGE, {"kind": "xes", "version": "1"})
    ocel = birgit.post(PAGE, {"kind": "ocel", "first": "1.11.2026", "last": "30.11.2026"})

    assert xes.headers["Content-Disposition"] == 'attachment; filename="intake_to_assessment.xes"'
    assert xes.data.count(b"<trace>") == 1
    assert emil.number not in xes.text
    assert len({o["id"] for o in json.loads(ocel.data)["objects"] if o["type"] == "case"}) == 1
    assert [row.kind for row in process_history(town.birgit, "intake_to_assessment")][:2] == ["event_log_taken"] * 2


def test_refuses_who_may_not_and_what_makes_no_sense(visitor, emil):
    assert visitor("mette").get(PAGE).status_code == 403
    assert visitor("mette").post(PAGE, {"kind": "xes"}).status_code == 403
    assert visitor("birgit").get("/processes/hest/event-log").status_code == 404
    assert visitor("birgit").post(PAGE, {"version": "7"}).status_code == 404
    wrong = visitor("birgit").post(PAGE, {"kind": "xes", "first": "hest"})
    assert wrong.status_code == 422
    assert "Skriv en dato" in wrong.text
