"""What every refusal of the API has in common."""

from __future__ import annotations

import pytest

#: For tests of what the databases do differently.
ON_BOTH = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def refused(answer, status, code=None):
    """Check that it is a problem of this status and give its body."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == status
    assert body["type"].startswith("urn:sagsgang:problem:")
    assert body["title"]
    assert "Traceback" not in answer.get_data(as_text=True)
    if code:
        assert body["type"] == f"urn:sagsgang:problem:{code}"
    return body


def wrong_fields(answer):
    """The fields that a 422 names."""
    return sorted(refused(answer, 422)["errors"])
