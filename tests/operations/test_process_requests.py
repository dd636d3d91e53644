"""Nobody agrees to their own: going back over a deadline of the law, and retiring a process, wait for somebody else."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.errors import CaseworkError, ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import Notification, ProcessHistoryEntry
from casework.operations.process_drafts.approve_process_request import approve_process_request
from casework.operations.process_drafts.decline_process_request import decline_process_request
from casework.operations.process_drafts.go_back_to_version import go_back_to_version
from casework.operations.process_drafts.retire_process import retire_process
from casework.queries.process_drafts.open_requests import open_requests
from casework.queries.process_drafts.process_history import process_history
from tests.operations.asking import rows
from tests.operations.drafting import main, other, sub
from tests.operations.processes import a_form, field, release
from tests.operations.test_process_draft_workflow import now_released

FORMS = {"F02": a_form("F02", field("svar"))}


@pytest.fixture
def database(sqlite_database):
    """The one lock is that of all that changes what is released."""
    return sqlite_database


@pytest.fixture
def shorter(cast):
    """Version 1 has six days by law, version 2 five: going back makes it longer."""
    release(main(deadline="P6D"), sub(), other(), forms=FORMS)
    release(main(deadline="P5D"), sub(), other(), forms=FORMS)


def told(kind):
    return set(rows(select(Notification.employee_id).where(Notification.kind == kind)))


def go_back(cast, actor=None):
    return go_back_to_version(actor or cast.birgit, process_id="p", version=1, reason="Det gik galt")


def test_a_longer_deadline_of_the_law_waits_for_a_team_leader(cast, shorter):
    answer = go_back(cast)

    assert (answer.versions, answer.waits_for) == ((), "leader")
    assert now_released()["p"] == 2
    assert cast.karin.id in told("process_request")
    assert cast.birgit.id not in told("process_request")
    (asked,) = open_requests(cast.karin)
    assert (asked.version, asked.reason, asked.asked_by) == (1, "Det gik galt", "Birgit Sand")
    assert (asked.may_approve, asked.may_decline, asked.is_own) == (True, True, False)
    assert [one.text("da") for one in asked.lost] == ["Lovfristen ved »Vurdér« regnes anderledes: 5 dage → 6 dage."]
    assert asked.present == 2

    done = approve_process_request(cast.karin, request_id=asked.id)

    assert [(one.process_id, one.version) for one in done] == [("p", 1)]
    assert now_released()["p"] == 1
    assert open_requests(cast.karin) == ()
    newest = process_history(cast.birgit, "p")[0]
    assert newest.said.text("da") == "sagde ja til Birgit Sand og gik tilbage til version 1"
    assert newest.why == "Det gik galt"
    with pytest.raises(CaseworkError):
        approve_process_request(cast.karin, request_id=asked.id)


def test_nobody_agrees_to_their_own_and_nobody_without_the_role(cast, shorter):
    go_back(cast)
    (asked,) = open_requests(cast.birgit)

    assert (asked.is_own, asked.may_approve) == (True, False)
    for actor in (cast.birgit, cast.anders, cast.mette):
        with pytest.raises(ForbiddenError):
            approve_process_request(actor, request_id=asked.id)
    with pytest.raises(NotFoundError):
        approve_process_request(cast.karin, request_id=uuid4())
    assert open_requests(cast.mette) == ()
    assert now_released()["p"] == 2


def test_somebody_may_say_no_and_who_asked_may_take_it_back(cast, shorter):
    go_back(cast)
    (asked,) = open_requests(cast.birgit)
    with pytest.raises(ConflictError):
        go_back(cast, cast.anders)
    with pytest.raises(ForbiddenError):
        decline_process_request(cast.mette, request_id=asked.id, reason="Nej")
    with pytest.raises(InvalidError):
        decline_process_request(cast.karin, request_id=asked.id, reason=" ")

    decline_process_request(cast.karin, request_id=asked.id, reason="Fem dage holder")

    assert told("process_request_decided") == {cast.birgit.id}
    go_back(cast)
    (again,) = open_requests(cast.birgit)
    decline_process_request(cast.birgit, request_id=again.id, reason="Fortrudt")
    assert open_requests(cast.birgit) == ()
    kinds = rows(select(ProcessHistoryEntry.kind).where(ProcessHistoryEntry.process_id == "p"))
    assert {"put_back_asked", "process_request_declined", "process_request_withdrawn"} <= set(kinds)


def test_what_touches_no_deadline_of_the_law_goes_back_at_once_and_the_others_are_told(cast):
    release(main(), sub(), other(), forms=FORMS)
    release(main(name="Nyt"), sub(), other(), forms=FORMS)

    answer = go_back(cast)

    assert [(one.process_id, one.version) for one in answer.versions] == [("p", 1)]
    assert cast.anders.id in told("process_changed")
    assert cast.birgit.id not in told("process_changed")


def test_another_owner_agrees_to_retiring_and_a_team_leader_where_the_law_sets_a_deadline(cast, shorter):
    assert retire_process(cast.birgit, process_id="q", reason="Ikke i brug") == "owner"
    assert retire_process(cast.birgit, process_id="p", reason="Ikke i brug") == "leader"
    law, own = sorted(open_requests(cast.birgit), key=lambda one: one.process_id)
    assert (len(law.lost), own.lost) == (1, ())

    with pytest.raises(ForbiddenError):
        approve_process_request(cast.anders, request_id=law.id)
    approve_process_request(cast.anders, request_id=own.id)

    assert now_released() == {"p": 2, "sub": 1}
