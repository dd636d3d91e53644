"""One child, all processes: everything on the page, for those who see the case whole; nothing for others."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from casework.database import transaction
from casework.errors import NotFoundError
from casework.model import Case, CaseDocument, CaseState, DeadlineState, TeamMember
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.start_process import start_process
from casework.queries.age_rights import age_rights
from casework.queries.case_page import case_page
from casework.queries.diagram import diagram
from casework.queries.document import document
from casework.queries.flow_order import order_of
from casework.queries.messages import messages
from casework.queries.submission_page import submission_page
from casework.queries.submissions import submissions
from tests.diagrams import boundary, choice, end, node, process, start, timer, user
from tests.factories import a_consent, a_deadline, a_handoff, a_message, an_instance, save
from tests.operations.processes import one_after_the_other, release
from tests.queries.walked import a_submission

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)

MAIN = process(
    start(),
    user("registrer", camunda_candidateGroups="modtagelse"),
    choice("g"),
    user("akut", camunda_candidateGroups="modtagelse"),
    node("callActivity", "samtale", calledElement="talk"),
    user("udtalelse", camunda_candidateGroups="ppr"),
    end("slut"),
    flows="start registrer, registrer g, g akut if =akut, g samtale else, akut samtale, samtale udtalelse, "
    "udtalelse slut",
)
TALK = process(
    start(),
    choice("hvordan"),
    user("tal", camunda_candidateGroups="modtagelse"),
    user("skriv", camunda_candidateGroups="modtagelse"),
    end(),
    flows="start hvordan, hvordan skriv if =x, hvordan tal else, skriv end, tal end",
    name="talk",
)


@pytest.fixture
def running(cast, clock):
    """Emil's case with a process whose second step is a called one."""
    clock.move_to(NOW)
    release(MAIN, TALK)
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    clock.advance(minutes=10)
    done = complete_user_task(cast.mette, task_id=started.task_ids[0], answers={})
    return started.instance_id, done.next_task_ids[0]


def test_the_outline_walks_the_steps_with_who_and_when(cast, running):
    (instance,) = case_page(cast.mette, cast.case_id).instances

    assert [(step.name.text("da"), step.depth, step.state) for step in instance.outline] == [
        ("Registrer", 0, "done"),
        ("Akut", 0, "next"),
        ("Samtale", 0, "now"),
        ("Skriv", 1, "next"),
        ("Tal", 1, "now"),
        ("Udtalelse", 0, "next"),
    ]
    done, _, _, _, present, _ = instance.outline
    assert (done.at, done.who) == (NOW + timedelta(minutes=10), "Mette Friis Andersen")
    assert (present.who.text("da"), present.task_id) == ("Modtagelsen Nord", running[1])
    assert (instance.step.number, instance.step.of) == (3, 4)


def test_the_outline_names_who_has_taken_it_and_what_waits_for_others(cast, running):
    claim_user_task(cast.nadia, task_id=running[1])
    assert case_page(cast.mette, cast.case_id).instances[0].outline[4].who == "Nadia Rahimi"

    complete_user_task(cast.nadia, task_id=running[1], answers={})

    outline = case_page(cast.mette, cast.case_id).instances[0].outline
    assert [step.state for step in outline] == ["done", "next", "done", "skipped", "done", "waiting"]


def test_what_was_not_needed_is_skipped_when_the_process_has_ended(cast, running):
    complete_user_task(cast.mette, task_id=running[1], answers={})
    last = case_page(cast.mette, cast.case_id).tasks[0]
    complete_user_task(cast.peter, task_id=last.task_id, answers={})

    (instance,) = case_page(cast.mette, cast.case_id).instances
    page = diagram(cast.mette, running[0])

    assert (instance.state, instance.outcome.text("da"), instance.outline) == ("completed", "Slut", ())
    assert [step.state for step in page.outline] == ["done", "skipped", "done", "skipped", "done", "done"]


def test_a_late_step_is_overdue_in_list_and_picture(cast, clock):
    clock.move_to(NOW)
    late = '<sag:deadline key="d" class="LOKAL" duration="PT1H" calendar="elapsed"/>'
    release(one_after_the_other("vurder", ext=late))
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    clock.advance(hours=3)

    page = diagram(cast.mette, started.instance_id)

    assert [(step.state, step.due.words.text("da")) for step in page.outline] == [("overdue", "2 t 0 min over")]
    assert page.markers == {"start": "done", "vurder": "overdue"}


def test_the_picture_is_the_diagram_as_released_and_those_it_calls(cast, running):
    main, called = diagram(cast.mette, running[0]), diagram(cast.mette, running[0], process_id="talk")

    assert main.xml == MAIN
    assert main.markers == {"start": "done", "registrer": "done", "g": "done", "samtale": "now"}
    assert called.xml == TALK
    assert called.markers == {"start": "done", "hvordan": "done", "tal": "now"}
    assert [(name, words.text("da")) for name, words in main.processes] == [("p", "Proces p"), ("talk", "Proces talk")]
    with pytest.raises(NotFoundError):
        diagram(cast.mette, running[0], process_id="another")


