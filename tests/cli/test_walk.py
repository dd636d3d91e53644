"""`casework walk`: random walks; exit code 1 for a difference, a crash or a standstill."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework
from casework.engine.loops import Instances
from tests import diagrams as d
from tests.engine.bad_diagrams import SUBSCRIBED, line


def run(*arguments):
    result = CliRunner().invoke(casework, ["walk", *map(str, arguments), "--json"])
    return result.exit_code, json.loads(result.stdout) if result.stdout else result.stderr


@pytest.fixture
def written(tmp_path):
    def write(content, name="proces.bpmn"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


NODES = [d.start(), d.user("a"), d.choice("g"), d.user("b"), d.boundary("t", "b", d.timer("P1D")), d.end()]
FLOWS = "start a, a g, g b if =alder > 17, g end else, b end, t a"


def test_walks_a_process_and_counts(written):
    code, found = run(written(d.process(*NODES, flows=FLOWS)), "--runs", 30, "--seed", 7)

    assert code == 0
    assert (found["runs"], found["differences"], found["crashes"], found["standstills"]) == (30, 0, 0, 0)
    assert found["completed"] > 20
    assert found["unreached"] == []


def test_the_same_seed_gives_the_same_walks(written):
    file = written(d.process(*NODES, flows=FLOWS))

    assert run(file, "--runs", 5, "--seed", 3) == run(file, "--runs", 5, "--seed", 3)


def test_calls_what_lies_beside_the_file(written):
    file = written(line(d.node("callActivity", "kald", calledElement="kaldt")))
    written(line(d.user("inde")).replace(b'id="p"', b'id="kaldt"'), "kaldt.bpmn")
    written(b"no diagram", "andet.bpmn")

    code, found = run(file, "--runs", 3)

    assert (code, found["completed"], found["unreached"]) == (0, 3, [])


def test_walks_from_each_start_event(written):
    starts = [d.start("skole", d.message()), d.start("familie", d.message())]
    nodes = [*starts, d.user("a"), d.user("b"), d.end()]
    file = written(d.process(*nodes, flows="skole a, familie b, a end, b end", shared=d.MESSAGE))

    _, found = run(file, "--runs", 4)

    assert found["unreached"] == []


def test_a_gateway_that_finds_no_value_is_an_incident_and_not_a_failure(written):
    file = written(line(d.user("a", SUBSCRIBED.format(">"))))

    code, found = run(file, "--runs", 40)

    assert code == 0
    assert found["completed"] + found["given_up"] == 40


def test_finds_what_works_only_in_the_copy_that_started_it(written, monkeypatch):
    forgetful = {}

    def watch_once(self):
        if forgetful.setdefault(self.name, self) is self:
            watch(self)

    watch = Instances.watch_instances
    monkeypatch.setattr(Instances, "watch_instances", watch_once)
    file = written(line(d.user("a", SUBSCRIBED.format(">").replace("=boern", "=[1, 2, 3]"))))

    code, found = run(file, "--runs", 3)

    assert code == 1
    assert found["problems"]


def test_a_file_with_errors_is_refused(written):
    code, said = run(written(d.process(d.start(), d.user("a"), d.end(), flows="start a")))

    assert code == 2
    assert len(said.splitlines()) == 1


def test_forms_units_and_job_handlers_are_not_needed(written):
    nodes = (d.user("a", camunda_formKey="væk"), d.node("serviceTask", "b"), d.job("c", topic="ukendt"))

    code, found = run(written(line(*nodes)), "--runs", 3)

    assert (code, found["completed"]) == (0, 3)


def test_an_error_for_the_caller_is_an_end(written):
    call = d.node("callActivity", "kald", calledElement="kaldt")
    nodes = [d.start(), call, d.boundary("b", "kald", d.error()), d.end()]
    written(d.process(*nodes, flows="start kald, kald end, b end", shared=d.ERROR), "ude.bpmn")
    inside = [d.start(), d.user("a"), d.end("end", d.error())]
    file = written(d.process(*inside, flows="start a, a end", shared=d.ERROR, name="kaldt"), "inde.bpmn")

    code, found = run(file, "--runs", 3)

    assert (code, found["completed"]) == (0, 3)
