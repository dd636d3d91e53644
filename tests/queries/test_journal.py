"""The journal in sentences; and that every kind that is ever written has one, in both languages."""

import ast
import re
from pathlib import Path

import pytest

from casework import i18n
from casework.errors import NotFoundError
from casework.queries.journal import journal
from casework.queries.journal_groups import GROUPS
from casework.queries.journal_sentences import journal_sentence, known_kinds
from casework.queries.process_drafts import process_history
from tests.factories import a_handoff, a_journal_entry, a_task

OPERATIONS = Path(i18n.__file__).parent / "operations"
HISTORY = "from casework.operations.process_history import"
A_KIND = re.compile(r"[a-z]+(_[a-z]+)+")


def _strings(node):
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _written_kinds():
    """The kinds in calls of `record` and `note`, and in constants and expressions handed to them. The history of processes,
    which has a `note` of its own, is no journal of a case.
    """
    kinds = set()
    for path in OPERATIONS.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        called = {"record"} if HISTORY in text else {"record", "note"}
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "kind" for target in node.targets):
                kinds |= {text for text in _strings(node.value) if A_KIND.fullmatch(text)}
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and name in called:
                for argument in node.args[:4]:
                    kinds |= {text for text in _strings(argument) if A_KIND.fullmatch(text)}
                    if isinstance(argument, ast.Name) and A_KIND.fullmatch(str(constants.get(argument.id, ""))):
                        kinds.add(constants[argument.id])
    return kinds


def test_every_kind_that_an_operation_writes_has_a_sentence():
    assert _written_kinds() - known_kinds() == set()


def test_every_kind_of_the_history_of_a_process_has_a_sentence():
    written = set()
    for path in OPERATIONS.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)] if HISTORY in text else []
        noted = [call for call in calls if getattr(call.func, "id", "") == "note"]
        written |= {kind for call in noted for kind in _strings(call.args[2]) if A_KIND.fullmatch(kind)}

    assert len(written) > 10
    details = dict.fromkeys(("file", "from", "version", "before", "count", "from_version", "to_version"), "1")
    for kind in written - {"process_draft_approved"}:  # names who has approved it as what
        assert "did something" not in process_history._said(kind, details).text("en"), kind


@pytest.mark.parametrize("kind", sorted(known_kinds()))
def test_every_sentence_can_be_said_in_both_languages_even_of_an_old_entry(kind):
    said = journal_sentence(kind, {})

    assert said.text("en")
    assert said.text("da")
    assert said.text("da") != said.text("en") or said.id == "{name}"


def test_every_kind_is_found_in_one_group():
    grouped = [kind for group in GROUPS for kind in group.kinds]

    assert sorted(grouped) == sorted(known_kinds())


def test_a_group_finds_its_kinds_and_an_unknown_one_everything(cast):
    for kind in ("note_added", "deadline_moved", "deadline_paused"):
        a_journal_entry(cast.case_id, kind=kind)

    found = {
        group: {row.kind for row in journal(cast.mette, cast.case_id, group=group).rows} for group in ("deadlines", "x")
    }

    assert found["deadlines"] == {"deadline_moved", "deadline_paused"}
    assert found["x"] >= {"note_added", "deadline_moved"}


def test_an_unknown_kind_is_said_as_it_was_written():
    assert journal_sentence("something_new", {}).text("da") == "something new"


def test_names_the_task_and_quotes_what_a_person_wrote(cast):
    task = a_task(cast.case_id)
    handoff = a_handoff(cast.case_id)
    a_journal_entry(cast.case_id, kind="user_task_claimed", user_task_id=task.id, instance_id=task.instance_id)
    details = {"handoff_id": str(handoff.id), "to_unit": "PPR Nord", "reason": "Emil hører til Syd"}
    a_journal_entry(cast.case_id, kind="handoff_declined", actor="Peter Aagaard", details=details)

    declined, claimed = journal(cast.mette, cast.case_id).rows

    assert claimed.sentence.text("da") == "tog opgaven Vurdér barnets sikkerhed (24 timer)"
    assert claimed.task_id == task.id
    assert declined.sentence.text("da") == "sagde nej til overleveringen på vegne af PPR Nord"
    assert (declined.quote, declined.handoff_id) == ("Emil hører til Syd", handoff.id)


def test_pages_backwards_and_finds_text(cast):
    numbers = [a_journal_entry(cast.case_id, details={"text": f"Besøg {count}"}).number for count in range(5)]

    first = journal(cast.mette, cast.case_id, limit=3)
    second = journal(cast.mette, cast.case_id, limit=3, cursor=first.next_cursor)

    assert [row.number for row in first.rows + second.rows] == numbers[::-1]
    assert second.next_cursor is None
    assert [row.quote for row in journal(cast.mette, cast.case_id, text="besøg 3").rows] == ["Besøg 3"]


def test_auditors_read_it_and_nobody_else_from_outside(cast):
    a_journal_entry(cast.case_id)
    a_handoff(cast.case_id, state="accepted")

    assert len(journal(cast.torben, cast.case_id).rows) == 1
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.birgit, cast.anders):
        with pytest.raises(NotFoundError):
            journal(outsider, cast.case_id)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("AnbringelseAfbrudt", "Anbringelse afbrudt"),
        ("SSP18plus", "SSP18plus"),
        ("UngOver16", "Ung over 16"),
        ("Underretning", "Underretning"),
    ],
)
def test_names_of_messages_are_said_as_words(name, said):
    sentence = journal_sentence("message_received", {"message": name})

    assert said in sentence.text("da")
