"""A case of many years: what has piled up on it, as rows, so that a test has it in a moment. A walked one takes half a minute."""

from __future__ import annotations

from datetime import timedelta

from casework import clock
from casework.model import DeadlineState, InstanceState, Person, Relation
from tests.factories import (
    a_consent,
    a_deadline,
    a_document,
    a_handoff,
    a_process_version,
    an_instance,
    save,
)
from tests.queries.walked import a_submission

PEOPLE = {
    "mother": "Anne-Katrine Vestergaard-Christoffersen",
    "father": "Christoffer-Alexander Brandt Lauritsen-Winther",
    "foster_parent": "Birthe og Claus Winther-Sørensen",
}
RECIPIENTS = tuple(PEOPLE.values())[:2]


def grow_old(case_id, *, years=4):
    """Let the years pile up on a case that the cast's Modtagelsen Nord sees whole; nothing of it runs but three deadlines."""
    now = clock.now()
    appeal = a_process_version(name="Klagefrist", name_en="Time for complaints", is_startable=False)
    for year in range(years):
        begun = now - timedelta(days=365 * (year + 1))
        over = {"version_row": appeal, "state": InstanceState.COMPLETED, "started_at": begun}
        instance = an_instance(case_id, ended_at=begun + timedelta(days=28), **over)
        an_instance(case_id, ended_at=begun + timedelta(days=60), **over)
        for number in range(4):
            at = begun + timedelta(days=40 * number)
            a_submission(case_id, "F20", {}, instance_id=instance.id, submitted_at=at)
            for recipient in RECIPIENTS:
                a_document(case_id, title="Opfølgning", recipient=recipient, created_at=at)
        a_document(case_id, kind="upload", title="Udtalelse-fra-skolen-2025.pdf", created_at=begun)
        a_handoff(case_id, state="completed", offered_at=begun, answered_at=begun)
        a_handoff(case_id, state="accepted", offered_at=begun, answered_at=begun)
        a_consent(case_id, state="withdrawn", given_at=begun, ended_at=begun + timedelta(days=90))
    _recently(case_id, instance.id, now)


def _recently(case_id, instance_id, now):
    met = {"state": DeadlineState.MET, "instance_id": instance_id}
    for days in (3, 9, 20):
        a_deadline(case_id, due_at=now - timedelta(days=days - 1), ended_at=now - timedelta(days=days), **met)
        a_deadline(case_id, due_at=now + timedelta(days=30 * days), instance_id=instance_id, name="Hold opfølgning")
    a_handoff(case_id)
    a_consent(case_id)
    for kind, name in PEOPLE.items():
        person = Person(name=name, created_at=now)
        save(person)
        save(Relation(case_id=case_id, person_id=person.id, kind=kind, has_custody=True, may_know_address=False))
