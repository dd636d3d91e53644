"""Forecasts: the arithmetic on known ways, what is read for it, and who may see it."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.database import transaction
from casework.errors import NotFoundError
from casework.model import Artifact, ArtifactKind, ElementHistory, Passage, PinnedArtifact, UserTaskState
from casework.operations.keep_element_history import deciles, keep_element_history
from casework.queries.forecast import Answer, forecast, forecast_cases, likely_late_soon
from casework.queries.forecast.judging import Standing, judge, left
from casework.queries.forecast.remaining import Remaining, Seen
from casework.queries.forecast.spread import CERTAIN, Spread, from_deciles, together
from casework.queries.forecast.ways import nodes_in, ways
from tests.factories import a_case, a_deadline, a_process_version, a_task, an_instance, save

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)  # Thursday
DAY = 86_400
#: first → (a or b) → both of c and the call → done; the call's process has one step.
MAIN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="main">
  <startEvent id="s"/><userTask id="first"/><exclusiveGateway id="which"/><userTask id="a"/><userTask id="b"/>
  <exclusiveGateway id="again"/><parallelGateway id="fork"/><userTask id="c"/><callActivity id="call" calledElement="part"/>
  <parallelGateway id="join"/><userTask id="done"/><endEvent id="e"/>
  <boundaryEvent id="edge" attachedToRef="c"/><userTask id="aside"/>
  <sequenceFlow sourceRef="s" targetRef="first"/><sequenceFlow sourceRef="first" targetRef="which"/>
  <sequenceFlow sourceRef="which" targetRef="a"/><sequenceFlow sourceRef="which" targetRef="b"/>
  <sequenceFlow sourceRef="a" targetRef="again"/><sequenceFlow sourceRef="b" targetRef="again"/>
  <sequenceFlow sourceRef="again" targetRef="fork"/><sequenceFlow sourceRef="again" targetRef="first"/>
  <sequenceFlow sourceRef="fork" targetRef="c"/><sequenceFlow sourceRef="fork" targetRef="call"/>
  <sequenceFlow sourceRef="c" targetRef="join"/><sequenceFlow sourceRef="call" targetRef="join"/>
  <sequenceFlow sourceRef="join" targetRef="done"/><sequenceFlow sourceRef="done" targetRef="e"/>
  <sequenceFlow sourceRef="edge" targetRef="aside"/></process></definitions>"""
