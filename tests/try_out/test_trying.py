"""A draft is tried out on the real operations: steps are taken and taken back, and everything says where it is from."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from casework import clock as casework_clock
from casework.clock import moved_to
from casework.config import settings as current_settings
from casework.database import dispose, engine
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.model import ArtifactKind
from casework.operations.correct_answers import GoesOn
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.process_drafts.own_walk import own_walk
from casework.queries.task_page import task_page
from casework.try_out import trying
from casework.try_out.draft_scenarios import draft_scenarios, draft_workspace
from casework.try_out.keeping import keep_scenario
from casework.try_out.record import EntryKind
from casework.try_out.running import begin_run, go_on, scenarios_seen
from casework.try_out.scenario_failures import scenario_failures
from casework.try_out.step_words import step_words
from casework.try_out.ways import begin_before
from tests.cast import assemble
from tests.operations.drafting import DIAGRAM
from tests.operations.processes import a_form, field, release
from tests.services.clock import MONDAY
from tests.try_out.drawing import BEGINNING, FORMS, drawn, for_several


@pytest.fixture(scope="module")
def _town(tmp_path_factory, _sqlite_template):
    """The cast and the process in a file that each test copies; what is prepared for it is prepared once."""
    folder = tmp_path_factory.mktemp("town")
    file = folder / "town.sqlite"
    shutil.copy(_sqlite_template, file)
    with pytest.MonkeyPatch.context() as patch, moved_to(MONDAY):
        patch.setenv("SAGSGANG_DATA", str(folder))
        patch.setenv("DATABASE_URL", f"sqlite:///{file}")
        current_settings.cache_clear()
        cast = assemble()
        release(drawn(), forms=FORMS)
        dispose()
    current_settings.cache_clear()
    return SimpleNamespace(file=file, folder=folder, cast=cast)


@pytest.fixture
def cast(_town, sqlite_copy, settings, clock):
    """On SQLite: a try-out works in SQLite whatever the municipality's database is."""
    sqlite_copy(_town.file)
    settings(SAGSGANG_DATA=str(_town.folder))
    return _town.cast


@pytest.fixture
def draft(cast):
    """Birgit's draft of the process, in which nothing is changed yet."""
    return start_process_draft(cast.birgit, process_id="p")


def go(cast, draft, *steps):
    """Take the steps."""
    for step in steps:
        trying.take(cast.birgit, draft, step, own_walk(cast.birgit, draft).version)


def stood(cast, draft):
    """Where the walk stands."""
    with trying.opened(cast.birgit, draft) as walk:
        return walk


@pytest.fixture
def begun(cast, draft):
    trying.begin(cast.birgit, draft, BEGINNING)
    return draft


def test_a_walk_begins_with_the_first_task_and_its_deadline(cast, begun):
    walk = stood(cast, begun)

    assert [(task.element_id, task.form_key) for task in walk.seen.tasks] == [("a", "X01")]
    assert walk.seen.deadlines[0].due.at == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)
    assert walk.seen.now == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_nothing_of_it_reaches_the_municipality(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}})

    with engine().connect() as connection:
        assert connection.exec_driver_sql("select count(*) from cases").scalar() == 1
        assert connection.exec_driver_sql("select count(*) from process_instance").scalar() == 0


def test_time_passes_and_the_log_says_what_came(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "5 måneder"})

    walk = stood(cast, begun)

    assert walk.seen.now == datetime(2027, 4, 24, 8, 0, tzinfo=UTC)
    assert [task.element_id for task in walk.seen.tasks] == ["b"]
    said = {entry.kind: entry.words.id for record in walk.reached.records for entry in record.entries}
    assert said[EntryKind.TIME] == "The moment has come: Vent"
    assert said[EntryKind.DEADLINE] == "6 days have gone. It was met on 24 Nov: A"


def test_a_deadline_that_passes_is_told(cast, begun):
    go(cast, begun, {"vent": "7 dage"})

    entries = stood(cast, begun).reached.now.entries
    assert [e.words.id for e in entries if e.kind is EntryKind.OVERDUE] == [
        "6 days have gone. The deadline has passed: A"
    ]


def test_a_gateway_says_what_it_asked_and_was_answered(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "kort"}})

    (entry,) = [e for e in stood(cast, begun).reached.now.entries if e.kind is EntryKind.GATEWAY]

    assert [(way.target.danish, way.expression, way.value, way.is_chosen) for way in entry.why] == [
        ("Vent", 'vej="lang"', "false", False),
        ("Kort", "", "", True),
    ]
    assert entry.read == (("vej", '"kort"'),)


