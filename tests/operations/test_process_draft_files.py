"""A process draft: files laid over the released ones, saved one after the other, by one person at a time."""

from uuid import uuid4

import pytest

from casework.database import read
from casework.errors import ConflictError, ForbiddenError, InvalidError, LimitError, NotFoundError
from casework.operations.process_drafts.add_called_process import add_called_process
from casework.operations.process_drafts.hold_process_draft import hold_process_draft, let_go_of_process_draft
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_new_process import start_new_process
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.operations.process_drafts.take_back_draft_file import take_back_draft_file
from casework.queries.process_drafts.draft_files import draft_file, draft_files
from casework.queries.process_drafts.draft_findings import draft_findings
from casework.studio import workspace_of
from tests.operations.drafting import DIAGRAM, FORM, main, released
from tests.operations.processes import a_form, field


@pytest.fixture
def draft(cast):
    released()
    return start_process_draft(cast.birgit, process_id="p")


def save(actor, draft, content, *, revision=0, key="p", kind=DIAGRAM):
    return save_draft_file(actor, process_draft_id=draft, kind=kind, key=key, content=content, revision=revision)


def test_the_open_draft_of_a_process_is_one_and_begins_as_it_is_released(cast, draft):
    assert start_process_draft(cast.anders, process_id="p") == draft

    rows = draft_files(cast.birgit, draft)
    assert [(row.kind, row.key, row.is_changed) for row in rows] == [
        (DIAGRAM, "p", False),
        (DIAGRAM, "sub", False),
        (FORM, "F01", False),
        (FORM, "F02", False),
    ]
    assert rows[3].used_by == ("p", "q", "sub")
    assert draft_file(cast.birgit, draft, DIAGRAM, "p") == (main(), 0, False)


def test_a_saved_file_is_laid_over_the_released_one(cast, draft):
    assert save(cast.birgit, draft, main(name="Skøn")) == 1
    assert save(cast.birgit, draft, main(name="Skøn selv"), revision=1) == 2

    assert draft_file(cast.birgit, draft, DIAGRAM, "p") == (main(name="Skøn selv"), 2, True)
    with read() as session:
        space, other = workspace_of(session, draft), workspace_of(session, None)
    assert space.folder.content(DIAGRAM, "p") == main(name="Skøn selv")
    assert other.folder.content(DIAGRAM, "p") == space.released.content(DIAGRAM, "p") == main()
    assert space.changed == {(DIAGRAM, "p")}
    assert space.used_by == ["p"]


def test_what_a_changed_part_is_used_by_gets_a_new_version_too(cast, draft):
    save(cast.birgit, draft, a_form("F02", field("nyt")).encode(), key="F02", kind=FORM)

    with read() as session:
        assert workspace_of(session, draft).used_by == ["p", "q", "sub"]


def test_who_saves_over_a_newer_revision_is_refused(cast, draft):
    save(cast.birgit, draft, main(name="Skøn"))

    with pytest.raises(ConflictError) as refused:
        save(cast.birgit, draft, main(name="Andet"))

    assert refused.value.changed == {"revision": 1}
    assert draft_file(cast.birgit, draft, DIAGRAM, "p").content == main(name="Skøn")


def test_while_one_has_it_open_another_cannot_save_until_they_take_over(cast, clock, draft):
    assert hold_process_draft(cast.birgit, process_draft_id=draft).is_mine

    with pytest.raises(ConflictError):
        save(cast.anders, draft, main(name="Skøn"))
    held = hold_process_draft(cast.anders, process_draft_id=draft)
    assert (held.by_name, held.is_mine) == ("Birgit Sand", False)

    assert hold_process_draft(cast.anders, process_draft_id=draft, take_over=True).is_mine
    assert save(cast.anders, draft, main(name="Skøn")) == 1
    with pytest.raises(ConflictError):
        save(cast.birgit, draft, main(name="Andet"), revision=1)


def test_who_goes_away_holds_it_for_two_minutes_at_most(cast, clock, draft):
    hold_process_draft(cast.birgit, process_draft_id=draft)
    clock.advance(minutes=3)

    assert hold_process_draft(cast.anders, process_draft_id=draft).is_mine
    let_go_of_process_draft(cast.anders, process_draft_id=draft)
    assert hold_process_draft(cast.birgit, process_draft_id=draft).is_mine


def test_a_file_that_is_taken_back_is_the_released_one_again(cast, draft):
    save(cast.birgit, draft, main(name="Skøn"))

    take_back_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p")

    assert draft_file(cast.birgit, draft, DIAGRAM, "p") == (main(), 0, False)
    with pytest.raises(NotFoundError):
        take_back_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p")


@pytest.mark.parametrize("key", ["../p", "a/b", "", "p q", "a" * 81])
def test_a_name_never_leads_out_of_the_folder(cast, draft, key):
    with pytest.raises(InvalidError):
        save(cast.birgit, draft, main(), key=key)


def test_too_large_a_file_is_refused_with_a_sentence(cast, draft):
    with pytest.raises(LimitError) as refused:
        save(cast.birgit, draft, b" " * 2_000_001)

    assert "2000 kB" in refused.value.message.text("da")


