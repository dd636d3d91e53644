"""Hand-offs: nothing moves before the receiver says yes; each side may do its part only; everybody is told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import Case, Handoff, InstanceState, Job, JournalEntry, Notification, ProcessMessage, UserTask
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.claim_jobs import claim_jobs
from casework.operations.complete_handoff import complete_handoff
from casework.operations.complete_user_task import complete_user_task
from casework.operations.decline_handoff import decline_handoff
from casework.operations.finish_job import finish_job
from casework.operations.handoff_of_job import handoff_of_job
from casework.operations.offer_handoff import offer_handoff
from casework.operations.return_handoff import return_handoff
from casework.operations.start_process import start_process
from casework.operations.withdraw_handoff import withdraw_handoff
from tests.diagrams import end, job, node, process, start, user
from tests.factories import a_consent, a_task
from tests.operations.asking import instance, kinds, one, rows
from tests.operations.processes import a_form, field, release

OFFER = {
    "to_unit_id": "ppr_nord",
    "subject": "Skoletilbud",
    "purpose": "Vi beder jer afklare, hvilken støtte Emil skal have.",
    "data_classes": ["skole"],
    "legal_basis": "fvl28",
}


@pytest.fixture
def offered(cast):
    return offer_handoff(cast.mette, case_id=cast.case_id, **OFFER)


def _handoff(handoff_id):
    return one(Handoff, Handoff.id == handoff_id)


def _told(employee):
    return [row.kind for row in rows(select(Notification).where(Notification.employee_id == employee.id))]


def test_an_offer_leaves_the_responsibility_where_it_is_and_tells_the_receiver(cast, offered):
    handoff, case = _handoff(offered), one(Case, Case.id == cast.case_id)

    assert (handoff.state, handoff.from_unit_id, handoff.responsible_unit_id) == (
        "offered",
        "modtagelse_nord",
        "modtagelse_nord",
    )
    assert case.responsible_unit_id == "modtagelse_nord"
    assert handoff.due_at == datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)  # 3 working days after Monday
    assert _told(cast.peter) == ["handoff"]
    assert [row.topic for row in rows(select(Job))] == ["notify"]
    assert kinds(cast.case_id) == ["handoff_offered"]


def test_accepting_makes_the_receiver_do_the_next_thing_only(cast, offered):
    moved = accept_handoff(cast.peter, handoff_id=offered, version=1)

    handoff, case = _handoff(offered), one(Case, Case.id == cast.case_id)
    assert (moved.state, moved.version) == ("accepted", 2)
    assert (handoff.next_employee_id, handoff.answered_by, handoff.answered_at) == (
        cast.peter.id,
        "Peter Aagaard",
        datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    )
    assert case.responsible_unit_id == "modtagelse_nord"
    assert _told(cast.mette) == ["handoff"]


def test_accepting_moves_the_responsibility_where_that_was_asked(cast):
    other = a_task(cast.case_id, unit_id="familiegruppe_nord", awaited_by_unit_id="modtagelse_nord")
    ours = a_task(cast.case_id)
    handoff_id = offer_handoff(
        cast.mette, case_id=cast.case_id, **OFFER | {"to_unit_id": "familiegruppe_nord"}, moves_responsibility=True
    )

    accept_handoff(cast.karin, handoff_id=handoff_id, next_employee_id=cast.lars.id)

    case = one(Case, Case.id == cast.case_id)
    assert (case.responsible_unit_id, case.responsible_employee_id) == ("familiegruppe_nord", cast.lars.id)
    assert one(UserTask, UserTask.id == other.id).awaited_by_unit_id is None
    assert one(UserTask, UserTask.id == ours.id).awaited_by_unit_id == "familiegruppe_nord"
    assert kinds(cast.case_id) == ["handoff_offered", "handoff_accepted", "responsibility_moved"]
    assert one(JournalEntry, JournalEntry.kind == "responsibility_moved").details["unit"] == "Familiegruppe Nord"


def test_declining_keeps_it_with_the_sender_and_tells_the_leader_why(cast, offered):
    decline_handoff(
        cast.peter, handoff_id=offered, reason="Emil hører til PPR Syd", suggested_unit_id="noerrevangskolen"
    )

    handoff = _handoff(offered)
    assert (handoff.state, handoff.reason, handoff.suggested_unit_id) == (
        "declined",
        "Emil hører til PPR Syd",
        "noerrevangskolen",
    )
    assert handoff.responsible_unit_id == "modtagelse_nord"
    assert _told(cast.mette) == ["handoff"]
    assert _told(cast.karin) == ["handoff"]


def test_the_receiver_asks_the_sender_answers_and_the_date_stays(cast, offered, clock):
    due_at = _handoff(offered).due_at
    asked = ask_about_handoff(cast.peter, handoff_id=offered, question="Hvor bor mor?")
    with pytest.raises(ConflictError):
        accept_handoff(cast.peter, handoff_id=offered)
    clock.advance(hours=3)

    answered = answer_handoff(cast.mette, handoff_id=offered, text="I skoledistrikt Syd.")

    handoff = _handoff(offered)
    assert (asked.state, answered.state, handoff.due_at) == ("more_asked", "offered", due_at)
    assert [(one["kind"], one["by"], one["text"]) for one in handoff.exchanges] == [
        ("question", "Peter Aagaard", "Hvor bor mor?"),
        ("answer", "Mette Friis Andersen", "I skoledistrikt Syd."),
    ]


def test_what_was_accepted_can_be_finished(cast, offered):
    accept_handoff(cast.peter, handoff_id=offered)

    assert complete_handoff(cast.peter, handoff_id=offered, result="Støtte 4 timer om ugen").state == "completed"
    assert _handoff(offered).reason == "Støtte 4 timer om ugen"


def test_what_was_accepted_can_be_given_back_with_the_responsibility(cast):
    handoff_id = offer_handoff(
        cast.mette, case_id=cast.case_id, **OFFER | {"to_unit_id": "familiegruppe_nord"}, moves_responsibility=True
    )
    accept_handoff(cast.lars, handoff_id=handoff_id)

    return_handoff(cast.lars, handoff_id=handoff_id, reason="Familien er flyttet")

    case = one(Case, Case.id == cast.case_id)
    assert (case.responsible_unit_id, case.responsible_employee_id) == ("modtagelse_nord", cast.mette.id)
    assert _handoff(handoff_id).responsible_unit_id == "modtagelse_nord"


def test_the_sender_can_take_an_offer_back_before_it_is_accepted(cast, offered):
    assert withdraw_handoff(cast.mette, handoff_id=offered, reason="Fejl i modtager").state == "withdrawn"

    with pytest.raises(ConflictError):
        accept_handoff(cast.peter, handoff_id=offered)


MOVES = [
    (accept_handoff, {}, "receiver"),
    (decline_handoff, {"reason": "x"}, "receiver"),
    (ask_about_handoff, {"question": "x"}, "receiver"),
    (withdraw_handoff, {"reason": "x"}, "sender"),
]


@pytest.mark.parametrize(("move", "words", "side"), MOVES)
def test_each_side_may_do_its_part_only(cast, offered, move, words, side):
    wrong = cast.mette if side == "receiver" else cast.peter

    with pytest.raises(ForbiddenError):
        move(wrong, handoff_id=offered, **words)
    for outsider in (cast.sofie, cast.lars, cast.birgit, cast.anders):
        with pytest.raises(NotFoundError):
            move(outsider, handoff_id=offered, **words)
    assert _handoff(offered).state == "offered"


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (complete_handoff, {"result": "x"}),
        (return_handoff, {"reason": "x"}),
        (answer_handoff, {"text": "x"}),
    ],
)
def test_what_does_not_fit_the_state_is_a_conflict(cast, offered, move, words):
    actor = cast.mette if move is answer_handoff else cast.peter

    with pytest.raises(ConflictError):
        move(actor, handoff_id=offered, **words)


def test_two_answers_at_once_the_second_sees_what_changed(cast, offered):
    accept_handoff(cast.peter, handoff_id=offered, version=1)

    with pytest.raises(ConflictError) as refused:
        decline_handoff(cast.peter, handoff_id=offered, reason="x", version=1)

    assert refused.value.changed == {"version": 2, "state": "accepted"}


@pytest.mark.parametrize(
    ("move", "word"),
    [
        (decline_handoff, "reason"),
        (ask_about_handoff, "question"),
        (withdraw_handoff, "reason"),
    ],
)
def test_words_are_needed_and_not_endless(cast, offered, move, word):
    actor = cast.mette if move is withdraw_handoff else cast.peter

    for text in ("  ", "x" * 5001):
        with pytest.raises(InvalidError) as refused:
            move(actor, handoff_id=offered, **{word: text})
        assert set(refused.value.fields) == {word}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "x" * 121}, "subject"),
        ({"purpose": ""}, "purpose"),
        ({"to_unit_id": "findes_ikke"}, "to_unit_id"),
        ({"to_unit_id": "modtagelse_nord"}, "to_unit_id"),
        ({"data_classes": ["alt"]}, "data_classes"),
        ({"legal_basis": None}, "legal_basis"),
        ({"legal_basis": "findesikke"}, "legal_basis"),
        ({"legal_basis": "samtykke"}, "consent_id"),
        ({"consent_id": UUID(int=1)}, "consent_id"),
        ({"due_at": datetime(2026, 11, 20, tzinfo=UTC)}, "due_at"),
    ],
)
def test_an_offer_that_lacks_something_is_refused_by_field(cast, changes, field):
    with pytest.raises(InvalidError) as refused:
        offer_handoff(cast.mette, case_id=cast.case_id, **OFFER | changes)

    assert set(refused.value.fields) == {field}
    assert rows(select(Handoff)) == []


def test_a_consent_must_count_now_to_be_a_basis(cast, clock):
    ended = a_consent(cast.case_id, valid_until=clock.now - timedelta(days=1))
    refused = a_consent(cast.case_id, state="declined")
    counts = a_consent(cast.case_id, valid_until=clock.now + timedelta(days=30))
    for consent in (ended, refused):
        with pytest.raises(InvalidError):
            offer_handoff(cast.mette, case_id=cast.case_id, **OFFER | {"legal_basis": None}, consent_id=consent.id)

    named = offer_handoff(cast.mette, case_id=cast.case_id, **OFFER | {"legal_basis": None}, consent_id=counts.id)
    found = offer_handoff(cast.mette, case_id=cast.case_id, **OFFER | {"legal_basis": "samtykke"})

    assert {_handoff(named).consent_id, _handoff(found).consent_id} == {counts.id}


def test_only_the_responsible_unit_offers_and_only_on_an_open_case(cast):
    for outsider in (cast.sofie, cast.peter, cast.lars):
        with pytest.raises(NotFoundError):
            offer_handoff(outsider, case_id=cast.case_id, **OFFER)
    with transaction() as session:
        session.get_one(Case, cast.case_id).close(datetime(2026, 11, 23, tzinfo=UTC))
    with pytest.raises(ConflictError):
        offer_handoff(cast.mette, case_id=cast.case_id, **OFFER)
    with pytest.raises(NotFoundError):
        offer_handoff(cast.mette, case_id=uuid4(), **OFFER)


HANDOVER = process(
    start(),
    user("beskriv", camunda_formKey="F28", camunda_candidateGroups="modtagelse"),
    job(
        "tilbyd",
        topic="handoff",
        ext='<sag:input name="action" value="offer"/><sag:input name="toLane" value="ppr"/>'
        '<sag:input name="dataClasses" value="=overleveringDataklasser"/><sag:input name="legalBasis" value="fvl28"/>'
        '<sag:output variable="overleveringId" value="=result.id"/>',
    ),
    node(
        "receiveTask",
        "svar",
        ext='<sag:correlation value="=overleveringId"/><sag:output variable="svar" value="=result.state"/>',
        messageRef="m",
    ),
    end(),
    flows="start beskriv, beskriv tilbyd, tilbyd svar, svar end",
    shared='<bpmn:message id="m" name="OverleveringKvittering"/>',
    name="handover",
)
CHOICES = [{"value": "skole", "label": "Skole"}, {"value": "plan", "label": "Plan"}]


def _offered_by_the_process(cast):
    classes = field("dataklasser", "checklist", variable="overleveringDataklasser") | {"values": CHOICES}
    texts = [field("emne"), field("formaal", "textarea"), field("naesteHandling", "textarea")]
    release(HANDOVER, forms={"F28": a_form("F28", *texts, classes)})
    started = start_process(cast.mette, case_id=cast.case_id, process_id="handover")
    answers = {"emne": "Støtte", "formaal": "I kender Emil", "naesteHandling": "Ring", "dataklasser": ["skole"]}
    complete_user_task(cast.mette, task_id=started.task_ids[0], answers=answers)
    return one(Job, Job.topic == "handoff")


def test_a_process_offers_what_was_described_in_its_form_once(cast):
    job = _offered_by_the_process(cast)

    first, again = handoff_of_job(job_id=job.id), handoff_of_job(job_id=job.id)

    handoff = _handoff(first)
    assert first == again
    assert (handoff.subject, handoff.purpose, handoff.wanted_answer) == ("Støtte", "I kender Emil", "Ring")
    assert (handoff.to_unit_id, handoff.data_classes, handoff.offered_by_id) == ("ppr_nord", ["skole"], cast.mette.id)
    assert handoff.instance_id == job.instance_id


def test_hand_offs_side_by_side_say_what_was_described_for_each(cast):
    for_each = (
        '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=[&quot;Skole&quot;, &quot;Job&quot;]" '
        'camunda:elementVariable="anledning"/>'
    )
    inputs = {"action": "offer", "toLane": "ppr", "legalBasis": "fvl28", "occasion": "=anledning"}
    ext = "".join(f'<sag:input name="{name}" value="{value}"/>' for name, value in inputs.items())
    both = process(
        start(),
        user("beskriv", for_each, camunda_formKey="F28", camunda_candidateGroups="modtagelse"),
        job("tilbyd", topic="handoff", inner=for_each, ext=ext),
        end(),
        flows="start beskriv, beskriv tilbyd, tilbyd end",
    )
    classes = field("dataklasser", "checklist") | {"values": CHOICES}
    release(both, forms={"F28": a_form("F28", field("emne"), field("formaal", "textarea"), classes)})
    for task_id in start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids:
        about = one(UserTask, UserTask.id == task_id).items["anledning"]
        answers = {"emne": f"Om {about}", "formaal": "Derfor", "dataklasser": ["skole"]}
        complete_user_task(cast.mette, task_id=task_id, answers=answers)

    jobs = {row.inputs["occasion"]: row.id for row in rows(select(Job).where(Job.topic == "handoff"))}

    subjects = {about: _handoff(handoff_of_job(job_id=job_id)).subject for about, job_id in jobs.items()}
    assert subjects == {"Skole": "Om Skole", "Job": "Om Job"}


def test_the_answer_moves_the_process_that_waits_for_it(cast):
    job = _offered_by_the_process(cast)
    handoff_id = handoff_of_job(job_id=job.id)
    claimed = next(one for one in claim_jobs(limit=10, lease_seconds=60) if one.id == job.id)
    finish_job(claimed.id, claimed.lease, {"id": str(handoff_id)})

    accept_handoff(cast.peter, handoff_id=handoff_id)

    waiting = instance()
    assert (waiting.state, waiting.variables["svar"]) == (InstanceState.COMPLETED, "accepted")


def test_an_answer_that_nobody_waits_for_leaves_no_message_behind(cast, offered):
    accept_handoff(cast.peter, handoff_id=offered)

    assert rows(select(ProcessMessage)) == []


def _ends_with_the_task(cast, handoff_id):
    """PPR has a task of its own; the job that ends the hand-off comes after it."""
    inputs = {"action": "complete", "handoff_id": f"=&quot;{handoff_id}&quot;", "result": "Planen er lavet."}
    ends = job("slut", topic="handoff", ext="".join(f'<sag:input name="{n}" value="{v}"/>' for n, v in inputs.items()))
    own = user("egen", camunda_formKey="F26a", camunda_candidateGroups="ppr")
    flows = "start egen, egen slut, slut end"
    release(process(start(), own, ends, end(), flows=flows, name="egen"), forms={"F26a": a_form("F26a", field("svar"))})
    started = start_process(cast.mette, case_id=cast.case_id, process_id="egen")
    complete_user_task(cast.peter, task_id=started.task_ids[0], answers={"svar": "Ja"})
    return one(Job, Job.topic == "handoff").id


def test_finishing_the_departments_own_task_ends_what_it_had_accepted(cast, offered):
    accept_handoff(cast.peter, handoff_id=offered)

    job_id = _ends_with_the_task(cast, offered)
    first, again = handoff_of_job(job_id=job_id), handoff_of_job(job_id=job_id)

    handoff = _handoff(offered)
    assert first == again == offered
    assert (handoff.state, handoff.answered_by, handoff.reason) == (
        "completed",
        "Peter Aagaard",
        "Planen er lavet.",
    )


def test_what_was_given_back_stays_given_back_when_the_task_is_done(cast, offered):
    accept_handoff(cast.peter, handoff_id=offered)
    return_handoff(cast.peter, handoff_id=offered, reason="Ikke os")

    handoff_of_job(job_id=_ends_with_the_task(cast, offered))

    assert _handoff(offered).state == "returned"
