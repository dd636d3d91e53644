"""R3 and R9: what is drawn each quarter, and what comes by itself once a year."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from casework.config import ROOT
from casework.database import read
from casework.i18n import Message
from casework.model import AnnualReport, CaseSample, CaseState, DeadlineState, Notification, PeriodicRun, UserTask
from casework.operations.complete_user_task import complete_user_task
from casework.operations.draw_case_sample import draw_case_sample
from casework.queries.reports import owed_years, report
from tests.factories import a_case, a_deadline
from tests.operations.processes import release
from workers.periodic import do_periodic_work

NOW = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(clock):
    clock.move_to(NOW)


@pytest.fixture
def supervision():
    forms = {key: (ROOT / "forms" / f"{key}.form").read_text() for key in ("F34", "F34r")}
    release((ROOT / "processes" / "reusable" / "ledelsestilsyn.bpmn").read_bytes(), forms=forms)


def rows_of(model, *conditions):
    with read() as session:
        return list(session.scalars(select(model).where(*conditions)))


def table(found, key):
    return next(one for one in found.tables if one.key == key)


def cells(found, table_key, row_key):
    one = table(found, table_key)
    line = next(row for row in one.rows if row.key == row_key)
    return dict(zip([column.key for column in one.columns], line.cells, strict=True))


def test_at_least_five_per_cent_of_each_unit_are_drawn_once_a_quarter(cast, clock, supervision):
    for _ in range(40):
        a_case()
    for _ in range(3):
        a_case(responsible_unit_id="ppr_nord")
    a_case(responsible_unit_id="skoleforvaltningen", state=CaseState.CLOSED)

    assert draw_case_sample() == 4
    assert draw_case_sample() == 0
    clock.move_to(datetime(2027, 4, 1, 8, 0, tzinfo=UTC))
    assert draw_case_sample() == 4

    drawn = rows_of(CaseSample, CaseSample.quarter == "2027Q1")
    assert sorted(one.unit_id for one in drawn) == ["modtagelse_nord"] * 3 + ["ppr_nord"]
    assert len({one.case_id for one in drawn}) == 4
    assert all(one.instance_id for one in drawn)
    assert [one.period for one in rows_of(PeriodicRun)] == ["2027Q1", "2027Q2"]


def test_the_lot_decides(cast, supervision):
    cases = [a_case().id for _ in range(39)]

    draw_case_sample(random=Random(1))

    drawn = {one.case_id for one in rows_of(CaseSample)}
    assert len(drawn) == 2
    assert drawn <= {*cases, cast.case_id}


def test_nothing_is_drawn_where_nobody_supervises_in_this_way(cast):
    assert draw_case_sample() == 0
    assert rows_of(PeriodicRun) == []


def test_the_leaders_answers_become_the_report(cast, supervision):
    draw_case_sample()
    (task,) = rows_of(UserTask)
    answers = dict.fromkeys(
        ["barnetsStemme", "inddragelse", "maalMaalbare", "effektBeskrevet", "datoerAktuelle", "begrundelser"], True
    ) | {"barnetsStemme": False, "resultat": "mangler", "skalRettes": "Skriv, hvad Emil selv har sagt."}
    assert cells(report(cast.karin, "R3"), "by_unit", "total")["open"] == 1

    complete_user_task(cast.karin, task_id=task.id, answers=answers)

    found = report(cast.karin, "R3")
    total = cells(found, "by_unit", "total")
    assert [total[key] for key in ("drawn", "done", "open", "in_order", "to_mend")] == [1, 1, 0, 0, 1]
    question = cells(found, "by_question", "barnetsStemme")
    assert (question["yes"], question["no"], question["percent_yes"]) == (0, 1, 0)
    assert table(found, "by_question").rows[0].cases == {"no": (cast.case_id,)}


class TestYear:
    @staticmethod
    def met(case_id, days=1):
        started = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
        words = {"starts_at": started, "due_at": started + timedelta(days=8), "state": DeadlineState.MET}
        a_deadline(case_id, key="kvittering", ended_at=started + timedelta(days=days), **words)

    def test_comes_by_itself_once_in_march_and_tells_the_leaders(self, cast, clock):
        for _ in range(6):
            self.met(a_case(opened_at=datetime(2026, 5, 1, tzinfo=UTC)).id)

        clock.move_to(datetime(2027, 3, 14, 8, 0, tzinfo=UTC))
        do_periodic_work()
        assert self.final_years() == []
        clock.move_to(datetime(2027, 3, 15, 8, 0, tzinfo=UTC))
        assert do_periodic_work() == 2, "the last year's, and this year's of today"
        assert do_periodic_work() == 0

        assert self.final_years() == [2026]
        with read() as session:
            assert session.scalar(select(func.count()).where(Notification.kind == "annual_report")) > 0

    @staticmethod
    def final_years():
        return [one.year for one in rows_of(AnnualReport) if one.is_final]

    def test_of_the_running_year_is_counted_anew_each_day(self, cast, clock):
        for _ in range(6):
            self.met(a_case(opened_at=datetime(2026, 5, 1, tzinfo=UTC)).id)
        clock.move_to(datetime(2026, 10, 1, 8, 0, tzinfo=UTC))
        do_periodic_work()
        self.met(cast.case_id)

        assert cells(report(cast.karin, "R9"), "R2_by_rule", "kvittering")["on_time"] == 6
        clock.move_to(datetime(2026, 10, 2, 8, 0, tzinfo=UTC))
        do_periodic_work()
        assert cells(report(cast.karin, "R9"), "R2_by_rule", "kvittering")["on_time"] == 7

    def test_stays_as_it_was_made(self, cast, clock):
        for _ in range(6):
            self.met(a_case(opened_at=datetime(2026, 5, 1, tzinfo=UTC)).id)
        clock.move_to(datetime(2027, 3, 15, 8, 0, tzinfo=UTC))
        do_periodic_work()
        for _ in range(6):
            self.met(a_case().id, days=30)

        found = report(cast.karin, "R9", last=date(2026, 12, 31))

        rule = cells(found, "R2_by_rule", "kvittering")
        assert (found.title.text("da"), rule["on_time"], rule["late"]) == ("Nøgletal for 2026", 6, 0)
        assert found.made_at == datetime(2027, 3, 15, 8, 0, tzinfo=UTC)

    def test_few_cases_are_not_told_nor_what_follows_from_them(self, cast):
        for _ in range(6):
            self.met(cast.case_id)
        for _ in range(2):
            self.met(cast.case_id, days=30)

        rule = cells(report(cast.birgit, "R9", last=date(2026, 12, 31)), "R2_by_rule", "kvittering")

        assert rule["on_time"] == 6
        assert isinstance(rule["late"], Message)
        assert rule["late"].text("da") == "færre end 5"
        assert rule["percent_on_time"] is None

    def test_no_case_is_named(self, cast):
        for _ in range(9):
            self.met(cast.case_id)

        found = report(cast.karin, "R9", last=date(2026, 12, 31))

        assert all(row.cases == {} for one in found.tables for row in one.rows)

    def test_a_year_without_cases_has_no_report(self, cast, clock):
        assert list(owed_years(datetime(2020, 3, 15, 8, 0, tzinfo=UTC))) == []