def test_a_wait_for_the_clock_is_waiting(cast, clock):
    clock.move_to(NOW)
    wait = node("intermediateCatchEvent", "vent", timer("P2D"))
    release(process(start(), wait, end(), flows="start vent, vent end"))
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")

    assert [step.state for step in diagram(cast.mette, started.instance_id).outline] == ["waiting"]


def test_what_a_gateway_of_events_awaits_is_waiting(cast, clock):
    clock.move_to(NOW)
    waits = node("intermediateCatchEvent", "vent", timer("P2D")), node("intermediateCatchEvent", "senere", timer("P9D"))
    drawn = process(
        start(), node("eventBasedGateway", "g"), *waits, end(), flows="start g, g vent, g senere, vent end, senere end"
    )
    release(drawn)
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")

    assert [step.state for step in diagram(cast.mette, started.instance_id).outline] == ["waiting", "waiting"]


def test_a_call_that_is_done_holds_nothing_that_another_call_does_now(cast, clock):
    clock.move_to(NOW)
    calls = (node("callActivity", name, calledElement="talk") for name in ("foerst", "igen"))
    release(process(start(), *calls, end(), flows="start foerst, foerst igen, igen end"), TALK)
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    complete_user_task(cast.mette, task_id=started.task_ids[0], answers={})

    outline = diagram(cast.mette, started.instance_id).outline

    assert [(step.name.text("da"), step.depth, step.state) for step in outline] == [
        ("Foerst", 0, "done"),
        ("Skriv", 1, "skipped"),
        ("Tal", 1, "done"),
        ("Igen", 0, "now"),
        ("Skriv", 1, "next"),
        ("Tal", 1, "now"),
    ]


def test_the_order_follows_the_flow_through_loops_branches_and_boundaries():
    drawn = process(
        end("slut"),
        user("b"),
        user("a"),
        choice("g"),
        user("haster"),
        boundary("ur", "a", timer("PT1H"), interrupting=False),
        start("begynd"),
        flows="begynd a, a g, g b if =x, g a else, b slut, ur haster, haster slut",
    )

    order = order_of(drawn)["p"]

    assert set(order) == {"begynd", "a", "g", "b", "ur", "haster", "slut"}
    assert order[:2] == ("begynd", "a")
    assert order.index("a") < order.index("g") < order.index("b") < order.index("slut")
    assert order.index("ur") < order.index("haster") < order.index("slut")


def test_the_page_shows_all_that_belongs_to_the_case(cast, running, clock):
    deadline = a_deadline(cast.case_id, instance_id=running[0], starts_at=NOW, due_at=clock.now - timedelta(minutes=2))
    a_deadline(
        cast.case_id, instance_id=running[0], due_class="LOKAL", due_at=NOW + timedelta(days=9), unit_id="ppr_nord"
    )
    met = a_deadline(
        cast.case_id,
        instance_id=running[0],
        due_at=NOW - timedelta(days=5),
        state=DeadlineState.MET,
        ended_at=NOW - timedelta(days=6),
    )
    a_deadline(cast.case_id, instance_id=running[0], state=DeadlineState.WITHDRAWN, ended_at=NOW)
    save(TeamMember(case_id=cast.case_id, employee_id=cast.peter.id, role="participant", since=NOW))
    handoff, consent, kept = a_handoff(cast.case_id), a_consent(cast.case_id), a_message(cast.case_id)
    submission = a_submission(cast.case_id, "F02", {"begrundelse": "Set"}, instance_id=running[0])

    page = case_page(cast.mette, cast.case_id)

    assert (page.number, page.is_whole, page.child.name) == ("S-2026-0417", True, "Emil Brandt Lauritsen")
    assert [row.id for row in page.deadlines][:2] == [met.id, deadline.id]
    assert len(page.deadlines) == 3
    assert page.deadline_counts == (2, 1, 0, 1)
    assert page.timeline == (NOW, NOW + timedelta(days=9))
    assert [task.task_id for task in page.tasks] == [running[1]]
    assert [(one.kind, one.name, [note.text("da") for note in one.notes]) for one in page.persons] == [
        ("mother", "Camilla Brandt", ["forældremyndighed"])
    ]
    assert [(one.employee.name, one.role_words.text("da")) for one in page.team] == [("Peter Aagaard", "Deltager")]
    assert [row.id for row in page.handoffs] == [handoff.id]
    assert [(one.id, one.is_valid) for one in page.consents] == [(consent.id, True)]
    assert [one.id for one in page.messages] == [kept.id]
    assert next(one.id for one in page.submissions) == submission.id
    assert [row.kind for row in page.journal] == ["user_task_completed", "process_started"]
    assert [flag.words.text("da") for flag in page.flags] == ["Beskyttet adresse"]
    assert [one.process_id for one in page.startable] == ["p"]


