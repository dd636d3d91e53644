"""Machines in a scenario do to the case what the workers' handlers do; what would leave the house is only noted down."""

from __future__ import annotations

from uuid import uuid4

from casework.database import transaction
from casework.model import Consent, ConsentState, Job, JobState
from casework.scenarios.machines import work
from tests.factories import a_consent
from tests.operations.asking import one


def asked(cast, clock, topic, **inputs):
    with transaction() as session:
        at = clock.now
        session.add(
            Job(topic=topic, case_id=cast.case_id, inputs=inputs, dedupe_key=str(uuid4()), next_at=at, created_at=at)
        )


def test_consents_lapse(cast, clock):
    a_consent(cast.case_id)
    asked(cast, clock, "consents", action="lapse", reason="fyldt_18")

    assert work() == 1

    assert one(Consent).state is ConsentState.WITHDRAWN
    assert one(Job).state is JobState.DONE
