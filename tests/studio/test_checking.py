"""Files of processes, checked: what is too large is not looked into, and what has not changed is not looked at twice."""

import json
import time

import pytest

from casework.cli.benchmark.findings import waits
from casework.cli.benchmark.sixty import ELEMENTS, PROCESS, sixty
from casework.config import settings
from casework.engine.drawing import drawn
from casework.errors import LimitError
from casework.model import ArtifactKind
from casework.studio import Folder, faults, known_beside
from casework.studio.limits import MOST_DECISIONS, MOST_FIELDS, MOST_NODES, refuse_unreadably_large
from tests.diagrams import end, process, start, user
from tests.operations.processes import a_form, field

LANES = frozenset({"modtagelse"})


def found(diagram=None, form=None, decision=None):
    diagrams = {"p.bpmn": diagram} if diagram else {}
    folder = Folder(diagrams, {"a.dmn": decision} if decision else {}, {"F01": form} if form else {}, {})
    folder.processes.update({"p": "p.bpmn"} if diagram else {})
    return [fault.rule for fault in faults(folder, known_beside(folder, settings().processes, LANES))]


def chain(count):
    names = [f"a{number}" for number in range(count)]
    flows = ", ".join(f"{a} {b}" for a, b in zip(["start", *names], [*names, "end"], strict=True))
    return process(start(), *map(user, names), end(), flows=flows)


def table(rows):
    rule = "<rule id='r{}'><inputEntry><text>{}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
    rules = "".join(rule.format(number, number) for number in range(rows))
    space = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    return (
        f"<definitions xmlns='{space}' id='d' name='d'><decision id='a' name='a'><decisionTable id='t'>"
        f"<input id='i'><inputExpression><text>x</text></inputExpression></input><output id='o' name='o'/>{rules}"
        "</decisionTable></decision></definitions>"
    ).encode()


def test_what_nobody_can_read_is_one_finding():
    fields = [field(f"felt{number}") for number in range(MOST_FIELDS + 1)]

    assert found(diagram=chain(MOST_NODES)) == ["too-large"]
    assert found(form=a_form("F01", *fields).encode()) == ["too-large"]
    assert found(decision=table(2_600)) == ["too-large"]
    one = b"<decision id='b%d' name='b'><literalExpression><text>1</text></literalExpression></decision>"
    many = b"".join(one % number for number in range(MOST_DECISIONS))
    assert found(decision=table(1).replace(b"<decision ", many + b"<decision ", 1)) == ["too-large"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (ArtifactKind.DIAGRAM, b"<" * 20_001),
        (ArtifactKind.DECISION, b" " * 2_000_001),
        (ArtifactKind.FORM, b" " * 2_000_001),
        (ArtifactKind.SCENARIO, b" " * 300_001),
    ],
)
def test_what_takes_long_to_read_is_not_read_at_all(kind, content):
    with pytest.raises(LimitError):
        refuse_unreadably_large(kind, content)


def test_the_same_file_says_the_same_again_and_a_changed_one_something_else():
    first = found(diagram=chain(3), form=a_form("F01").encode())

    assert found(diagram=chain(3), form=a_form("F01").encode()) == first
    assert "unreachable" in found(diagram=chain(3).replace(b'targetRef="a1"', b'targetRef="end"'))


def test_an_error_in_a_form_is_found_each_time():
    form = json.dumps({"id": "F01", "type": "default", "components": [{"type": "html", "id": "x"}]}).encode()

    assert found(form=form) == found(form=form)
    assert "unknown-type" in found(form=form)


def test_sixty_elements_are_looked_at_while_one_draws():
    folder = Folder({}, {}, {"F02": a_form("F02", field("svar")).encode()}, {})

    spent = min(waits(folder, PROCESS, sixty(), 5, time.process_time))

    assert len(drawn(PROCESS, sixty()).elements) == ELEMENTS
    named = sixty().replace(b"F02", b"F01").replace(b"id='sixty'", b"id='p'")
    assert found(diagram=named, form=a_form("F01", field("svar")).encode()) == []
    assert spent < 400  # of the processor, in milliseconds; some twenty are usual, and a hundred is what was promised