def test_rights_are_the_responsible_units_and_close_only_at_rest(cast, running):
    rights = case_page(cast.mette, cast.case_id).rights
    assert (rights.note, rights.hand_off, rights.close) == (True, True, False)

    save(TeamMember(case_id=cast.case_id, employee_id=cast.lars.id, role="caseworker", since=NOW))

    rights = case_page(cast.lars, cast.case_id).rights
    assert (rights.note, rights.hand_off, rights.team, rights.set_responsible) == (True, False, False, False)


def test_a_case_at_rest_may_be_closed_and_a_closed_one_says_so(cast):
    assert case_page(cast.mette, cast.case_id).rights.close
    with transaction() as session:
        session.get_one(Case, cast.case_id).close(NOW)

    page = case_page(cast.mette, cast.case_id)

    assert page.state == CaseState.CLOSED
    assert not page.rights.close
    assert [flag.kind for flag in page.flags] == ["protected", "closed"]


def test_rights_by_age_say_from_when():
    rights = age_rights(date(2014, 3, 14), date(2026, 11, 26))

    assert [(right.age, right.applies) for right in rights] == [(10, True), (12, True), (15, False), (18, False)]
    assert rights[2].words.text("da") == "Fra 14.3.2029."
    assert rights[0].words.text("da") == "Gælder. Barnet høres og får egne breve."
    assert age_rights(None, date(2026, 11, 26)) == ()


def test_a_right_that_comes_within_half_a_year_is_near_and_who_is_of_age_has_one():
    soon, of_age = age_rights(date(2012, 4, 14), date(2026, 11, 26)), age_rights(date(2008, 11, 26), date(2026, 11, 26))

    assert [right.age for right in soon if right.is_near] == [15]
    assert [(right.age, right.applies) for right in of_age] == [(18, True)]


def test_documents_open_for_those_who_see_the_whole_case(cast):
    letter = CaseDocument(
        case_id=cast.case_id,
        kind="letter",
        title="Kvittering: underretning/»hast«",
        media_type="application/pdf",
        sha256=b"",
        content=b"%PDF",
        created_at=NOW,
        created_by="Sagsgang",
    )
    save(letter)
    a_handoff(cast.case_id, state="accepted")

    opened = document(cast.mette, letter.id)

    assert (opened.content, opened.file_name) == (b"%PDF", "S-2026-0417-Kvittering-underretning-hast.pdf")
    assert [row.title for row in case_page(cast.mette, cast.case_id).documents] == ["Kvittering: underretning/»hast«"]
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.anders, cast.torben):
        with pytest.raises(NotFoundError):
            document(outsider, letter.id)


def test_a_submission_is_shown_as_filled_in_with_its_number_masked(cast):
    kept = a_submission(cast.case_id, "F01", {"barnNavn": "Emil", "barnCpr": "140314-4567"})
    theirs = a_submission(cast.case_id, "F31b", {"svar": "Støtte"}, unit_id="ppr_nord", lane="ppr")

    page = submission_page(cast.mette, kept.id)

    assert (page.form_key, page.answers["barnCpr"]) == ("F01", "140314-••••")
    assert page.form_title.text("da") == "Underretning eller henvendelse"
    assert {row.id for row in submissions(cast.mette, cast.case_id)} == {kept.id, theirs.id}
    assert [row.id for row in submissions(cast.peter, cast.case_id)] == [theirs.id]
    assert submission_page(cast.peter, theirs.id).answers == {"svar": "Støtte"}
    for outsider in (cast.sofie, cast.peter, cast.lars):
        with pytest.raises(NotFoundError):
            submission_page(outsider, kept.id)
    with pytest.raises(NotFoundError):
        submissions(cast.sofie, cast.case_id)


def test_kept_messages_say_who_could_receive_them(cast):
    message = a_message(cast.case_id)
    a_message(cast.case_id, state="delivered")

    (row,) = messages(cast.mette).rows

    assert (row.id, row.case_number, row.awaited_by) == (message.id, "S-2026-0417", ())
    assert [row.id for row in messages(cast.anders).rows] == [message.id]
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.birgit):
        assert messages(outsider).rows == ()


def test_who_has_nothing_to_do_with_the_case_finds_nothing(cast, running):
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.birgit, cast.anders, cast.torben):
        for case_id in (cast.case_id, uuid4()):
            with pytest.raises(NotFoundError):
                case_page(outsider, case_id)
        with pytest.raises(NotFoundError):
            diagram(outsider, running[0])


def test_an_instance_of_another_case_shows_only_there(cast, running):
    other = an_instance(cast.case_id)

    assert diagram(cast.mette, running[0]).case_id == cast.case_id
    with pytest.raises(NotFoundError):
        diagram(cast.sofie, other.id)
