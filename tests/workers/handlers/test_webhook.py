"""Topic `webhook`: messages of processes reach systems outside, signed, once, and are never lost without a word."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from casework.database import read
from casework.errors import ForbiddenError, InvalidError
from casework.model import SYSTEM, AccessEntry, Incident, IncidentState, InstanceState, Job, ProcessInstance, Webhook
from casework.operations.create_webhook import create_webhook
from casework.operations.end_webhook import end_webhook
from casework.operations.retry_incident import retry_incident
from casework.operations.start_process import start_process
from casework.operations.turns import outbound
from casework.queries.webhooks import webhooks
from tests.diagrams import end, node, process, start
from tests.operations.processes import release
from workers.execute import run_ready_jobs

SHARED = '<bpmn:message id="m" name="AfgoerelseSendt"/><bpmn:message id="n" name="Intern"/>'
SEND = node("sendTask", "send", ext='<sag:input name="akut" value="=1 = 1"/>', messageRef="m")
LIMIT = 8


class Outside:
    """A system outside on loopback; `answers` are its status codes in turn, then 204 for ever."""

    def __init__(self):
        self.received, self.answers = [], []
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outside.received.append((dict(self.headers), body))
                status = outside.answers.pop(0) if outside.answers else 204
                self.send_response(status)
                if status == 307:
                    self.send_header("Location", f"{outside.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def outside():
    server = Outside()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def _fresh():
    outbound.forget()


@pytest.fixture
def hook(cast, outside):
    release(process(start(), SEND, end(), flows="start send, send end", shared=SHARED))
    return create_webhook(
        cast.anders, name="Fagsystemet", url=outside.url, messages=["AfgoerelseSendt"], legal_basis="fvl28"
    )


def run(clock, times=LIMIT):
    for _ in range(times):
        while run_ready_jobs():
            pass
        clock.advance(hours=1)


def all_rows(model):
    with read() as session:
        return list(session.scalars(select(model)))


def test_a_message_reaches_who_asked_for_it_signed(cast, clock, hook, outside):
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    run(clock)

    ((headers, body),) = outside.received
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == expected
    assert headers["Idempotency-Key"] == headers["webhook-id"]
    said = json.loads(body)
    assert (said["type"], said["data"]["payload"], said["data"]["legal_basis"]) == (
        "AfgoerelseSendt", {"akut": True}, "fvl28",
    )  # fmt: skip
    assert said["data"]["case_id"] == str(cast.case_id)
    assert b"Emil" not in body
    assert started.instance_id


def test_what_has_left_is_on_record(cast, clock, hook):
    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    run(clock)

    exported = [entry.detail for entry in all_rows(AccessEntry) if entry.kind == "export"]
    assert exported == ["AfgoerelseSendt → Fagsystemet"]


def test_a_busy_receiver_gets_it_later_under_the_same_id(cast, clock, hook, outside):
    outside.answers = [503, 429]
    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    run(clock)

    assert len(outside.received) == 3
    assert len({headers["webhook-id"] for headers, _ in outside.received}) == 1
    assert len({body for _, body in outside.received}) == 1
    assert all_rows(Incident) == []


@pytest.mark.parametrize("answers", [[400], [307], [503] * 6], ids=["refused", "sent elsewhere", "down for long"])
def test_one_that_does_not_arrive_is_an_incident_and_can_be_retried(cast, clock, hook, outside, answers):
    outside.answers = list(answers)
    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    run(clock)

    (incident,) = all_rows(Incident)
    assert (incident.state, incident.element_id) == (IncidentState.OPEN, "send")
    assert [row.state for row in all_rows(ProcessInstance)] == [InstanceState.COMPLETED]
    assert [(row.waiting, row.failed) for row in webhooks(cast.anders)] == [(0, 1)]

    retry_incident(cast.anders, incident_id=incident.id)
    run(clock)

    assert len(outside.received) == len(answers) + 1
    assert [row.state for row in all_rows(Incident)] == [IncidentState.SOLVED]
    assert [(row.waiting, row.failed) for row in webhooks(cast.anders)] == [(0, 0)]


def test_nobody_gets_what_they_did_not_ask_for(cast, clock, outside):
    other = SEND.replace('messageRef="m"', 'messageRef="n"')
    release(process(start(), other, end(), flows="start send, send end", shared=SHARED))
    words = {"url": outside.url, "legal_basis": "fvl28"}
    create_webhook(cast.anders, name="Et", messages=["AfgoerelseSendt"], **words)
    create_webhook(cast.anders, name="To", messages=["Intern"], unit_id="skoleforvaltningen", **words)
    gone = create_webhook(cast.anders, name="Tre", messages=["Intern"], **words)
    end_webhook(cast.anders, webhook_id=gone.id)

    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    run(clock, times=1)

    assert outside.received == []
    assert [job.topic for job in all_rows(Job) if job.topic == "webhook"] == []


def test_a_unit_includes_those_below_it(cast, clock, outside):
    release(process(start(), SEND, end(), flows="start send, send end", shared=SHARED))
    words = {"url": outside.url, "messages": ["AfgoerelseSendt"], "legal_basis": "fvl28"}
    create_webhook(cast.anders, name="Oppe", unit_id="boern_og_familie", **words)

    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    run(clock, times=1)

    assert len(outside.received) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://fagsystem.example/"),
        ("url", "https://navn:kode@fagsystem.example/"),
        ("url", "file:///etc/passwd"),
        ("url", "https://[::1"),
        ("messages", []),
        ("legal_basis", "ukendt"),
        ("unit_id", "ukendt"),
        ("name", " "),
    ],
)
def test_refuses_what_is_not_safe_or_not_known(cast, field, value):
    right = {"name": "Et", "url": "https://fagsystem.example/", "messages": ["Intern"], "legal_basis": "fvl28"}

    with pytest.raises(InvalidError) as refused:
        create_webhook(SYSTEM, **right | {field: value})

    assert list(refused.value.fields) == [field]
    assert all_rows(Webhook) == []


def test_only_administrators(cast):
    with pytest.raises(ForbiddenError):
        create_webhook(cast.karin, name="Et", url="https://x.example/", messages=["Intern"], legal_basis="fvl28")
    with pytest.raises(ForbiddenError):
        webhooks(cast.karin)
