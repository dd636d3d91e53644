"""Settings of a test's own: nothing is read from the developer's environment, nothing is written beside the code."""

from __future__ import annotations

import os

import pytest

from casework import config


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch, tmp_path):
    for name in [n for n in os.environ if n.startswith("SAGSGANG_") or n in {"DATABASE_URL", "REDIS_URL"}]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SAGSGANG_DATA", str(tmp_path / "var"))
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


@pytest.fixture
def settings(monkeypatch):
    """Change settings for this test, as in `settings(SAGSGANG_DEMONSTRATION="1")`, and give them."""

    def change(**environment: str) -> config.Settings:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        config.settings.cache_clear()
        return config.settings()

    return change