def test_every_value_says_where_it_is_from(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}})

    ((_, values),) = stood(cast, begun).seen.variables
    assert [(one.name, one.value, one.origin.words.danish) for one in values] == [("vej", '"lang"', "A")]


def test_a_step_is_taken_back(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "1 uge"})

    trying.take_back(cast.birgit, begun, 0, own_walk(cast.birgit, begun).version)

    assert [task.element_id for task in stood(cast, begun).seen.tasks] == ["a"]


def test_what_was_thrown_away_is_made_again(cast, begun, settings):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "1 uge"})
    for file in (settings().data / "try_out" / "walks").glob("*.sqlite"):
        file.unlink()

    go(cast, begun, {"vent": "5 måneder"})

    assert [task.element_id for task in stood(cast, begun).seen.tasks] == ["b"]


def test_a_form_is_handed_in_as_a_step_without_cpr_numbers(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "5 måneder"})
    walk = stood(cast, begun)

    answers = {"note": "Opdigtet", "cpr": "1403144567"}
    trying.complete(cast.birgit, begun, walk.seen.tasks[0].id, answers, walk.version)

    assert own_walk(cast.birgit, begun).steps[-1] == {"opgave": "b", "svar": {"note": "Opdigtet"}}


def test_the_clerk_fills_in_what_the_form_insists_on(cast, begun):
    task_id = stood(cast, begun).seen.tasks[0].id

    assert trying.filled_in(cast.birgit, begun, task_id, {}) == {"vej": "lang"}


def test_the_pages_of_tasks_can_be_asked_inside(cast, begun):
    with trying.opened(cast.birgit, begun) as walk:
        page = task_page(trying.EVERYBODY, walk.seen.tasks[0].id)
        assert casework_clock.now() == walk.seen.now

    assert page.form_key == "X01"


def test_refuses_what_cannot_happen_and_nothing_has_happened(cast, begun):
    with pytest.raises(InvalidError, match="b"):
        go(cast, begun, {"opgave": "b"})

    assert own_walk(cast.birgit, begun).steps == ()


def test_refuses_a_form_that_is_not_filled_in(cast, begun):
    walk = stood(cast, begun)

    with pytest.raises(InvalidError) as refused:
        trying.complete(cast.birgit, begun, walk.seen.tasks[0].id, {}, walk.version)

    assert list(refused.value.fields) == ["vej"]


def test_refuses_to_go_on_from_another_window(cast, begun):
    go(cast, begun, {"vent": "1 dag"})

    with pytest.raises(ConflictError):
        trying.take(cast.birgit, begun, {"vent": "1 dag"}, 1)


def test_refuses_who_may_not_see_drafts(cast, begun):
    with pytest.raises(ForbiddenError):
        trying.begin(cast.mette, begun, BEGINNING)


def test_a_changed_draft_is_walked_anew_and_says_where_it_goes_otherwise(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "5 måneder"}, {"opgave": "b"})

    save_draft_file(
        cast.birgit, process_draft_id=begun, kind=DIAGRAM, key="p", content=drawn("P5D", wait="P6M"), revision=0
    )

    walk = stood(cast, begun)
    assert walk.reached.count == 2
    assert "b" in walk.reached.refusal.danish
    assert walk.seen.deadlines[0].due.at == datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC)
    go(cast, begun, {"vent": "2 måneder"})
    assert [step_words(step).text("en") for step in own_walk(cast.birgit, begun).steps][
        -1
    ] == "The clock goes on: 2 months"
    assert [task.element_id for task in stood(cast, begun).seen.tasks] == ["b"]


def test_a_walk_is_kept_as_a_scenario_that_holds_and_fails_when_the_draft_goes_otherwise(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "5 måneder"})

    keep_scenario(cast.birgit, begun, name="Den lange vej", about="", expected=None)

    (told,) = draft_scenarios(cast.birgit, begun)
    assert told.entries["forløb"][-1]["forvent"]["opgaver"] == ["b"]
    assert failures(cast, begun) == []
    save_draft_file(cast.birgit, process_draft_id=begun, kind=DIAGRAM, key="p", content=drawn(wait="P6M"), revision=0)
    (failure,) = failures(cast, begun)
    assert failure.text("en").startswith("Den lange vej (line 10): The task b should stand.")


def failures(cast, draft):
    return scenario_failures(draft_workspace(cast.birgit, draft))


