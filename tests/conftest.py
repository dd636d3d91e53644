"""What every test may use. The servers stand in `tests/services/`, one file each."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "tests.services.clock",
    "tests.services.settings",
    "tests.services.postgres",
    "tests.services.database",
    "tests.services.valkey",
    "tests.services.mail",
    "tests.services.browser",
    "tests.services.sandbox",
    "tests.services.logs",
    "tests.cast",
]

#: Two busy cores: how long an example takes says nothing. The same examples each time: what fails here fails everywhere.
hypothesis_settings.register_profile(
    "sagsgang", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("sagsgang")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Mark by what a test uses, so that nobody has to remember it. What takes longest begins first: nobody waits for it alone."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)
