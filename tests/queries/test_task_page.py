"""One task with all that its page shows, and less for who sees the task but not the case."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete

from casework.calendar import CalendarKind
from casework.calendar import due as count_due
from casework.database import transaction
from casework.errors import NotFoundError
from casework.model import Case, ElementHistory, Escalation, Person, UserTask
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.receive_notification import receive_notification
from casework.operations.save_draft import save_draft
from casework.operations.start_process import start_process
from casework.queries.inbox_position import inbox_position
from casework.queries.task_page import task_page
from casework.queries.usual_time import span_words
from tests.cast import EMIL_CPR
from tests.diagrams import end, process, start, user
from tests.factories import save
from tests.operations.asking import deadline
from tests.operations.intake import FORMS, REGISTERED, WITHIN_24_HOURS, release_intake
from tests.operations.processes import a_form, field, release
from tests.queries.walked import a_submission

RECEIVED = datetime(2026, 11, 25, 12, 40, tzinfo=UTC)
NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)


@pytest.fixture
def assessment(cast, clock):
    """The 24-hour assessment of Alma, whose registration was late; now it is 09.14 the day after."""
    clock.move_to(RECEIVED + timedelta(minutes=25))
    release_intake()
    got = receive_notification(cast.mette, answers={"barnNavn": "Alma", "bekymring": "?"}, received_at=RECEIVED)
    answers = REGISTERED | {
        "modtagetTid": RECEIVED.isoformat(),
        "kendskabsDato": "2026-11-25",
        "barnNavn": "Alma Skov Mortensen",
        "foedselsdato": "2022-01-05",
        "barnetsOrd": "Jeg sover ikke.",
    }
    done = complete_user_task(cast.mette, task_id=got.task_id, answers=answers)
    clock.move_to(NOW)
    return done.next_task_ids[0]


def test_shows_the_child_the_case_and_where_in_the_process_it_is(cast, assessment):
    page = task_page(cast.mette, assessment)

    assert (page.name.text("da"), page.state, page.version) == ("Vurder24", "open", 1)
    assert (page.child.name, page.child.age) == ("Alma Skov Mortensen", 4)
    assert (page.step.number, page.step.of) == (2, 2)
    assert (page.unit.id, page.assignee, page.form_key) == ("modtagelse_nord", None, "F02")
    assert page.sees_case


def test_explains_the_deadline_with_ladder_and_source(cast, assessment):
    page = task_page(cast.mette, assessment)

    assert (page.due.state, page.due.words.text("da")) == ("soon", "13.40 · om 4 t 26 min")
    detail = page.deadline
    assert detail.due.rule.text("da") == "24 timer, Barnets lov § 136"
    assert detail.passed.text("da") == "19 t 34 min er gået."
    assert detail.part == pytest.approx(0.815, abs=0.001)
    assert [rung.level for rung in detail.ladder] == [1, 2, 3]
    assert detail.ladder[0].words.text("da").endswith("mindet om den.")
    expected = count_due("PT24H", CalendarKind.ELAPSED, RECEIVED)
    assert detail.explanation[: len(expected.explanation)] == expected.explanation
    assert detail.source.text("da").startswith("Kilde: ")
    assert detail.source.text("da").endswith("læst 3.11.2026.")
    assert not page.needs_late_reason


def test_says_which_rungs_were_raised_and_asks_why_it_is_late(cast, assessment, clock):
    standing = deadline("vurdering24")
    about = {"case_id": standing.case_id, "deadline_id": standing.id, "due_at": standing.due_at}
    save(Escalation(**about, level=1, raised_at=NOW))
    clock.move_to(RECEIVED + timedelta(hours=25))

    page = task_page(cast.mette, assessment)

    assert [rung.raised_at for rung in page.deadline.ladder] == [NOW, None, None]
    assert page.needs_late_reason
    assert page.due.words.text("da") == "1 t 0 min over"
    assert page.deadline.part > 1


def test_tells_what_the_case_knows_with_its_source(cast, assessment):
    page = task_page(cast.mette, assessment)

    known = {
        fact.label.text("da"): (fact.value.text("da"), fact.source and fact.source.text("da")) for fact in page.known
    }
    assert known["Underretter"] == ("Ditte Holm", "Underretning 25.11.2026")
    assert known["Forældre"] == ("Camilla Brandt (har forældremyndighed)", "Underretning 25.11.2026")
    assert [(said.text, said.source.text("da")) for said in page.words] == [
        ("Jeg sover ikke.", "Underretning eller henvendelse, 25.11.2026, Mette Friis Andersen")
    ]


def test_shows_earlier_notifications_and_not_this_one(cast, assessment):
    with transaction() as session:
        case_id = session.get_one(UserTask, assessment).case_id
        child = session.get_one(Person, session.get_one(Case, case_id).child_id)
        child.cpr_index = None
    release_intake()

    assert task_page(cast.mette, assessment).earlier == ()


def test_an_earlier_notification_is_told_by_day_and_kind(cast, clock):
    clock.move_to(RECEIVED)
    release_intake()
    pages = []
    for day in (25, 26):
        clock.move_to(datetime(2026, 11, day, 12, 40, tzinfo=UTC))
        got = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": EMIL_CPR, "bekymring": "?"})
        answers = REGISTERED | {
            "modtagetTid": clock.now.isoformat(),
            "kendskabsDato": clock.now.date().isoformat(),
            "barnNavn": "Emil Brandt Lauritsen",
            "foedselsdato": "2014-03-14",
        }
        done = complete_user_task(cast.mette, task_id=got.task_id, answers=answers)
        pages.append(task_page(cast.mette, done.next_task_ids[0]))

    (earlier,) = pages[1].earlier
    assert (earlier.received_on, earlier.notifier.text("da"), earlier.outcome) == (date(2026, 11, 25), "Skole", None)
    assert "Ditte" not in str(earlier)
    assert "new_notification" in {flag.kind for flag in pages[1].flags}


def test_the_registration_is_filled_in_with_the_number_for_who_works_on_it(cast, clock):
    clock.move_to(RECEIVED)
    release_intake()
    got = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": EMIL_CPR, "bekymring": "?"})

    ours, karins = task_page(cast.mette, got.task_id), task_page(cast.karin, got.task_id)
    assert ours.answers["barnCpr"] == "140314-4567"
    assert karins.rights.complete
    claim_user_task(cast.nadia, task_id=got.task_id)

    reading_along = task_page(cast.mette, got.task_id)
    assert not reading_along.rights.complete
    assert reading_along.refusal.text("da") == "Nadia Rahimi har taget opgaven. Du kan læse med."
    assert reading_along.answers["barnCpr"] == "140314-••••"


def test_says_where_a_filled_in_answer_comes_from_and_nothing_is_preselected(cast, clock):
    clock.move_to(RECEIVED)
    release_intake()
    got = receive_notification(cast.mette, answers={"barnNavn": "Alma"})

    page = task_page(cast.mette, got.task_id)

    assert page.sources["modtagetTid"].text("en") == "From the case"
    assert set(page.answers) <= {"modtagetTid", "kendskabsDato", "barnNavn", "foedselsdato", "bekymring"}


ASKING = process(
    start(),
    user("spoerg", camunda_formKey="F31s", camunda_candidateGroups="modtagelse"),
    user("svar", camunda_formKey="F31b", camunda_candidateGroups="ppr"),
    end(),
    flows="start spoerg, spoerg svar, svar end",
)


@pytest.fixture
def statement(cast):
    """Mette asks PPR about Emil; the answer is a task of PPR's."""
    question = a_form("F31s", field("spoergsmaal", "textarea"), field("hemmelig"))
    release(ASKING, forms={"F31s": question, "F31b": (FORMS / "F31b.form").read_text(encoding="utf-8")})
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    answers = {"spoergsmaal": "Hvilken støtte?", "hemmelig": "Slag derhjemme"}
    return complete_user_task(cast.mette, task_id=started.task_ids[0], answers=answers).next_task_ids[0]


