"""Rows added and removed by buttons of the page, without JavaScript."""

import pytest

from casework.forms import change_rows
from tests.forms.building import component, form, rows

ASKED = form(
    rows("folk", component("textfield", "navn"), rows("boern", component("textfield", "navn"))),
    component("textfield", "a"),
)
ANSWERS = {"folk": [{"navn": "I"}, {"navn": "J", "boern": [{"navn": "E"}]}]}


@pytest.mark.parametrize(
    ("button", "folk"),
    [
        ("add:folk", [*ANSWERS["folk"], {}]),
        ("remove:folk.0", ANSWERS["folk"][1:]),
        ("add:folk.1.boern", [{"navn": "I"}, {"navn": "J", "boern": [{"navn": "E"}, {}]}]),
        ("add:folk.0.boern", [{"navn": "I", "boern": [{}]}, ANSWERS["folk"][1]]),
        ("remove:folk.1.boern.0", [{"navn": "I"}, {"navn": "J", "boern": []}]),
        *[
            (button, ANSWERS["folk"])
            for button in ("add:a", "add:ukendt", "add:folk.9.boern", "remove:folk.9", "remove:folk")
        ],
    ],
)
def test_changes_the_rows_that_the_button_names(button, folk):
    assert change_rows(ASKED, ANSWERS, {"a": "1", button: "1"}) == {"folk": folk}
    assert len(ANSWERS["folk"]) == 2


@pytest.mark.parametrize("posted", [{}, {"a": "add:folk"}, {"add:": "1"}, {"add:folk/..": "1"}])
def test_no_button_no_change(posted):
    assert change_rows(ASKED, ANSWERS, posted) is None


def test_adds_the_first_row_and_no_more_than_there_may_be():
    assert change_rows(ASKED, {}, {"add:folk": ""}) == {"folk": [{}]}
    assert len(change_rows(ASKED, {"folk": [{}] * 100}, {"add:folk": ""})["folk"]) == 100
