"""Heat maps: how long steps took and how often they were late, in a period and for led units."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.model import (
    Artifact,
    ArtifactKind,
    DeadlineState,
    InstanceMove,
    InstanceMoveItem,
    Passage,
    PinnedArtifact,
    ProcessInstance,
    UserTaskState,
)
from casework.queries.boards.heat import heat, heat_cases, heat_table
from tests.factories import a_deadline, a_process_version, a_task, an_instance, save
from tests.operations.asking import rows

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)
DIAGRAM = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="intake_to_assessment">
  <startEvent id="s"/><callActivity id="call"/><userTask id="vurder24"/>
  <sequenceFlow sourceRef="s" targetRef="call"/><sequenceFlow sourceRef="call" targetRef="vurder24"/>
  </process></definitions>"""


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
def done(database, clock, cast):
    """Tasks that took 2, 4 and 30 days, the last of them late; a call that was met late; one elsewhere, one long ago."""
    clock.move_to(NOW)
    version = a_process_version(process_id="intake_to_assessment")
    artifact = Artifact(kind=ArtifactKind.DIAGRAM, key="x", version=1, checksum=b"", content=DIAGRAM, created_at=NOW)
    save(artifact)
    save(PinnedArtifact(process_version_id=version.id, artifact_id=artifact.id, is_main=True))
    instance = an_instance(cast.case_id, version_row=version)

    def task(took, ended, late=None, **given):
        due = None if late is None else ago(ended) + timedelta(days=-1 if late else 1)
        state = {"state": UserTaskState.COMPLETED, "created_at": ago(ended + took), "ended_at": ago(ended)}
        a_task(cast.case_id, instance_id=instance.id, due_at=due, **state, **given)

    task(2, 1, late=False)
    task(4, 2)
    task(30, 3, late=True)
    task(9, 4, unit_id="ppr_nord")
    task(9, 500)
    met = {"state": DeadlineState.MET, "starts_at": ago(20), "ended_at": ago(10), "due_at": ago(11)}
    a_deadline(cast.case_id, element_id="call", name="Eget mål", **met | {"due_class": "LOKAL", "due_at": ago(5)})
    a_deadline(cast.case_id, element_id="call", name="Kald", **met)
    a_deadline(cast.case_id, element_id="vurder24", **met)
    return version


def test_counts_steps_in_the_order_of_the_diagram(cast, done):
    made = heat(cast.karin)

    assert [row.key for row in made.table.rows] == ["call", "vurder24", "total"]
    cells = dict(zip([column.key for column in made.table.columns], made.table.rows[1].cells, strict=True))
    assert (cells["done"], cells["late"], cells["on_time"]) == (3, 1, 1)
    assert (cells["percent_late"], cells["median"], cells["longest"]) == (Decimal("50.0"), 4, 30)
    assert made.duration == {"call": (3, Decimal("10.0")), "vurder24": (2, Decimal("4.0"))}
    assert made.lateness == {"call": (4, Decimal("100.0")), "vurder24": (3, Decimal("50.0"))}


def test_speaks_of_the_period_alone(cast, done):
    day = ago(2).date()

    assert [row.cells[1] for row in heat(cast.karin, first=day, last=day).table.rows] == [1]
    assert heat(cast.karin, first=date(2020, 1, 1), last=date(2020, 1, 2)).duration == {}
    with pytest.raises(InvalidError):
        heat(cast.karin, first=day, last=day - timedelta(days=1))
    with pytest.raises(NotFoundError):
        heat(cast.karin, process_id="nonsense")


def test_opens_into_what_it_counts(cast, done):
    opened = heat_cases(cast.karin, table="by_step", row="vurder24", figure="late")

    ((line, number, child),) = opened.rows
    assert (line.took, number, child) == (timedelta(days=30), cast.number, "Emil Brandt Lauritsen")
    assert heat_table(opened).rows[0].cells[3] == 30
    assert heat_cases(cast.karin, table="by_step", row="total", figure="done").total == 4


def test_owners_see_figures_and_no_case_and_others_nothing(cast, done):
    seen = heat(cast.birgit)

    assert seen.table.rows[1].cells[1] == 4  # that of PPR too
    assert not any(row.cases for row in seen.table.rows)
    with pytest.raises(NotFoundError):
        heat_cases(cast.birgit, table="by_step", row="vurder24", figure="late")
    for outsider in (cast.mette, cast.peter, cast.sofie):
        with pytest.raises(ForbiddenError):
            heat(outsider)
        with pytest.raises(ForbiddenError):
            heat_cases(outsider, table="by_step", row="vurder24", figure="late")
    with pytest.raises(ForbiddenError):
        heat(cast.karin, unit="ppr_nord")


def test_one_version_is_counted_alone_also_after_a_move(cast, done):
    newer = a_process_version(process_id="intake_to_assessment", version=2)
    again = DIAGRAM.replace(b"call", b"kald")
    artifact = Artifact(kind=ArtifactKind.DIAGRAM, key="x", version=2, checksum=b"2", content=again, created_at=NOW)
    save(artifact)
    save(PinnedArtifact(process_version_id=newer.id, artifact_id=artifact.id, is_main=True))
    (instance,) = rows(select(ProcessInstance).where(ProcessInstance.process_version_id == done.id))
    move = InstanceMove(
        process_id="intake_to_assessment",
        from_version_id=done.id,
        to_version_id=newer.id,
        reason="x",
        created_at=ago(2.5),
        created_by="Birgit Sand",
    )
    save(move)
    save(InstanceMoveItem(move_id=move.id, instance_id=instance.id, position=1, state="moved", at=ago(2.5)))
    with transaction() as session:
        session.execute(update(ProcessInstance).values(process_version_id=done.id))
        moved = ProcessInstance.id == instance.id
        session.execute(update(ProcessInstance).where(moved).values(process_version_id=newer.id))

    old, new = (heat(cast.karin, version=version) for version in (1, 2))

    assert (old.versions, old.version, heat(cast.karin).version) == ((2, 1), 1, None)
    assert [row.cells[1] for row in old.table.rows] == [1, 1, 2]  # the call, and the task that was done before the move
    assert [row.cells[1] for row in new.table.rows] == [2]
    assert heat_cases(cast.karin, version=2, table="by_step", row="total", figure="done").total == 2
    with pytest.raises(NotFoundError):
        heat(cast.karin, version=3)


def test_ways_are_told_by_how_often_each_step_was_passed(cast, done):
    (instance,) = rows(select(ProcessInstance).where(ProcessInstance.process_version_id == done.id))
    for element, times, type_ in (("s", 4, "startEvent"), ("call", 2, "callActivity"), ("gone", 1, "task")):
        for _ in range(times):
            place = {"process_id": "intake_to_assessment", "element_id": element, "element_type": type_}
            save(Passage(instance_id=instance.id, how="completed", at=ago(1), step=1, **place))

    made = heat(cast.karin)

    assert [(row.key, *row.cells[1:]) for row in made.passes.rows] == [("s", 4, Decimal(100)), ("call", 2, Decimal(50))]
    assert made.frequency == {"s": (4, Decimal(100)), "call": (2, Decimal(50))}
