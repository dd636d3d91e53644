"""The municipality's own placement on a real case: what a corrected fact moves, and what one fact ends."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from casework.calendar import day_of
from casework.database import read
from casework.model import (
    Deadline,
    DeadlineState,
    InstanceState,
    ProcessInstance,
    Timer,
    TimerState,
    UserTask,
    UserTaskState,
)
from casework.operations.correct_fact import correct_fact
from casework.operations.receive_message import receive_message
from casework.operations.start_process import start_process
from tests.operations.processes import release
from tests.processes.project import definition, diagrams, form_files, tables

PLACED = {
    "foedselsdato": date(2014, 3, 14),
    "anbringelsesDato": date(2026, 11, 23),
    "afgoerelsesDato": date(2026, 11, 16),
    "anbringelsesGrundlag": "46",
    "erAnbragt": True,
}


def released(*process_ids):
    """The municipality's own, with all that they call."""
    names = sorted({name for process_id in process_ids for name in definition(process_id).processes})
    forms = {key: content.decode() for key, content in form_files().items()}
    release(*(diagrams()[f"{name}.bpmn"] for name in names), forms=forms, decisions=tuple(tables().values()))


@pytest.fixture
def followed(cast):
    """Emil lives at the place: all tracks run."""
    released("sub_under_anbringelsen")
    return start_process(cast.mette, case_id=cast.case_id, process_id="sub_under_anbringelsen", facts=PLACED)


def due():
    """The running deadlines by key."""
    with read() as session:
        rows = session.scalars(select(Deadline).where(Deadline.state == DeadlineState.RUNNING))
        return {row.key: day_of(row.due_at) for row in rows}


def corrected(cast, name, value):
    correct_fact(cast.mette, case_id=cast.case_id, name=name, value=value, reason="Tastefejl")


def test_every_clock_of_the_placement_stands_from_the_first_day(followed):
    assert due() == {
        "barnets_plan": date(2027, 2, 16),
        "behandlingsplan": date(2027, 1, 4),
        "foraeldreplan": date(2027, 2, 23),
        "opfoelgning_foerste": date(2027, 2, 23),
        "tilsyn": date(2027, 5, 23),
        "tilsyn_maal": date(2027, 4, 23),
    }


def test_a_corrected_date_of_placement_moves_what_counts_from_it(cast, followed):
    corrected(cast, "anbringelsesDato", date(2026, 11, 30))

    assert due() == {
        "barnets_plan": date(2027, 2, 16),
        "behandlingsplan": date(2027, 1, 11),
        "foraeldreplan": date(2027, 2, 28),
        "opfoelgning_foerste": date(2027, 2, 28),
        "tilsyn": date(2027, 5, 30),
        "tilsyn_maal": date(2027, 4, 30),
    }


def test_a_corrected_decision_moves_the_plan(cast, followed):
    corrected(cast, "afgoerelsesDato", date(2026, 11, 30))

    assert due()["barnets_plan"] == date(2027, 2, 28)


def test_when_the_case_knows_that_the_child_is_not_placed_all_tracks_end(cast, followed):
    corrected(cast, "erAnbragt", value=False)

    with read() as session:
        assert session.get_one(ProcessInstance, followed.instance_id).state is InstanceState.COMPLETED
        assert session.scalars(select(UserTask).where(UserTask.state == UserTaskState.OPEN)).all() == []
        assert session.scalars(select(Timer).where(Timer.state == TimerState.WAITING)).all() == []
    assert due() == {}


def test_the_recommendation_starts_one_placement_and_the_chairs_decision_no_second(cast):
    released("placement_with_step_down")
    receive_message(cast.mette, case_id=cast.case_id, name="AnbringelseIndstillet", payload={"spor": "anbringelse_46"})
    receive_message(
        cast.mette, case_id=cast.case_id, name="ForeloebigAfgoerelseTruffet", payload={"spor": "anbringelse_47"}
    )

    with read() as session:
        (instance,) = session.scalars(select(ProcessInstance))
        assert instance.variables["foreloebig"] is True


def test_nothing_that_the_assessment_sends_lies_and_waits(cast):
    sent = {
        "AnbringelseIndstillet": "placement_with_step_down",
        "IndsatsBesluttet": "stoettende_indsats",
        "StoetteNuOensket": "stoettende_indsats",
        "FormandsafgoerelseOensket": "sub_foreloebig_afgoerelse",
    }
    released(*set(sent.values()))

    for name, process_id in sent.items():
        received = receive_message(cast.mette, case_id=cast.case_id, name=name, payload={"spor": "stoette_32"})
        with read() as session:
            assert [session.get_one(ProcessInstance, i).process_id for i in received.instance_ids] == [process_id]
