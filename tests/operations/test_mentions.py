"""A note mentions colleagues who may see the case, and nobody else; they are told without a word of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from casework.database import read
from casework.errors import InvalidError
from casework.model import Case, Employee, Job, JournalEntry, Notification
from casework.model.readers import readers_of
from casework.model.visibility import sees_whole_case
from casework.operations.add_note import add_note
from casework.operations.name_substitutes import Period, name_substitutes
from casework.operations.turns.mentions import mentions_in
from casework.queries.journal import journal
from casework.queries.load_actor import load_actor
from casework.queries.notifications import notifications
from tests.factories import a_team_member
from tests.operations.asking import one, rows


def told():
    return {row.employee_id for row in rows(select(Notification).where(Notification.kind == "mention"))}


def test_who_is_mentioned_is_told_without_a_word_of_it(cast):
    number = add_note(cast.mette, case_id=cast.case_id, text="Skolen ringede. @Nadia Rahimi, kan du følge op?")

    assert told() == {cast.nadia.id}
    (row,) = notifications(cast.nadia).rows
    assert (row.kind, row.case_id, row.read_at) == ("mention", cast.case_id, None)
    assert "Skolen" not in row.words.text("da")
    assert [job.inputs for job in rows(select(Job))] == [{"employee_id": str(cast.nadia.id), "kind": "mention"}]
    entry = one(JournalEntry, JournalEntry.number == number)
    assert entry.details["mentioned"] == ["Nadia Rahimi"]
    (said,) = (row.sentence.text("da") for row in journal(cast.mette, cast.case_id).rows if row.number == number)
    assert said == "skrev et notat og nævnte Nadia Rahimi"


def test_by_box_and_by_name_is_once_and_oneself_is_nobody_to_tell(cast):
    ids = [cast.nadia.id, cast.karin.id]

    add_note(cast.mette, case_id=cast.case_id, text="@nadia og @Mette: se her", mentioned_ids=ids)

    assert told() == {cast.nadia.id, cast.karin.id}


@pytest.mark.parametrize(
    ("text", "ids", "field", "said"),
    [
        ("Hej @Sofie", (), "text", "Ingen, der må se denne sag, hedder Sofie"),
        ("Hej @Sofie Lindegaard", (), "text", "Kun kolleger, der må se sagen, kan nævnes"),
        ("Hej", ("sofie",), "mentioned_ids", "Kun kolleger, der må se sagen"),
        ("Hej @Ingenmand", (), "text", "hedder Ingenmand"),
    ],
)
def test_who_may_not_see_the_case_cannot_be_mentioned(cast, text, ids, field, said):
    with pytest.raises(InvalidError) as refused:
        add_note(cast.mette, case_id=cast.case_id, text=text, mentioned_ids=[getattr(cast, who).id for who in ids])

    (sentences,) = (found for name, found in refused.value.fields.items() if name == field)
    assert said in sentences[0].text("da")
    assert told() == set()
    assert rows(select(JournalEntry).where(JournalEntry.kind == "note_added")) == []


def test_an_address_mentions_nobody(cast):
    add_note(cast.mette, case_id=cast.case_id, text="Skriv til sofie@skole.example eller @ 10.00")

    assert told() == set()


def test_who_stands_in_is_told_too(cast):
    today = date(2026, 11, 23)
    name_substitutes(cast.nadia, absent_id=cast.nadia.id, substitute_ids=[cast.mette.id], period=Period(today, today))

    add_note(cast.karin, case_id=cast.case_id, text="@Nadia: se her")

    assert told() == {cast.nadia.id, cast.mette.id}


def test_the_longest_name_counts_and_two_of_one_name_must_be_told_apart():
    names = {"a": "Lars Bo", "b": "Lars Bo Kjeldsen", "c": "Åse Friis-Holm"}

    found = mentions_in("@Lars Bo Kjeldsen, @åse: og @Lars?", names)

    assert (found.ids, found.ambiguous, found.unknown) == (["b", "c"], ["Lars"], [])


def test_those_who_can_be_mentioned_are_those_who_see_the_case(cast):
    a_team_member(cast.case_id, cast.peter)
    everybody = rows(select(Employee.id))

    with read() as session:
        readers = {row.id for row in session.execute(readers_of(cast.case_id, "modtagelse_nord"))}
        sees = {
            employee
            for employee in everybody
            if session.scalar(select(Case.id).where(Case.id == cast.case_id, sees_whole_case(load_actor(employee))))
        }
    assert readers == sees == {cast.mette.id, cast.nadia.id, cast.karin.id, cast.peter.id}