def test_only_owners_change_and_only_who_decides_sees(cast, draft):
    for actor in (cast.mette, cast.karin):
        with pytest.raises(ForbiddenError):
            save(actor, draft, main(name="Skøn"))
    with pytest.raises(ForbiddenError):
        draft_files(cast.mette, draft)

    assert draft_files(cast.karin, draft)
    with pytest.raises(NotFoundError):
        draft_files(cast.karin, uuid4())
    with pytest.raises(NotFoundError):
        start_process_draft(cast.birgit, process_id="ukendt")


def test_findings_say_what_is_wrong_with_what_was_changed(cast, draft):
    save(cast.birgit, draft, main(call="ukendt", name="Skøn"))

    (found,) = [one for one in draft_findings(cast.birgit, draft) if one.severity == "error"]
    assert (found.kind, found.key, found.element) == (DIAGRAM, "p", "kald")
    assert "ukendt" in found.message.text("da")


@pytest.mark.parametrize("content", [b"", b"\x00", b"<a", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe<"])
def test_what_is_no_diagram_at_all_is_one_finding(cast, draft, content):
    save(cast.birgit, draft, content)

    assert [one.severity for one in draft_findings(cast.birgit, draft, DIAGRAM, "p")] == ["error"]
    assert draft_files(cast.birgit, draft)[0].is_changed


def test_a_process_that_was_given_another_id_is_a_finding(cast, draft):
    save(cast.birgit, draft, main().replace(b'id="p"', b'id="andet"'))

    assert "wrong-id" in [one.rule for one in draft_findings(cast.birgit, draft)]


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (main(deadline=""), ["statutory-lost"]),
        (main(deadline="P7D"), ["statutory-longer"]),
        (main(deadline="=andet"), ["statutory-longer"]),
        (main(deadline="P5D"), []),
        (main(name="Skøn"), []),
        (main(call="q"), []),
    ],
)
def test_a_deadline_of_the_law_that_is_lost_or_longer_is_a_leader_s_matter(cast, draft, content, rules):
    save(cast.birgit, draft, content)

    found = draft_findings(cast.birgit, draft)
    assert [one.rule for one in found if one.severity == "approval"] == rules


def test_names_follow_the_diagram(cast, draft):
    save(cast.birgit, draft, main().replace(b'name="Proces p"', b'name="Proces med nyt navn"'))

    assert draft_files(cast.birgit, draft)[0].name.text("da") == "Proces med nyt navn"


def test_a_new_process_runs_as_it_is_begun(cast, draft):
    made = start_new_process(cast.birgit, process_id="ny_proces", name="Ny proces", lane="raadgiver")

    rows = draft_files(cast.birgit, made)
    assert [(row.kind, row.key, row.is_new) for row in rows] == [(DIAGRAM, "ny_proces", True), (FORM, "F03", True)]
    assert [one for one in draft_findings(cast.birgit, made) if one.severity == "error"] == []
    assert b"BPMNShape" in draft_file(cast.birgit, made, DIAGRAM, "ny_proces").content
    with read() as session:
        assert workspace_of(session, made).used_by == ["ny_proces"]


@pytest.mark.parametrize("wrong", [{"process_id": "Ny"}, {"name": " "}, {"lane": "heksene"}])
def test_what_a_new_process_is_called_must_be_said_well(cast, draft, wrong):
    with pytest.raises(InvalidError) as refused:
        start_new_process(cast.birgit, **{"process_id": "ny_proces", "name": "Ny proces", **wrong})

    assert list(refused.value.fields) == list(wrong)


def test_an_id_is_had_once(cast, draft):
    start_new_process(cast.birgit, process_id="ny_proces", name="Ny proces")

    for known in ("ny_proces", "sub"):
        with pytest.raises((ConflictError, InvalidError)):
            start_new_process(cast.birgit, process_id=known, name="Ny proces")
    with pytest.raises(ForbiddenError):
        start_new_process(cast.karin, process_id="en_anden", name="En anden")


def test_a_process_that_a_step_calls_is_made_in_the_same_draft(cast, draft):
    made = add_called_process(cast.birgit, process_draft_id=draft, name="Råd & støtte", lane="raadgiver")
    again = add_called_process(cast.birgit, process_draft_id=draft, name="Råd, støtte")
    save(cast.birgit, draft, main(call=made.process_id))

    assert made == ("sub_raad_stoette", "F03")
    assert again == ("sub_raad_stoette_2", "F04")
    assert [one for one in draft_findings(cast.birgit, draft) if one.severity == "error"] == []
    with read() as session:
        assert workspace_of(session, draft).used_by == ["p", made.process_id, again.process_id]


def test_a_process_on_the_spot_needs_a_name_and_the_draft(cast, draft):
    with pytest.raises(InvalidError):
        add_called_process(cast.birgit, process_draft_id=draft, name="!!!")
    hold_process_draft(cast.birgit, process_draft_id=draft)
    with pytest.raises(ConflictError):
        add_called_process(cast.anders, process_draft_id=draft, name="Ny")
    with pytest.raises(ForbiddenError):
        add_called_process(cast.karin, process_draft_id=draft, name="Ny")


def test_a_form_that_no_step_uses_is_told(cast, draft):
    save(cast.birgit, draft, a_form("F77").encode(), key="F77", kind=FORM)

    assert [(one.key, one.rule) for one in draft_findings(cast.birgit, draft) if one.rule == "unused"] == [
        ("F77", "unused")
    ]
