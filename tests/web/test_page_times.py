"""The benchmark of pages opens each of them; how long that takes is nobody's failure."""

from __future__ import annotations

from casework.cli.benchmark.pages import pages
from casework.cli.benchmark.visits import VISITS


def test_every_page_that_is_there_is_measured(site, emil):
    rows = pages(site, rounds=2)
    found = {row["page"]: row for row in rows}

    assert list(found) == [visit.name for visit in VISITS]
    measured = (
        "inbox",
        "case of the intake",
        "overview",
        "report R9",
        "processes",
        "workshop, diagram",
        "workshop, release",
    )
    assert all(found[name]["statements"] > 0 and found[name]["p95_ms"] >= found[name]["p50_ms"] for name in measured)
    assert "nothing to follow" in found["hand-off"]["missing"]