def test_a_run_says_which_ways_no_scenario_takes_and_leads_there(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}}, {"vent": "5 måneder"})
    keep_scenario(cast.birgit, begun, name="Den lange vej", about="", expected=[])
    begin_run(cast.birgit, begun)
    while go_on(cast.birgit, begun, seconds=5).ended_at is None:
        pass

    ((_, covered),) = scenarios_seen(cast.birgit, begun).covered
    assert [(source, target) for _, source, target in covered.untaken] == [("B", "Lang"), ("G", "Kort")]
    begin_before(cast.birgit, begun, "p", "f_g_3")
    assert [task.element_id for task in stood(cast, begun).seen.tasks] == ["a"]


def test_a_name_that_is_taken_is_refused(cast, begun):
    keep_scenario(cast.birgit, begun, name="Den lange vej", about="", expected=None)

    with pytest.raises(InvalidError):
        keep_scenario(cast.birgit, begun, name="Den lange vej", about="", expected=None)


def test_a_stuck_walk_says_why(cast, draft):
    content = drawn().replace(b' default="f_g_3"', b"")
    content = content.replace(
        b'sourceRef="g" targetRef="kort">',
        b'sourceRef="g" targetRef="kort"><bpmn:conditionExpression>=false</bpmn:conditionExpression>',
    )
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", content=content, revision=0)
    trying.begin(cast.birgit, draft, BEGINNING)

    go(cast, draft, {"opgave": "a", "svar": {"vej": "kort"}})

    walk = stood(cast, draft)
    ((element, cause),) = walk.seen.incidents
    assert (element.danish, cause.text("en")) == (
        "G",
        "No condition of the gateway is true, and none of its ways is taken otherwise.",
    )


def test_what_was_answered_is_put_right_and_the_way_is_another(cast, begun):
    go(cast, begun, {"opgave": "a", "svar": {"vej": "lang"}})
    (done,) = stood(cast, begun).seen.done
    right = {"goes_on": GoesOn.AFTER, "version": own_walk(cast.birgit, begun).version}

    with pytest.raises(InvalidError) as refused:
        trying.correct(cast.birgit, begun, done.id, {"vej": "rundt"}, **right)
    trying.correct(cast.birgit, begun, done.id, {"vej": "kort"}, **right)

    walk = stood(cast, begun)
    assert "vej" in refused.value.fields
    assert walk.steps[-1] == {"ret": "a", "svar": {"vej": "kort"}}
    assert (walk.seen.tasks, [bool(one.ended_at) for one in walk.seen.instances]) == ((), [True])


def test_of_several_tasks_each_can_be_answered_and_files_are_invented(cast, draft):
    form = a_form("X02", field("note"), field("bilag", "filepicker", required=True))
    for kind, key, content in ((DIAGRAM, "p", for_several()), (ArtifactKind.FORM, "X02", form.encode())):
        save_draft_file(cast.birgit, process_draft_id=draft, kind=kind, key=key, content=content, revision=0)
    trying.begin(cast.birgit, draft, BEGINNING)
    tasks = stood(cast, draft).seen.tasks
    answers = {"note": "Ja", "bilag": ["svar.pdf", "mere.txt"]}

    trying.complete(cast.birgit, draft, tasks[1].id, answers, own_walk(cast.birgit, draft).version)

    walk = stood(cast, draft)
    assert [(one.number, one.count) for one in tasks] == [(1, 3), (2, 3), (3, 3)]
    assert [one.id for one in walk.seen.tasks] == [tasks[0].id, tasks[2].id]
    assert walk.steps == ({"opgave": "m", "nummer": 2, "svar": answers},)
    assert (walk.seen.letters, [e for e in walk.reached.now.entries if e.kind is EntryKind.LETTER]) == ((), [])
    with trying.opened(cast.birgit, draft) as walk:
        page = task_page(trying.EVERYBODY, tasks[1].id)
        kept = [option.danish for option in (one.label for one in page.choices["files"])]
    assert sorted(kept) == ["mere.txt", "svar.pdf"]
    with pytest.raises(InvalidError, match="there stand only 2"):
        go(cast, draft, {"opgave": "m", "nummer": 3})


@pytest.mark.parametrize(("way", "takes"), [("kort", "f_g_3"), ("lang", "f_g_2")])
def test_of_two_ways_to_the_same_end_only_the_one_is_taken_that_was_chosen(cast, draft, way, takes):
    content = drawn(more=', g kort if =vej="rundt", g vent if =vej="langsomt"')
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", content=content, revision=0)
    trying.begin(cast.birgit, draft, BEGINNING)

    go(cast, draft, {"opgave": "a", "svar": {"vej": way}})

    assert {flow for _, flow in stood(cast, draft).reached.now.taken if flow.startswith("f_g_")} == {takes}
