"""Deadlines of the law that a draft loses, lengthens or silences: found from the files alone, whatever was moved around them."""

import pytest

from casework.model import ArtifactKind
from casework.studio import Folder, statutory_faults
from tests.diagrams import end, node, process, start, user

MAIN, SUB = "p.bpmn", "sub.bpmn"
KEYS = {(ArtifactKind.DIAGRAM, "p"), (ArtifactKind.DIAGRAM, "sub")}
RULE = '<sag:deadline key="lov" class="LOV" duration="P6D" calendar="working-days" e1="P3D" start="=modtaget"/>'
INSIDE = '<sag:deadline key="inde" class="LOV" duration="P4M"/>'


def main(rule=RULE, *, on="a", calls=True, own=""):
    """Two tasks, and a call of `sub`; `own` stands at the process itself."""
    tasks = [user(name, ext=rule if name == on else "") for name in ("a", "b")]
    call = [node("callActivity", "kald", calledElement="sub")] if calls else []
    inner = f"<bpmn:extensionElements>{own}</bpmn:extensionElements>" if own else ""
    flows = "start a, a b, b kald, kald end" if calls else "start a, a b, b end"
    return process(start(), *tasks, *call, end(), flows=flows, inner=inner)


def sub(rule=INSIDE):
    return process(start(), user("inde", ext=rule), end(), name="sub", flows="start inde, inde end")


def folder(main_file, sub_file=None):
    return Folder({MAIN: main_file, SUB: sub_file or sub()}, {}, {}, {"p": MAIN, "sub": SUB})


def rules(old, new):
    return [(one.rule, one.element) for one in statutory_faults(old, new, KEYS)]


def changed(**attributes):
    found = RULE
    for name, value in attributes.items():
        before = found.partition(f'{name}="')[2].partition('"')[0]
        found = found.replace(f'{name}="{before}"', f'{name}="{value}"')
    return found


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (RULE, []),
        ("", [("statutory-lost", "a")]),
        (RULE.replace("LOV", "INTERN"), [("statutory-lost", "a")]),
        (changed(duration="P5D"), []),
        (changed(duration="P7D"), [("statutory-longer", "a")]),
        (changed(calendar="calendar"), []),  # calendar days are over before working days
        (changed(duration="P1M", calendar="calendar"), [("statutory-longer", "a")]),
        (changed(duration="=frist"), [("statutory-longer", "a")]),
        (changed(start="=afgjort"), [("statutory-start", "a")]),
        (changed(e1=""), [("statutory-warning", "a")]),
        (RULE.replace("LOV", "LOV").replace('key="lov"', 'key="andet"'), [("statutory-lost", "a")]),
    ],
)
def test_what_happens_to_a_deadline(rule, found):
    assert rules(folder(main()), folder(main(rule))) == found


def test_it_may_stand_at_another_step_of_the_process():
    assert rules(folder(main()), folder(main(on="b"))) == []


def test_what_is_no_deadline_of_the_law_is_nobodys_matter():
    assert rules(folder(main(RULE.replace("LOV", "LOKAL"))), folder(main(""))) == []


def test_who_calls_a_part_no_more_loses_its_deadlines():
    assert rules(folder(main()), folder(main(calls=False))) == [("statutory-lost", "")]
    assert rules(folder(main(), sub("")), folder(main(calls=False), sub(""))) == []


def test_a_deadline_of_the_whole_process_is_told_by_the_step_that_meets_it():
    def own(duration, met):
        return main("", own=f'<sag:deadline key="lov" class="LOV" duration="{duration}" met="{met}"/>')

    assert rules(folder(own("P6D", "a")), folder(own("P8D", "a"))) == [("statutory-longer", "a")]
    assert rules(folder(own("P6D", "a")), folder(own("P6D", "b"))) == [("statutory-end", "b")]


def test_what_cannot_be_read_is_not_judged():
    assert rules(folder(main()), folder(b"nothing")) == []
