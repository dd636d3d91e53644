"""Since when a child is placed: told only while it is."""

from __future__ import annotations

from datetime import date

import pytest

from casework.queries.known_facts import placed_since

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        ({"erAnbragt": True, "anbringelsesDato": DAY}, DAY),
        ({"erAnbragt": False, "anbringelsesDato": DAY}, None),
        ({"anbringelsesDato": DAY}, None),
        ({"erAnbragt": True}, None),
        ({"erAnbragt": True, "anbringelsesDato": "2026-11-23"}, None),
    ],
)
def test_a_placement_that_is_over_is_no_placement_since(facts, since):
    assert placed_since(facts) == since