def test_another_unit_gets_the_form_and_the_deadline_and_nothing_else_of_the_case(cast, statement):
    page = task_page(cast.peter, statement)

    assert page.rights.complete
    assert not page.sees_case
    assert page.answers["spoergsmaal"] == "Hvilken støtte?"
    assert "Slag derhjemme" not in str(page)
    assert "Camilla" not in str(page)
    assert (page.known, page.words, page.earlier, page.flags, page.step) == ((), (), (), (), None)


def test_the_responsible_unit_reads_along_on_another_units_task(cast, statement):
    page = task_page(cast.mette, statement)

    assert (page.rights.complete, page.rights.claim, page.rights.see_case) == (False, False, True)
    assert page.refusal.text("da") == "Opgaven ligger hos PPR Nord. Du kan læse den."


def planning(lane):
    """A plan that knows what was found in another instance of the case."""
    of_case = field(
        "analyse", "textarea", prefill="=[besvarelser.F14.analyse, sagensBesvarelser.F08.analyse][item != null][1]"
    )
    release(
        process(
            start(),
            user("plan", camunda_formKey="F14", camunda_candidateGroups=lane),
            end(),
            flows="start plan, plan end",
        ),
        forms={
            "F14": a_form("F14", of_case, field("slut", "datetime", subtype="date", prefill="=besvarelser.F14.slut"))
        },
    )


