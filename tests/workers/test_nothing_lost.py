"""A whole installation of real programs: whatever dies, every instance goes on, every effect has happened once, and the
journal holds."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from casework.config import ROOT
from casework.database import read
from casework.model import CaseDocument, InstanceState, Job, JobState, JournalEntry, ProcessInstance, Submission
from casework.operations.create_service_account import create_service_account
from casework.queries.verify_journal import verify_journal
from tests.diagrams import end, job, process, start, user
from tests.operations.processes import a_form, field, release
from tests.workers.programs import PATIENCE_SECONDS, WebServer, let_leases_end, wait_until

#: Real programs start here, on cores that other tests share.
pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.postgres,
    pytest.mark.parametrize("database", ["postgres"], indirect=True),
]

TEMPLATE = 'subject = "Indkaldelse"\nbody = "Kære {modtager}, kom og tal med os."\n'
LETTER = '<sag:input name="template" value="indkaldelse"/><sag:input name="recipient" value="mother"/>'
SCOPES = ("cases:read", "tasks:read", "tasks:write", "instances:write")


def asked(name):
    return user(name, camunda_candidateGroups="modtagelse")


#: Somebody decides, a machine writes, somebody decides, a machine writes, somebody decides.
DIAGRAM = process(
    start(),
    asked("a"),
    job("foerste", LETTER),
    asked("b"),
    job("andet", LETTER),
    asked("c"),
    end(),
    flows="start a, a foerste, foerste b, b andet, andet c, c end",
)


class Installation:
    """Web server, worker, broker, database and mail server, and one instance that somebody walks through."""

    def __init__(self, web, start_worker, mailbox, case_id):
        self.web, self.mailbox, self._start_worker = web, mailbox, start_worker
        self.worker = start_worker()
        _, started = web.ask("POST", f"/cases/{case_id}/instances", {"process_id": "p"})
        (self.task,) = started["task_ids"]

    def complete(self, **headers):
        """Complete the task that stands; give headers and body of the answer."""
        return self.web.ask("POST", f"/tasks/{self.task}/completion", {"answers": {"bemaerkning": "ja"}}, **headers)

    def next_task(self):
        """Wait for the machine, which stands before the next task."""
        last = self.task

        def has_come():
            _, body = self.web.ask("GET", "/tasks")
            self.task = next((item["task_id"] for item in body["items"]), None)
            return self.task not in (None, last)

        wait_until(has_come)

    def replace_the_worker(self):
        self.worker = self._start_worker()

    def walk_to_the_end(self):
        """Through what is left."""
        while True:
            self.complete()
            if state() is InstanceState.COMPLETED:
                return
            self.next_task()


@pytest.fixture
def _letters_go_by_mail(valkey, mailbox, settings, tmp_path):
    folder = tmp_path / "processes" / "letters"
    folder.mkdir(parents=True)
    (folder / "indkaldelse.toml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "letterhead.toml").write_bytes((ROOT / "processes" / "letters" / "letterhead.toml").read_bytes())
    settings(
        REDIS_URL=valkey.url,
        SAGSGANG_PROCESSES=str(tmp_path / "processes"),
        SAGSGANG_LETTERS="smtp",
        SAGSGANG_LETTERS_TO="fjernprint@kommune.example",
        SAGSGANG_SMTP=mailbox.address,
    )


@pytest.fixture
def installation(cast, start_worker, mailbox, tmp_path, _letters_go_by_mail):
    release(DIAGRAM, forms={"F01": a_form("F01", field("bemaerkning"))})
    web = WebServer(tmp_path / "web.log", create_service_account(cast.anders, name="System", scopes=SCOPES).key)
    web.start()
    yield Installation(web, start_worker, mailbox, cast.case_id)
    web.kill()


def state():
    with read() as session:
        return session.scalars(select(ProcessInstance.state)).one()


def number(table, *where):
    with read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


def assert_that_all_has_happened_once(installation):
    """Three answers, two letters kept and sent, two jobs done, and a journal of just that."""
    assert state() is InstanceState.COMPLETED
    assert number(Submission) == 3
    assert number(CaseDocument) == 2
    assert number(JournalEntry, JournalEntry.kind == "letter_sent") == 2
    # A mail that comes twice, because whoever sent it died before hearing that it was taken, carries the same id.
    assert len({mail["Message-ID"] for mail in installation.mailbox.messages}) == 2
    assert number(Job) == number(Job, Job.state == JobState.DONE) == 2
    assert verify_journal() == []


def test_a_worker_is_killed_in_the_middle_of_a_job(installation):
    arrived, go_on = threading.Event(), threading.Event()
    installation.mailbox.before = lambda: (arrived.set(), go_on.wait(PATIENCE_SECONDS))
    installation.complete()
    assert arrived.wait(PATIENCE_SECONDS)

    installation.worker.kill()
    assert number(Job, Job.state == JobState.CLAIMED) == 1
    let_leases_end()
    installation.mailbox.before = None
    installation.replace_the_worker()
    installation.next_task()
    go_on.set()

    installation.walk_to_the_end()
    assert_that_all_has_happened_once(installation)


def test_redis_is_flushed_and_started_again(installation, valkey):
    valkey.flush()
    installation.complete()
    installation.next_task()

    valkey.kill()
    installation.complete()
    installation.next_task()
    valkey.start()

    installation.walk_to_the_end()
    assert_that_all_has_happened_once(installation)


def test_the_server_is_killed_between_two_requests(installation):
    """Whoever did not hear the answer asks again, and gets it."""
    first, answer = installation.complete(**{"Idempotency-Key": "a"})

    installation.web.kill()
    installation.web.start()
    second, again = installation.complete(**{"Idempotency-Key": "a"})
    installation.next_task()

    assert (first["Idempotent-Replayed"], second["Idempotent-Replayed"]) == (None, "true")
    assert answer == again
    installation.walk_to_the_end()
    assert_that_all_has_happened_once(installation)
