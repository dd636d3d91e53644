"""R7 on known cases."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.model import Artifact, InstanceState, Passage, PlaceStay, StayState, Submission, Unit
from casework.queries.reports import report
from tests.factories import a_case, a_task, an_instance, save
from tests.operations.processes import a_form, one_after_the_other, release

NOW = datetime(2027, 1, 31, 8, 0, tzinfo=UTC)
PERIOD = {"first": date(2027, 1, 1), "last": date(2027, 1, 31)}


@pytest.fixture(autouse=True)
def _sunday(clock):
    clock.move_to(NOW)


def cells_of(cast, key):
    table = next(one for one in report(cast.karin, "R7", **PERIOD).tables if one.key == key)
    (row,) = table.rows
    return dict(zip([column.key for column in table.columns], row.cells, strict=True)), row.cases


def test_absence_by_the_limits_of_the_law(cast):
    release(one_after_the_other("a", camunda_formKey="F01"), forms={"F01": a_form("F01")})
    with transaction() as session:
        form_id = session.scalar(select(Artifact.id).where(Artifact.key == "F01"))
    for answers in ({"fravaerUlovligt": 16}, {"fravaerUlovligt": 10}, {"fravaerSamlet": 30}, {"kanal": "brev"}):
        task = a_task(cast.case_id)
        words = {"submitted_at": NOW, "submitted_by": "Mette", "submitted_by_id": None, "late_reason": None}
        save(Submission(case_id=cast.case_id, user_task_id=task.id, form_id=form_id, answers=answers, **words))

    cells, _ = cells_of(cast, "absence")

    assert [cells[key] for key in ("told", "below", "warned", "must_notify")] == [3, 1, 1, 1]


def test_days_of_emergency_schooling_in_the_period(cast):
    ended = datetime(2027, 1, 10, 12, tzinfo=UTC)
    words = {"process_id": "noedundervisning", "state": InstanceState.COMPLETED, "ended_at": ended}
    began = {"variables": {"noedStart": date(2026, 12, 22)}, "started_at": ended - timedelta(days=30)}
    an_instance(cast.case_id, **words, **began)
    an_instance(a_case().id, process_id="noedundervisning", variables={"noedStart": date(2027, 1, 30)}, started_at=NOW)
    an_instance(a_case().id, process_id="andet", started_at=NOW)

    cells, cases = cells_of(cast, "emergency")

    assert (cells["courses"], cells["running"], cells["days"]) == (2, 1, 12)
    assert cells["median_days"] == Decimal("11.0")
    assert cast.case_id in cases["courses"]


def test_school_is_settled_when_the_child_moves(cast):
    save(Unit(id="hjem", name="Birkely", name_en="Birkely", path="/hjem/", lane="anbringelsessted"))
    settled, unsettled, small = a_case(birth_date=date(2017, 1, 1)), a_case(birth_date=date(2017, 1, 1)), a_case()
    for case in (settled, unsettled, small):
        words = {"recorded_at": NOW, "recorded_by": "Lars", "waiting_since": None, "ends_on": None, "end_reason": None}
        save(PlaceStay(case_id=case.id, unit_id="hjem", state=StayState.STAYING, starts_on=date(2027, 1, 20), **words))
    for case, at in ((settled, datetime(2027, 1, 19, tzinfo=UTC)), (unsettled, datetime(2027, 1, 25, tzinfo=UTC))):
        instance = an_instance(case.id, started_at=at)
        where = {"process_id": "sub_kabu", "element_id": "SkoletilbudKlar", "element_type": "endEvent"}
        save(Passage(instance_id=instance.id, **where, how="completed", at=at, step=1))

    cells, cases = cells_of(cast, "at_start")

    assert [cells[key] for key in ("moved", "settled", "unsettled", "percent_settled")] == [2, 1, 1, Decimal("50.0")]
    assert cases["unsettled"] == (unsettled.id,)