def test_what_another_instance_found_is_filled_in_with_its_form_and_day(cast, clock):
    clock.move_to(RECEIVED)
    for found in ("Ældre", "Emil har brug for ro."):
        a_submission(cast.case_id, "F08", {"analyse": found})
    planning("modtagelse")
    plan = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0]

    page = task_page(cast.mette, plan)

    assert page.answers == {"analyse": "Emil har brug for ro."}
    assert page.sources["analyse"].text("da") == "Fra Børnefaglig undersøgelse, 25.11.2026"


def test_another_unit_is_filled_in_only_what_it_wrote_itself(cast):
    a_submission(cast.case_id, "F08", {"analyse": "PPR's eget"}, unit_id="ppr_nord")
    planning("ppr")
    plan = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0]
    own = task_page(cast.peter, plan).answers
    a_submission(cast.case_id, "F08", {"analyse": "Slag derhjemme"})

    page = task_page(cast.peter, plan)

    assert own == page.answers == {"analyse": "PPR's eget"}
    assert task_page(cast.mette, plan).answers == {"analyse": "Slag derhjemme"}


def test_who_has_neither_the_task_nor_the_case_finds_nothing(cast, statement, assessment):
    for outsider in (cast.sofie, cast.birgit, cast.anders, cast.torben, cast.lars):
        for task_id in (statement, assessment, uuid4()):
            with pytest.raises(NotFoundError):
                task_page(outsider, task_id)
    with pytest.raises(NotFoundError):
        task_page(cast.peter, assessment)


def test_somebody_new_is_asked_for_and_told_so_in_advance(cast):
    diagram = process(
        start(),
        user("vurder", camunda_candidateGroups="modtagelse"),
        user("genvurder", camunda_candidateGroups="modtagelse", ext='<sag:assignment separation="true"/>'),
        end(),
        flows="start vurder, vurder genvurder, genvurder end",
    )
    release(diagram)
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    again = complete_user_task(cast.mette, task_id=started.task_ids[0], answers={}).next_task_ids[0]

    mettes, nadias = task_page(cast.mette, again), task_page(cast.nadia, again)

    assert (mettes.rights.complete, nadias.rights.complete) == (False, True)
    assert mettes.refusal.text("en") == "This must be done by somebody who has not worked on the case before."


