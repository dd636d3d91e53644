"""The large town of the benchmark: what is open, over and over, each copy whole."""

from sqlalchemy import func, select

from casework import clock
from casework.cli.benchmark.crowd import crowd
from casework.database import read
from casework.model import Case, Deadline, UserTask
from tests.cast import assemble
from tests.factories import a_deadline, a_task, an_instance


def test_cases_with_what_waits_on_them_are_repeated(postgres_database):
    cast = assemble()
    instance = an_instance(cast.case_id)
    deadline = a_deadline(cast.case_id, instance_id=instance.id)
    a_task(cast.case_id, instance_id=instance.id, deadline_id=deadline.id, due_at=clock.now())

    assert crowd(44, copies=10) >= 44

    with read() as session:
        cases = session.scalar(select(func.count()).select_from(Case))
        whole = session.scalar(
            select(func.count())
            .select_from(UserTask)
            .join(Case, Case.id == UserTask.case_id)
            .join(Deadline, (Deadline.id == UserTask.deadline_id) & (Deadline.case_id == UserTask.case_id))
        )
        at_home = select(func.count()).select_from(UserTask).where(UserTask.unit_id == "modtagelse_nord")
        assert cases >= 44
        assert whole >= 44
        assert session.scalar(at_home) == 1 + 4
