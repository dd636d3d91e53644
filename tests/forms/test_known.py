"""Answers that a form asks for are kept, others are left out: in groups, in groups without a key, and in rows."""

from casework import forms
from tests.operations.processes import a_form, field


def test_keeps_what_has_a_field_and_leaves_out_the_rest():
    rows = {"type": "dynamiclist", "path": "boern", "id": "l", "label": "Børn", "components": [field("navn")]}
    group = {"type": "group", "path": "hjem", "id": "g", "label": "Hjem", "components": [field("adresse")]}
    loose = {"type": "group", "id": "h", "label": "Andet", "components": [field("fri")]}
    form = forms.parse(a_form("F01", field("note"), rows, group, loose).encode())
    asked = {"note": "x", "boern": [{"navn": "Emil"}], "hjem": {"adresse": "y"}, "fri": None}
    more = {**asked, "gammelt": 1, "boern": [{"navn": "Emil", "alder": 3}], "hjem": {"adresse": "y", "by": "z"}}

    assert forms.known(form, more) == asked
    assert forms.known(form, {}) == {}
    assert forms.known(form, {"hjem": "?"}) == {}