PART = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="part">
  <startEvent id="s"/><subProcess id="sub"><startEvent id="i"/><userTask id="p"/><userTask id="q"/>
  <sequenceFlow sourceRef="i" targetRef="p"/><sequenceFlow sourceRef="p" targetRef="q"/></subProcess>
  <sequenceFlow sourceRef="s" targetRef="sub"/></process></definitions>"""


def days(count):
    return timedelta(days=count)


def seen(typical, slow, passed=50, measured=50):
    """A step of which half take `typical` days and the slowest fifth more than `slow`."""
    return Seen(passed, measured, [one * DAY for one in [*[typical] * 7, slow, slow]])


@pytest.fixture
def remaining():
    gone = {"first": 1, "a": 10, "c": 3, "done": 1}
    history = {("main", name): seen(one, 2 * one) for name, one in gone.items()}
    history |= {("main", "b"): seen(2, 4, passed=51), ("main", "which"): Seen(101, 0, ())}
    history |= {("main", "again"): Seen(101, 0, ()), ("main", "fork"): Seen(60, 0, ())}
    history |= {("part", "p"): seen(2, 3), ("part", "q"): seen(4, 5)}
    return Remaining(ways([*nodes_in(MAIN), *nodes_in(PART)]), history)


def test_a_spread_of_what_has_just_begun_is_that_of_the_past():
    assert from_deciles([1, 2, 3, 4, 5, 6, 7, 8, 9], 90) == Spread(timedelta(seconds=5), timedelta(seconds=8), 90)


def test_what_has_lasted_a_while_is_compared_with_what_lasted_as_long():
    left_over = from_deciles([1, 2, 3, 4, 5, 6, 7, 8, 9], 90, timedelta(seconds=6))

    assert left_over == Spread(timedelta(seconds=2), timedelta(seconds=3), 90)


def test_what_has_outlived_nine_of_ten_may_last_as_long_again():
    assert from_deciles([1] * 9, 90, days(3)) == Spread(days(0), days(3), 90, is_outlived=True)


def test_spreads_add_up_and_stand_side_by_side():
    one, other = Spread(days(1), days(5), 7), Spread(days(2), days(3), 4)

    assert one + other == Spread(days(3), days(8), 4)
    assert together([one, other]) == Spread(days(2), days(5), 4)
    assert (one + other).is_guess
    assert not one.is_guess


@pytest.mark.parametrize(("seconds", "expected"), [([], []), ([7], [7] * 9), (range(11), list(range(1, 10)))])
def test_deciles_of_few_and_of_many(seconds, expected):
    assert deciles(list(seconds)) == expected


def test_the_way_goes_where_most_went_and_waits_for_the_longest_side(remaining):
    beyond = remaining.beyond(("main", "first"), ("main", "done"))

    assert beyond.typical == days(2 + 6 + 1)  # b, as one more went there; the call with p and q; done
    assert beyond.slow == days(4 + 8 + 2)


def test_out_of_a_called_subprocess_it_goes_on_after_the_call(remaining):
    assert remaining.beyond(("part", "p"), ("main", "call")).typical == days(4)
    assert remaining.beyond(("part", "p"), ("main", "done")).typical == days(4 + 1)
    assert remaining.beyond(("part", "q"), ("main", "")).typical == days(1)


def test_what_does_not_lead_there_says_nothing(remaining):
    assert remaining.beyond(("main", "done"), ("main", "first")) is None
    assert remaining.beyond(("main", "edge"), ("main", "done")) is None
    assert remaining.beyond(("nowhere", "x"), ("main", "done")) is None


def test_what_was_never_seen_is_known_to_be_unknown(remaining):
    del remaining.history["part", "q"]

    assert remaining.beyond(("main", "first"), ("main", "done")).is_guess


def test_the_step_itself_is_what_its_deadline_waits_for(remaining):
    mine, other = (Standing(("main", "c"), token, NOW - days(1)) for token in ("t1", "t2"))

    found = left(remaining, [other, mine], ("main", "c"), "t1", NOW)

    assert found.standing is mine
    assert found.spread.typical == days(2)


def test_of_all_that_stands_the_longest_holds_it_up(remaining):
    short, long = Standing(("main", "c"), "t1", NOW), Standing(("part", "p"), "t2", NOW)

    assert left(remaining, [short, long], ("main", "done"), None, NOW).standing is long
    assert left(remaining, [], ("main", "done"), None, NOW) is None


@pytest.mark.parametrize(
    ("due", "seen_before", "answer"),
    [(1, 50, Answer.LIKELY), (3, 50, Answer.POSSIBLE), (5, CERTAIN, Answer.IN_TIME), (1, 4, Answer.UNKNOWN)],
)
def test_judges_by_the_median_and_the_slow_fifth(due, seen_before, answer):
    assert judge(NOW + days(due), NOW, Spread(days(2), days(4), seen_before)) is answer
    assert judge(NOW, NOW, None) is Answer.UNKNOWN


@pytest.fixture
def released(database, clock):
    """The two diagrams as a version; every step has taken two days, twenty times."""
    clock.move_to(NOW)
    version = a_process_version(process_id="main")
    for key, content in (("main", MAIN), ("part", PART)):
        artifact = Artifact(
            kind=ArtifactKind.DIAGRAM, key=key, version=1, checksum=b"", content=content, created_at=NOW
        )
        save(artifact)
        save(PinnedArtifact(process_version_id=version.id, artifact_id=artifact.id, is_main=key == "main"))
    places = [("main", name) for name in ("first", "a", "b", "c", "done")] + [("part", "p"), ("part", "q")]
    save(*(_history(*place) for place in places))
    return version


def _history(process_id, element_id):
    return ElementHistory(
        process_id=process_id, element_id=element_id, passed=20, measured=20, deciles=[2 * DAY] * 9, made_at=NOW
    )


def _standing(version, case_id, due, **given):
    instance = an_instance(case_id, version_row=version)
    of = {"instance_id": instance.id, "process_id": "main"}
    a_task(case_id, element_id="first", name="Første", **of)
    return a_deadline(
        case_id, element_id="main", met_by="done", due_at=NOW + days(due), due_class="LOKAL", **of, **given
    )


def test_counts_what_will_be_late_and_opens_into_it(released, cast):
    late = _standing(released, cast.case_id, 5)
    _standing(released, a_case().id, 26)
    _standing(released, a_case().id, 300)
    _standing(released, a_case().id, 3, unit_id="ppr_nord")

    made = forecast(cast.karin)

    cells = {column.key: cell for column, cell in zip(made.figures.columns, made.figures.rows[0].cells, strict=True)}
    assert [cells[name] for name in ("due_near", "likely_near", "due_far", "likely_far", "unknown_far")] == [
        1,
        1,
        2,
        1,
        0,
    ]
    assert [row.cells[0].text("da") for row in made.held_up.rows] == ["Første"]
    assert likely_late_soon(cast.karin) == 1
    opened = forecast_cases(cast.karin, unit=None, table="by_rule", row="vurdering24", figure="likely_far")
    ((line, row),) = opened.rows
    assert (line.deadline_id, row.child.name) == (late.id, "Emil Brandt Lauritsen")
    assert line.typical_at == NOW + days(2 + 2 + 4 + 2)


def test_is_there_for_who_leads_and_for_led_units_alone(released, cast):
    _standing(released, cast.case_id, 5)

    for outsider in (cast.mette, cast.peter, cast.sofie, cast.birgit):
        with pytest.raises(NotFoundError):
            forecast(outsider)
        with pytest.raises(NotFoundError):
            forecast_cases(outsider, unit=None, table="all", row="all", figure="due_near")
    with pytest.raises(NotFoundError):
        forecast(cast.karin, unit="ppr_nord")


@pytest.mark.parametrize("wrong", [{"table": "x"}, {"figure": "x"}, {"row": "x"}])
def test_there_is_no_figure_that_nobody_counts(released, cast, wrong):
    _standing(released, cast.case_id, 5)

    with pytest.raises(NotFoundError):
        forecast_cases(
            cast.karin, **{"unit": None, "table": "by_rule", "row": "vurdering24", "figure": "due_near"} | wrong
        )


def test_without_history_it_says_that_it_cannot_say(released, cast):
    with transaction() as session:
        session.query(ElementHistory).delete()
    _standing(released, cast.case_id, 5)

    made = forecast(cast.karin)

    assert made.made_at is None
    assert likely_late_soon(cast.karin) is None
    assert made.figures.rows[0].cells[1:5] == (1, 0, 0, 1)


def test_what_was_done_is_counted_now_and_then(cast, clock):
    clock.move_to(NOW)
    instance = an_instance(cast.case_id)
    for hours in (1, 3):
        at = NOW - timedelta(hours=hours)
        a_task(cast.case_id, instance_id=instance.id, state=UserTaskState.COMPLETED, created_at=at, ended_at=NOW)
    where = {"instance_id": instance.id, "process_id": "intake_to_assessment", "element_type": "userTask", "step": 1}
    save(Passage(element_id="vurder24", how="completed", at=NOW, **where))
    save(Passage(element_id="vurder24", how="cancelled", at=NOW, **where))
    save(Passage(element_id="vurder24", how="completed", at=NOW - days(800), **where))

    assert keep_element_history()
    assert not keep_element_history()

    with transaction() as session:
        (found,) = session.query(ElementHistory).all()
        seconds = [one for _, one in found.sample]
    assert (found.passed, found.begun, found.measured, found.deciles[4]) == (1, 2, 2, 7200)
    assert seconds == [3600, 10_800]
    clock.advance(minutes=5)
    assert keep_element_history()
    with transaction() as session:
        session.query(ElementHistory).update({"measured": 5_000})
    clock.advance(minutes=59)
    assert not keep_element_history()
    clock.advance(minutes=1)
    assert keep_element_history()
