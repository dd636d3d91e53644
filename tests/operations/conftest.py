"""What tests of operations use beside the cast: questions to the database, and units read anew for each."""

from __future__ import annotations

import pytest

from casework.operations.turns import units


@pytest.fixture(autouse=True)
def _fresh_units():
    units.forget()
