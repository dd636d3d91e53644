"""Which unit answers for a lane on this case: chosen in a form, among the units that answer for it at all."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from casework.database import read, transaction
from casework.errors import InvalidError
from casework.model import Case, JournalEntry, Unit, UserTask
from casework.operations.complete_user_task import complete_user_task
from casework.operations.start_process import start_process
from casework.operations.turns import units
from casework.queries.submission_page import submission_page
from casework.queries.task_page import task_page
from tests.diagrams import end, process, start, user
from tests.operations.processes import a_form, field, release

LANE = "anbringelsessted"


@pytest.fixture
def homes(cast):
    """Three of them; one has closed."""
    with transaction() as session:
        for unit_id, name, is_active in (
            ("hjemmet_a", "Hjemmet A", True),
            ("hjemmet_b", "Hjemmet B", True),
            ("hjemmet_lukket", "Hjemmet Lukket", False),
        ):
            names = {"name": name, "name_en": name.replace("Hjemmet", "Home")}
            session.add(Unit(id=unit_id, **names, lane=LANE, path=f"/{unit_id}/", is_active=is_active))
    choose = {"type": "select", "valuesKey": f"unit.{LANE}", "validate": {"required": True}}
    sted = {**field("sted", fact=f"unit.{LANE}"), **choose}
    release(
        process(
            start(),
            user("vaelg", camunda_formKey="F90", camunda_candidateGroups="modtagelse"),
            user("velkommen", camunda_formKey="F90", camunda_candidateGroups=LANE),
            end(),
            flows="start vaelg, vaelg velkommen, velkommen end",
        ),
        forms={"F90": a_form("F90", sted)},
    )
    return start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0]


def chosen(cast, task_id, unit_id):
    return complete_user_task(cast.mette, task_id=task_id, answers={"sted": unit_id})


def test_the_lanes_tasks_go_to_the_unit_that_was_chosen(cast, homes):
    done = chosen(cast, homes, "hjemmet_b")

    with read() as session:
        assert session.get_one(Case, cast.case_id).facts["enheder"] == {LANE: "hjemmet_b"}
        assert session.get_one(UserTask, done.next_task_ids[0]).unit_id == "hjemmet_b"
        assert "facts_changed" in session.scalars(JournalEntry.__table__.select().with_only_columns(JournalEntry.kind))


def test_without_a_choice_the_first_unit_of_the_lane_answers(cast, homes):
    with read() as session:
        assert units.unit_of(session, session.get_one(Case, cast.case_id), LANE) == "hjemmet_a"


def test_a_unit_that_has_closed_since_answers_no_more(cast, homes):
    chosen(cast, homes, "hjemmet_b")
    with transaction() as session:
        session.execute(update(Unit).where(Unit.id == "hjemmet_b").values(is_active=False))
    units.forget()

    with read() as session:
        assert units.unit_of(session, session.get_one(Case, cast.case_id), LANE) == "hjemmet_a"


@pytest.mark.parametrize("unit_id", ["hjemmet_lukket", "modtagelse_nord", "findes_ikke"])
def test_refuses_a_unit_that_does_not_answer_for_the_lane(cast, homes, unit_id):
    with pytest.raises(InvalidError) as refused:
        chosen(cast, homes, unit_id)

    assert [said.text("en") for said in refused.value.fields["sted"]] == ["Choose one of the options."]


def test_the_page_offers_the_active_units_and_knows_the_chosen_one(cast, homes):
    page = task_page(cast.mette, homes)
    assert [option.label.text("en") for option in page.choices[f"unit.{LANE}"]] == ["Home A", "Home B"]

    submission_id = chosen(cast, homes, "hjemmet_b").submission_id
    with transaction() as session:
        session.execute(update(UserTask).where(UserTask.element_id == "velkommen").values(unit_id="modtagelse_nord"))
        following = session.scalars(
            UserTask.__table__.select().with_only_columns(UserTask.id).where(UserTask.element_id == "velkommen")
        ).one()
    assert task_page(cast.mette, following).answers == {"sted": "hjemmet_b"}
    names = submission_page(cast.mette, submission_id).choices[f"unit.{LANE}"]
    assert "Hjemmet Lukket" in [option.label.text("da") for option in names]


def test_a_diagram_may_name_a_unit_itself(cast, homes):
    with read() as session:
        assert units.unit_of(session, session.get_one(Case, cast.case_id), "hjemmet_b") == "hjemmet_b"
