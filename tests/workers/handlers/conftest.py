"""Claimed jobs for handlers."""

from __future__ import annotations

from uuid import uuid4

import pytest

from casework.database import transaction
from casework.model import Job
from casework.operations.claim_jobs import ClaimedJob, claim_jobs


@pytest.fixture
def claimed(clock):
    """Write a job and claim it, as in `claimed("letter", case_id, template="kvittering")`."""

    def claim(topic: str, case_id=None, instance_id=None, **inputs) -> ClaimedJob:
        with transaction() as session:
            session.add(
                Job(
                    topic=topic,
                    case_id=case_id,
                    instance_id=instance_id,
                    inputs=inputs,
                    dedupe_key=str(uuid4()),
                    next_at=clock.now,
                    created_at=clock.now,
                )
            )
        (job,) = claim_jobs(limit=1, lease_seconds=60)
        return job

    return claim
