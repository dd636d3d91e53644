"""A data folder of its own for each test, with no keys in it yet."""

import pytest

from casework.config import settings
from casework.crypto.keys import keyring


def forget():
    settings.cache_clear()
    keyring.cache_clear()


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAGSGANG_DATA", str(tmp_path / "var"))
    monkeypatch.delenv("SAGSGANG_KEYS", raising=False)
    forget()
    yield tmp_path / "var"
    monkeypatch.undo()
    forget()


@pytest.fixture
def restart():
    """Forget what the process has read, as a restart does."""
    return forget
