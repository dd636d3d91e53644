"""The way of a process draft to a released version, and back: nobody approves their own; the law's deadlines need a leader."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import (
    Notification,
    ProcessDraft,
    ProcessHistoryEntry,
    ProcessVersion,
    ProcessVersionState,
    UserTask,
)
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.approve_process_request import approve_process_request
from casework.operations.process_drafts.discard_process_draft import discard_process_draft
from casework.operations.process_drafts.go_back_to_version import go_back_to_version
from casework.operations.process_drafts.rebase_process_draft import rebase_process_draft
from casework.operations.process_drafts.release_due_drafts import release_due_drafts
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.retire_process import retire_process
from casework.operations.process_drafts.return_process_draft import return_process_draft
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from casework.queries.process_drafts.draft_files import draft_file
from casework.queries.process_drafts.open_requests import open_requests
from casework.queries.process_drafts.way_back_seen import way_back_seen
from casework.queries.verify_process_history import verify_process_history
from tests.operations.asking import rows, started
from tests.operations.drafting import DIAGRAM, FORM, changed, main, other, released, sub
from tests.operations.processes import a_form, field, release

WHY = {"reason": "Kortere svartid", "legal_basis": "Lokal praksis"}


@pytest.fixture
def processes(cast):
    released()


def submitted(cast, content=None, *, actor=None, **more):
    draft = changed(cast, content or main(name="Skøn"), actor=actor)
    submit_process_draft(actor or cast.birgit, process_draft_id=draft, **WHY, **more)
    return draft


def approved(cast, content=None, **more):
    draft = submitted(cast, content, **more)
    approve_process_draft(cast.anders, process_draft_id=draft)
    return draft


def let_out(cast, draft, *failures):
    return release_process_draft(cast.birgit, process_draft_id=draft, scenario_failures=lambda _: failures)


def now_released():
    query = select(ProcessVersion.process_id, ProcessVersion.version)
    with read() as session:
        found = session.execute(query.where(ProcessVersion.state == ProcessVersionState.RELEASED))
        return dict(sorted(tuple(row) for row in found))


def state_of(draft):
    return rows(select(ProcessDraft.state).where(ProcessDraft.id == draft))[0]


def test_what_another_owner_has_approved_is_released_and_new_instances_start_on_it(cast, processes):
    started(cast)

    assert [one.version for one in let_out(cast, approved(cast))] == [2]

    assert now_released() == {"p": 2, "q": 1, "sub": 1}
    started(cast)
    assert rows(select(UserTask.name).order_by(UserTask.id)) == ["Vurdér", "Skøn"]
    version = rows(select(ProcessVersion).where(ProcessVersion.version == 2))[0]
    assert (version.released_by, version.process_draft_id is not None) == ("Birgit Sand", True)


def test_whatever_uses_a_changed_part_gets_a_new_version(cast, processes):
    draft = start_process_draft(cast.birgit, process_id="p")
    content = a_form("F02", field("nyt")).encode()
    save_draft_file(cast.birgit, process_draft_id=draft, kind=FORM, key="F02", content=content, revision=0)
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)
    approve_process_draft(cast.anders, process_draft_id=draft)

    let_out(cast, draft)

    assert now_released() == {"p": 2, "q": 2, "sub": 2}


def test_nobody_approves_what_they_have_changed_or_asked_for(cast, processes):
    draft = changed(cast, main(name="Skøn"))
    with transaction() as session:
        session.get(ProcessDraft, draft).hold(None, "", None)
    save_draft_file(cast.anders, process_draft_id=draft, kind=DIAGRAM, key="p", content=main(name="Andet"), revision=1)
    with transaction() as session:
        session.get(ProcessDraft, draft).hold(None, "", None)
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)

    for actor in (cast.birgit, cast.anders):
        with pytest.raises(ForbiddenError) as refused:
            approve_process_draft(actor, process_draft_id=draft)
        assert "somebody else" in refused.value.message.text("en")


def test_caseworkers_and_leaders_do_not_approve_what_needs_no_leader(cast, processes):
    draft = submitted(cast)

    for actor in (cast.mette, cast.karin, cast.torben):
        with pytest.raises(ForbiddenError):
            approve_process_draft(actor, process_draft_id=draft)


@pytest.mark.parametrize("deadline", ["", "P7D"])
def test_a_lost_or_longer_deadline_of_the_law_needs_a_leader_too(cast, processes, deadline):
    draft = submitted(cast, main(deadline=deadline))

    assert not approve_process_draft(cast.anders, process_draft_id=draft)
    assert state_of(draft) == "submitted"
    with pytest.raises(ConflictError):
        let_out(cast, draft)
    with pytest.raises(ForbiddenError):
        approve_process_draft(cast.anders, process_draft_id=draft)
    assert approve_process_draft(cast.karin, process_draft_id=draft)
    assert state_of(draft) == "approved"


def test_those_who_may_approve_are_told_and_those_who_made_it_hear_of_it(cast, processes):
    submitted(cast, main(deadline="P7D"))
    told = set(rows(select(Notification.employee_id).where(Notification.kind == "process_draft")))
    assert told == {cast.anders.id, cast.karin.id}

    approve_process_draft(cast.anders, process_draft_id=rows(select(ProcessDraft.id))[0])
    approve_process_draft(cast.karin, process_draft_id=rows(select(ProcessDraft.id))[0])
    heard = rows(select(Notification.employee_id).where(Notification.kind == "process_draft_decided"))
    assert heard == [cast.birgit.id]


@pytest.mark.parametrize("missing", ["reason", "legal_basis"])
def test_reason_and_paragraph_must_be_said(cast, processes, missing):
    draft = changed(cast, main(name="Skøn"))

    with pytest.raises(InvalidError) as refused:
        submit_process_draft(cast.birgit, process_draft_id=draft, **{**WHY, missing: "  "})

    assert list(refused.value.fields) == [missing]


def test_errors_must_be_mended_before_anybody_is_asked(cast, processes):
    draft = changed(cast, main(call="ukendt"))

    with pytest.raises(InvalidError) as refused:
        submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)

    assert "kald" in str(list(refused.value.fields))
    assert state_of(draft) == "draft"


def test_a_draft_that_changes_nothing_is_not_submitted(cast, processes):
    draft = changed(cast, main())

    with pytest.raises(InvalidError):
        submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)


def test_nothing_is_changed_while_it_waits_and_it_can_be_sent_back_with_a_reason(cast, processes):
    draft = submitted(cast)
    with pytest.raises(ConflictError):
        save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", content=main(), revision=1)

    return_process_draft(cast.karin, process_draft_id=draft, reason="Hvorfor?")

    assert state_of(draft) == "draft"
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", content=main(name="B"), revision=1)
    with pytest.raises(ForbiddenError):
        return_process_draft(cast.mette, process_draft_id=draft, reason="Hvorfor?")


def test_scenarios_that_fail_keep_it_from_being_released(cast, processes):
    draft = approved(cast)

    with pytest.raises(InvalidError) as refused:
        let_out(cast, draft, message("The form asks nothing."))

    assert len(refused.value.fields["scenarios"]) == 1
    assert (now_released()["p"], state_of(draft)) == (1, "approved")


def test_when_another_release_came_between_somebody_must_look_first(cast, processes):
    draft = approved(cast)
    release(main(name="Imens"), sub(), other(), forms={"F02": a_form("F02", field("svar"))})

    with pytest.raises(ConflictError):
        let_out(cast, draft)
    rebase_process_draft(cast.birgit, process_draft_id=draft)
    assert state_of(draft) == "draft"
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)
    approve_process_draft(cast.anders, process_draft_id=draft)

    assert [one.version for one in let_out(cast, draft)] == [3]


def test_two_drafts_that_change_the_same_part_do_not_write_over_each_other(cast, processes):
    mine, theirs = approved(cast), None
    theirs = start_process_draft(cast.anders, process_id="sub")
    content = sub("Anderledes")
    save_draft_file(cast.anders, process_draft_id=theirs, kind=DIAGRAM, key="sub", content=content, revision=0)
    submit_process_draft(cast.anders, process_draft_id=theirs, **WHY)
    approve_process_draft(cast.birgit, process_draft_id=theirs)
    assert len(let_out(cast, theirs)) == 2

    with pytest.raises(ConflictError):
        let_out(cast, mine)


def test_on_its_day_it_is_released_by_itself_after_midnight(cast, clock, processes):
    draft = approved(cast, effective_on=date(2026, 11, 25))
    with pytest.raises(ConflictError):
        let_out(cast, draft)
    assert release_due_drafts(lambda _: []) == 0

    clock.advance(days=1, hours=15)  # 24 November, midnight in Copenhagen
    assert release_due_drafts(lambda _: []) == 1

    assert (now_released()["p"], state_of(draft)) == (2, "released")
    assert release_due_drafts(lambda _: []) == 0


def test_what_cannot_be_released_on_its_day_is_sent_back_and_said_why(cast, clock, processes):
    draft = approved(cast, effective_on=date(2026, 11, 25))
    clock.advance(days=2)

    assert release_due_drafts(lambda _: [message("The form asks nothing.")]) == 1

    kept = rows(select(ProcessDraft).where(ProcessDraft.id == draft))[0]
    assert kept.state == "draft"
    assert "Formularen spørger ikke om noget." in kept.decision_reason


def test_a_day_that_is_not_ahead_is_refused(cast, clock, processes):
    with pytest.raises(InvalidError):
        submitted(cast, effective_on=date(2026, 11, 23))


def test_a_discarded_draft_is_final_and_another_can_be_begun(cast, processes):
    draft = submitted(cast)

    discard_process_draft(cast.birgit, process_draft_id=draft, reason="Fortrudt")

    with pytest.raises(ConflictError):
        approve_process_draft(cast.anders, process_draft_id=draft)
    assert start_process_draft(cast.birgit, process_id="p") != draft


def test_going_back_releases_the_earlier_version_of_all_that_changed_with_it(cast, processes):
    draft = start_process_draft(cast.birgit, process_id="sub")
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="sub", content=sub("Anderledes"), revision=0)
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)
    approve_process_draft(cast.anders, process_draft_id=draft)
    let_out(cast, draft)
    assert now_released() == {"p": 2, "q": 1, "sub": 2}

    back = go_back_to_version(cast.birgit, process_id="sub", version=1, reason="Det gik galt")

    assert {(one.process_id, one.version) for one in back.versions} == {("p", 1), ("sub", 1)}
    assert now_released() == {"p": 1, "q": 1, "sub": 1}
    assert go_back_to_version(cast.birgit, process_id="p", version=2, reason="Alligevel").versions
    assert now_released() == {"p": 2, "q": 1, "sub": 2}


def test_after_going_back_the_next_release_has_a_new_number(cast, processes):
    let_out(cast, approved(cast))
    go_back_to_version(cast.birgit, process_id="p", version=1, reason="Det gik galt")

    assert [one.version for one in let_out(cast, approved(cast, main(name="Tredje")))] == [3]
    assert now_released()["p"] == 3


def test_going_back_makes_nothing_that_nobody_has_approved(cast, processes):
    release(main(), sub(), other(), forms={"F02": a_form("F02", field("nyt"))})
    release(main(name="Nyt"), sub(), other(), forms={"F02": a_form("F02", field("nyt"))})
    release(main(name="Nyt"), sub(), other().replace(b'"B"', b'"C"'), forms={"F02": a_form("F02", field("nyt"))})

    with pytest.raises(InvalidError) as refused:
        go_back_to_version(cast.birgit, process_id="p", version=1, reason="Det gik galt")

    assert "Proces q" in refused.value.message.text("da")
    assert now_released() == {"p": 3, "q": 3, "sub": 2}


def retired(cast):
    retire_process(cast.birgit, process_id="q", reason="Ikke i brug")
    (asked,) = open_requests(cast.anders)
    assert approve_process_request(cast.anders, request_id=asked.id) == ()


def test_what_nobody_needs_can_be_retired_and_come_back(cast, processes):
    with pytest.raises(InvalidError) as refused:
        retire_process(cast.birgit, process_id="sub", reason="Ikke i brug")
    assert "p:kald" in refused.value.fields

    retired(cast)

    assert now_released() == {"p": 1, "sub": 1}
    with pytest.raises(NotFoundError):
        retire_process(cast.birgit, process_id="q", reason="Ikke i brug")
    go_back_to_version(cast.birgit, process_id="q", version=1, reason="Alligevel")
    assert now_released()["q"] == 1


def test_a_retired_process_is_drafted_from_its_last_version(cast, processes):
    retired(cast)
    draft = start_process_draft(cast.birgit, process_id="q")
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)
    approve_process_draft(cast.anders, process_draft_id=draft)

    assert [(one.process_id, one.version) for one in let_out(cast, draft)] == [("q", 2)]


def test_a_draft_can_be_made_of_an_earlier_version(cast, processes):
    let_out(cast, approved(cast))

    draft = start_process_draft(cast.birgit, process_id="p", from_version=1)

    assert draft_file(cast.birgit, draft, DIAGRAM, "p") == (main(), 1, True)
    with pytest.raises(NotFoundError):
        start_process_draft(cast.birgit, process_id="q", from_version=9)


def test_what_going_back_would_do_is_told_before(cast, processes):
    draft = start_process_draft(cast.birgit, process_id="sub")
    content = sub("Anderledes")
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="sub", content=content, revision=0)
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)
    approve_process_draft(cast.anders, process_draft_id=draft)
    let_out(cast, draft)
    (first,) = rows(select(ProcessVersion.id).where(ProcessVersion.process_id == "sub", ProcessVersion.version == 1))

    seen = way_back_seen(cast.birgit, first)

    assert [(one.process_id, one.present, one.version) for one in seen.rows] == [("sub", 2, 1), ("p", 2, 1)]
    assert seen.is_open
    with pytest.raises(ForbiddenError):
        way_back_seen(cast.karin, first)


def test_only_owners_release_retire_and_go_back(cast, processes):
    draft = approved(cast)
    calls = [
        lambda actor: release_process_draft(actor, process_draft_id=draft, scenario_failures=lambda _: []),
        lambda actor: go_back_to_version(actor, process_id="p", version=1, reason="x"),
        lambda actor: retire_process(actor, process_id="q", reason="x"),
        lambda actor: discard_process_draft(actor, process_draft_id=draft, reason="x"),
        lambda actor: submit_process_draft(actor, process_draft_id=draft, **WHY),
        lambda actor: rebase_process_draft(actor, process_draft_id=draft),
    ]

    for call in calls:
        for actor in (cast.mette, cast.karin):
            with pytest.raises(ForbiddenError):
                call(actor)
    with pytest.raises(NotFoundError):
        approve_process_draft(cast.anders, process_draft_id=uuid4())


def test_the_history_tells_who_did_what_and_why_and_is_chained(cast, processes):
    let_out(cast, approved(cast))
    go_back_to_version(cast.birgit, process_id="p", version=1, reason="Det gik galt")

    entries = rows(select(ProcessHistoryEntry).where(ProcessHistoryEntry.process_id == "p"))
    assert [(entry.kind, entry.actor) for entry in sorted(entries, key=lambda entry: entry.number)] == [
        ("process_version_released", "Birgit Sand"),
        ("process_draft_started", "Birgit Sand"),
        ("process_draft_file_changed", "Birgit Sand"),
        ("process_draft_submitted", "Birgit Sand"),
        ("process_draft_approved", "Anders Kofoed"),
        ("process_version_released", "Birgit Sand"),
        ("process_version_put_back", "Birgit Sand"),
    ]
    second = next(entry for entry in entries if entry.number == 6)
    assert second.details["approved_by"] == ["Anders Kofoed"]
    assert second.details["legal_basis"] == "Lokal praksis"
    assert verify_process_history() == []

    with transaction() as session:
        session.get(ProcessHistoryEntry, ("p", 5)).actor = "En anden"
    assert [(one.process_id, one.number) for one in verify_process_history()] == [("p", 5)]
