"""What a hand-off shows: the sender's preview is the receiver's sheet, and the receiver sees nothing else of the case."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from casework.errors import InvalidError, NotFoundError
from casework.forms import parse
from casework.model import DataClass, Relation
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.decline_handoff import decline_handoff
from casework.operations.log_access import log_access
from casework.operations.offer_handoff import offer_handoff
from casework.operations.withdraw_consent import withdraw_consent
from casework.queries.case_page import case_page
from casework.queries.document import document
from casework.queries.handoff_draft import handoff_draft
from casework.queries.handoff_page import handoff_page
from casework.queries.handoffs import handoffs
from casework.queries.journal import journal
from casework.queries.shared_parts import SHARED
from casework.queries.submission_page import submission_page
from casework.queries.submissions import submissions
from tests.factories import a_consent, a_deadline, a_handoff, a_task, save
from tests.queries.walked import FORMS, a_submission

OFFER = {"to_unit_id": "ppr_nord", "subject": "Skoletilbud", "purpose": "Afklar støtte", "legal_basis": "fvl28"}


@pytest.fixture
def known(cast):
    """What the case knows: a notification, a talk with Emil, the school's and the doctor's words."""
    return {
        "F01": a_submission(
            cast.case_id, "F01", {"bekymring": "Slag derhjemme", "underretterNavn": "Ditte Holm", "fravaerSamlet": 11}
        ),
        "F09": a_submission(cast.case_id, "F09", {"barnetsOrd": "Jeg vil blive i min klasse."}),
        "school": a_submission(
            cast.case_id, "F31b", {"svar": "4 timers støtte om ugen"}, lane="skole", unit_id="noerrevangskolen"
        ),
        "doctor": a_submission(cast.case_id, "F31b", {"svar": "Astma"}, lane="laege", unit_id="noerrevangskolen"),
    }


def _offer(cast, *classes, **more):
    return offer_handoff(cast.mette, case_id=cast.case_id, **OFFER | {"data_classes": list(classes)} | more)


def _said(sheet):
    return {section.data_class: [part.text.text("da") for part in section.parts] for section in sheet.sections}


def test_every_shared_field_exists_in_its_form():
    for sources in SHARED.values():
        for source in sources:
            form = parse((FORMS / f"{source.form}.form").read_bytes())
            known = {path.split(".")[0] for path in form.paths} | {path.replace(".*", "") for path in form.paths}
            assert known >= set(source.fields), source.form


def test_no_notifier_number_or_address_is_ever_shared():
    for sources in SHARED.values():
        for source in sources:
            form = dict(parse((FORMS / f"{source.form}.form").read_bytes()).fields)
            for path, component in form.items():
                if {path.split(".")[0], path.replace(".*", "")} & set(source.fields):
                    assert not component.is_masked
                    assert not component.fact.startswith(("person.", "persons.parents", "persons.siblings"))


def test_a_provider_sees_the_measures_and_prices_only_as_economy(cast):
    row = {"type": "familie", "indhold": "Samtaler", "start": "2026-12-01", "slut": "2027-02-28", "enhedspris": 1500}
    a_submission(cast.case_id, "F13", {"elementer": [{**row, "pris": 19500}], "samletPris": 19500})

    plan, money = (_said(handoff_page(cast.peter, _offer(cast, one)).sheet) for one in ("plan", "oekonomi"))

    assert plan == {"plan": ["Familiebehandling", "Samtaler", "1.12.2026", "28.2.2027"]}
    assert money == {"oekonomi": ["1500", "19.500", "19.500"]}


def test_police_matters_and_honour_risks_are_not_passed_on():
    assert not {source.form for sources in SHARED.values() for source in sources} & {"F02c", "F02d"}


def test_the_receiver_sees_exactly_what_the_sender_was_shown(cast, known):
    draft = handoff_draft(
        cast.mette,
        cast.case_id,
        to_unit_id="ppr_nord",
        subject="Skoletilbud",
        purpose="Afklar støtte",
        data_classes=["skole", "barnets_ord"],
        legal_basis="fvl28",
    )

    page = handoff_page(cast.peter, _offer(cast, "skole", "barnets_ord"))

    assert page.side == "receiver"
    assert page.sheet == draft.sheet
    assert page.hidden == draft.hidden
    assert _said(page.sheet) == {
        "barnets_ord": ["Jeg vil blive i min klasse."],
        "skole": ["11", "4 timers støtte om ugen"],
    }


def test_a_class_shows_its_fields_and_no_others(cast, known):
    page = handoff_page(cast.peter, _offer(cast, "helbred"))

    assert _said(page.sheet) == {"helbred": ["Astma"]}
    whole = str(page)
    assert not any(secret in whole for secret in ("Slag derhjemme", "Ditte Holm", "klasse", "4 timers støtte"))


def test_the_sheet_names_child_parents_sender_and_basis(cast, known):
    sheet = handoff_page(cast.peter, _offer(cast, "skole")).sheet

    assert (sheet.child.name, sheet.child.age, sheet.parents) == ("Emil Brandt Lauritsen", 12, ("Camilla Brandt",))
    assert (sheet.from_unit.id, sheet.from_employee, sheet.from_phone) == (
        "modtagelse_nord",
        "Mette Friis Andersen",
        "76 00 00 12",
    )
    assert sheet.address_note.text("da") == "Adresser er beskyttede. Kontakt forældrene gennem Mette Friis Andersen."
    assert sheet.basis.text("da") == "Delt efter Forvaltningsloven § 28."
    assert sheet.due.when.text("da") == "tors. 26.11."


def test_the_childs_words_are_marked_as_such(cast, known):
    (section,) = handoff_page(cast.peter, _offer(cast, "barnets_ord")).sheet.sections

    assert [(part.is_words, part.label.text("da")) for part in section.parts] == [(True, "Hvad sagde barnet?")]
    assert section.parts[0].source.text("da") == "Samtale med barnet, 23.11.2026, Mette Friis Andersen"


def test_before_acceptance_the_receiver_sees_the_offer_and_nothing_else(cast, known):
    handoff_id = _offer(cast, "skole")

    (row,) = handoffs(cast.peter).rows
    assert (row.id, row.subject, row.child, row.sees_case) == (handoff_id, "Skoletilbud", None, False)
    for query in (case_page, journal, submissions):
        with pytest.raises(NotFoundError):
            query(cast.peter, cast.case_id)
    with pytest.raises(NotFoundError):
        submission_page(cast.peter, known["school"].id)


def test_after_acceptance_the_receiver_sees_the_handed_over_part_only(cast, known):
    a_deadline(cast.case_id)
    a_task(cast.case_id)
    own = a_task(cast.case_id, unit_id="ppr_nord")
    accept_handoff(cast.peter, handoff_id=_offer(cast, "skole"))

    page = case_page(cast.peter, cast.case_id)

    assert not page.is_whole
    assert [_said(sheet) for sheet in page.shared] == [{"skole": ["11", "4 timers støtte om ugen"]}]
    assert [task.task_id for task in page.tasks] == [own.id]
    for empty in (
        "deadlines",
        "instances",
        "persons",
        "team",
        "consents",
        "documents",
        "submissions",
        "journal",
        "messages",
        "facts",
        "startable",
        "age_rights",
    ):
        assert getattr(page, empty) == (), empty
    assert not any(vars(page.rights).values())
    assert [flag.kind for flag in page.flags] == ["protected"]
    with pytest.raises(NotFoundError):
        journal(cast.peter, cast.case_id)
    with pytest.raises(NotFoundError):
        submission_page(cast.peter, known["school"].id)
    with pytest.raises(NotFoundError):
        document(cast.peter, uuid4())


def test_what_is_recorded_later_is_not_shared_before_the_sender_says_so(cast, known, clock):
    handoff_id = _offer(cast, "helbred")
    clock.advance(hours=1)
    a_submission(cast.case_id, "F08", {"sundhed": "Ny diagnose"})
    assert _said(handoff_page(cast.peter, handoff_id).sheet) == {"helbred": ["Astma"]}

    ask_about_handoff(cast.peter, handoff_id=handoff_id, question="Er der nyt?")
    clock.advance(minutes=1)
    answer_handoff(cast.mette, handoff_id=handoff_id, text="Ja.")

    assert set(_said(handoff_page(cast.peter, handoff_id).sheet)["helbred"]) == {"Ny diagnose", "Astma"}


def test_who_said_no_sees_the_sheet_no_longer_the_sender_does(cast, known):
    handoff_id = _offer(cast, "skole")
    decline_handoff(cast.peter, handoff_id=handoff_id, reason="Hører til Syd")

    assert handoff_page(cast.peter, handoff_id).sheet is None
    assert handoff_page(cast.mette, handoff_id).sheet is not None


def test_a_withdrawn_consent_closes_what_rested_on_it(cast, known):
    consent = a_consent(cast.case_id)
    handoff_id = _offer(cast, "skole", legal_basis=None, consent_id=consent.id)
    accept_handoff(cast.peter, handoff_id=handoff_id)
    assert handoff_page(cast.peter, handoff_id).sheet is not None

    withdraw_consent(cast.mette, consent_id=consent.id, reason="Fortrudt")

    assert handoff_page(cast.peter, handoff_id).sheet is None
    assert case_page(cast.peter, cast.case_id).shared == ()


def test_a_consent_that_has_run_out_closes_it_too(cast, known, clock):
    consent = a_consent(cast.case_id, valid_until=clock.now + timedelta(days=30))
    handoff_id = _offer(cast, "skole", legal_basis=None, consent_id=consent.id)
    clock.advance(days=31)

    assert handoff_page(cast.peter, handoff_id).sheet is None


def test_tells_who_is_responsible_what_was_said_and_what_may_be_done(cast, known, clock):
    handoff_id = _offer(cast, "skole")
    clock.advance(hours=1)
    log_access(cast.peter, kind="read", subject="handoff", subject_id=handoff_id, case_id=cast.case_id)
    clock.advance(hours=1)
    ask_about_handoff(cast.peter, handoff_id=handoff_id, question="Hvor bor mor?")

    theirs, ours = handoff_page(cast.peter, handoff_id), handoff_page(cast.mette, handoff_id)

    assert [(event.words.text("da"), event.quote) for event in theirs.log] == [
        ("Sendt af Mette Friis Andersen", None),
        ("Åbnet af Peter Aagaard", None),
        ("Peter Aagaard spurgte", "Hvor bor mor?"),
    ]
    assert theirs.responsible_words.text("da") == (
        "Mette Friis Andersen, Modtagelsen Nord, har ansvaret, til PPR Nord siger ja."
    )
    assert (ours.side, ours.rights.answer, ours.rights.accept, ours.rights.withdraw) == ("sender", True, False, True)
    assert not any(vars(theirs.rights).values())
    assert [one.name for one in theirs.colleagues] == ["Peter Aagaard"]


def test_lists_by_box_and_state_with_counts(cast):
    waiting = a_handoff(cast.case_id)
    a_handoff(cast.case_id, state="declined", answered_at=datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    accepted = a_handoff(cast.case_id, state="accepted", due_at=datetime(2026, 11, 30, tzinfo=UTC))

    def ids(actor, **chosen):
        return [row.id for row in handoffs(actor, **chosen).rows]

    assert ids(cast.mette, box="from_us") == [waiting.id, accepted.id]
    assert ids(cast.mette, box="to_us") == []
    assert ids(cast.peter, box="to_us") == [waiting.id, accepted.id]
    assert len(ids(cast.mette, state="closed")) == 1
    assert len(ids(cast.mette, state="all")) == 3
    assert handoffs(cast.peter).counts == {"to_us": 1, "from_us": 0, "late": 0}
    first = handoffs(cast.mette, limit=1)
    assert ids(cast.mette, limit=1, cursor=first.next_cursor) == [accepted.id]


def test_nobody_else_sees_a_hand_off_or_its_draft(cast, known):
    handoff_id = _offer(cast, "skole")

    for outsider in (cast.sofie, cast.lars, cast.birgit, cast.anders, cast.torben):
        assert handoffs(outsider, state="all").rows == ()
        assert set(handoffs(outsider).counts.values()) == {0}
        with pytest.raises(NotFoundError):
            handoff_page(outsider, handoff_id)
    for outsider in (cast.sofie, cast.lars, cast.peter):
        with pytest.raises(NotFoundError):
            handoff_draft(outsider, cast.case_id)


def test_the_draft_says_what_there_is_to_share_and_on_which_basis(cast, known, clock):
    valid = a_consent(cast.case_id, valid_until=clock.now + timedelta(days=100))
    a_consent(cast.case_id, state="withdrawn")
    save(Relation(case_id=cast.case_id, person_id=cast.mother_id, kind="guardian", may_know_address=False))

    draft = handoff_draft(cast.mette, cast.case_id, data_classes=["skole"], consent_id=valid.id)

    contents = {choice.key: (choice.has_content, choice.is_chosen) for choice in draft.choices}
    assert contents["skole"] == (True, True)
    assert contents["oekonomi"] == (False, False)
    assert set(contents) == {one.value for one in DataClass}
    assert [(basis.kind, basis.is_chosen) for basis in draft.bases][:2] == [("consent", True), ("law", False)]
    assert "modtagelse_nord" not in {unit.id for unit in draft.units}
    assert draft.due_words.text("da") == (
        "Lokal frist: 3 hverdage fra i dag, mandag den 23. november 2026, er torsdag den 26. november 2026."
    )
    with pytest.raises(InvalidError):
        handoff_draft(cast.mette, cast.case_id, data_classes=["alt"])
