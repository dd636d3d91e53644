"""What a test may read of what the programs log."""

from __future__ import annotations

import pytest
import structlog
from structlog.testing import capture_logs


@pytest.fixture
def logs():
    """The entries logged from here on, a list of dictionaries; whatever another test has silenced."""
    structlog.reset_defaults()
    with capture_logs() as entries:
        yield entries
