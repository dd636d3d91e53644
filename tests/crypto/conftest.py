"""A data folder of its own for each test, with no keys in it yet."""

import pytest

from casework.crypto.keys import reread


@pytest.fixture
def data_folder(settings):
    reread()
    return settings().data


@pytest.fixture
def restart():
    """Forget what the process has read, as a restart does."""
    return reread