def test_rights_follow_who_has_taken_it(cast, assessment):
    claim_user_task(cast.nadia, task_id=assessment)

    nadias, karins = task_page(cast.nadia, assessment), task_page(cast.karin, assessment)

    assert (nadias.rights.claim, nadias.rights.complete, nadias.rights.give_back) == (False, True, True)
    assert (karins.rights.complete, karins.rights.give_back, karins.rights.reassign) == (False, True, True)
    assert {unit.id for unit in karins.units} == {"familieafdeling_nord", "familiegruppe_nord"}
    assert nadias.units == ()
    assert [one.name for one in nadias.colleagues] == ["Mette Friis Andersen", "Nadia Rahimi"]


def test_a_saved_draft_comes_back_with_who_wrote_it(cast, assessment):
    save_draft(cast.mette, task_id=assessment, answers={"begrundelse": "Set"}, draft_version=0)

    page = task_page(cast.mette, assessment)

    assert (page.answers["begrundelse"], page.draft_version, page.draft_by) == ("Set", 1, "Mette Friis Andersen")


def test_a_completed_task_points_at_what_was_answered(cast, assessment):
    done = complete_user_task(cast.mette, task_id=assessment, answers={"begrundelse": "Set"})

    page = task_page(cast.mette, assessment)

    assert (page.submission_id, page.ended_by, page.state) == (done.submission_id, "Mette Friis Andersen", "completed")
    assert not any((page.rights.claim, page.rights.complete, page.rights.give_back, page.rights.reassign))
    assert page.due.state == "done"


def test_shows_the_law_of_the_step_once(cast):
    laws = '<sag:law key="bl136"/><sag:law key="bl136"/><sag:law key="bl138"/>' + WITHIN_24_HOURS
    diagram = process(start(), user("v", ext=laws, camunda_candidateGroups="modtagelse"), end(), flows="start v, v end")
    release(diagram)
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p", variables={"modtagetTid": RECEIVED})

    notes = task_page(cast.mette, started.task_ids[0]).laws

    assert [(note.key, note.title.text("da")) for note in notes] == [
        ("bl136", "Barnets lov § 136"),
        ("bl138", "Barnets lov"),
    ]
    assert notes[1].source.text("da") == "Endnu ikke bekræftet af en jurist."


def test_says_where_the_task_stands_in_the_inbox(cast):
    release(process(start(), user("a", camunda_candidateGroups="modtagelse"), end(), flows="start a, a end"))
    tasks = [start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0] for _ in range(3)]

    first, last = inbox_position(cast.mette, tasks[0]), inbox_position(cast.mette, tasks[2])

    assert (first.number, first.of, first.next_id) == (1, 3, tasks[1])
    assert (last.number, last.of, last.next_id) == (3, 3, None)
    assert inbox_position(cast.sofie, tasks[0]) is None
    assert inbox_position(cast.karin, tasks[0]) is None


def test_says_how_long_it_usually_takes_once_five_have_been_done(cast, assessment):
    page = task_page(cast.mette, assessment)
    assert page.usual_time is None

    for measured, words in ((4, None), (5, "2 days")):
        with transaction() as session:
            session.execute(delete(ElementHistory))
            place = {"process_id": page.process_id, "element_id": page.element_id}
            deciles = [600, 3600, 7200, 86_400, 172_800, 200_000, 300_000, 400_000, 500_000]
            counted = {"passed": measured, "measured": measured, "deciles": deciles}
            session.add(ElementHistory(**place, **counted, made_at=NOW))

        said = task_page(cast.mette, assessment).usual_time
        assert (said.text("en") if said else None) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "1 minute"),
        (600, "10 minutes"),
        (5400, "90 minutes"),
        (7200, "2 hours"),
        (86_400, "24 hours"),
        (260_000, "3 days"),
    ],
)
def test_a_span_is_said_as_people_say_it(seconds, words):
    assert span_words(seconds).text("en") == words
