"""Any form is filled in so that it is taken: those of the municipality, and those that a process owner may think of."""

from __future__ import annotations

import json

import pytest

from casework.config import ROOT
from casework.demo.stories import tell
from casework.demo.writer import Pen
from casework.forms import Context, Option, parse, settle, words
from casework.model import SYSTEM
from casework.scenarios.fill_in import UnfillableError, fill_in
from casework.unit_choices import with_choices
from tests.demo.conftest import THURSDAY

FORMS = sorted(file.stem for file in (ROOT / "forms").glob("*.form"))
STORIES = {story.track: story for story in tell(120, 1, THURSDAY)}


def filled(form, track="undersoegelse"):
    context = Context(now=THURSDAY)
    writer = Pen(STORIES[track]).writer(form.id, SYSTEM, THURSDAY)
    return fill_in(form, {}, context, writer), context


def a_form(*components):
    return parse(json.dumps({"type": "default", "id": "X1", "components": list(components)}))


def field(kind, key="felt", *, required=True, **words):
    validate = {"required": required, **words.pop("validate", {})}
    return {"type": kind, "key": key, "id": key, "label": key, "validate": validate, **words}


@pytest.mark.parametrize("key", FORMS)
def test_every_form_of_the_municipality_is_filled_in(key):
    bare = parse((ROOT / "forms" / f"{key}.form").read_bytes())
    unit = (Option("en_enhed", words("En enhed", "A unit")),)
    form = with_choices(bare, {c.options_key: unit for _, c in bare.walk() if c.options_key})

    for track in STORIES:
        answers, context = filled(form, track)
        assert settle(form, answers, context).errors == {}


def test_texts_are_about_the_child_and_follow_what_was_chosen():
    form = parse((ROOT / "forms" / "F05.form").read_bytes())

    answers, _ = filled(form, "ingen")

    assert answers["spor"] == "A"
    assert "løsning" in answers["begrundelse"]


def test_fields_nobody_has_thought_of_are_filled_in_too():
    options = [{"value": value, "label": value} for value in ("ja", "nej")]
    form = a_form(
        field("textfield"),
        field("textarea", "lang", validate={"minLength": 120}),
        field("radio", "valg", values=options),
        field("checklist", "flere", values=options),
        field("number", "tal", validate={"min": 3, "max": 4}),
        field("checkbox", "kryds"),
        field("datetime", "dag", subtype="date", dateLabel="Dag", properties={"future": "true"}),
        field("datetime", "klokken", subtype="time", timeLabel="Klokken"),
    )

    answers, context = filled(form)

    assert settle(form, answers, context).errors == {}
    assert None not in answers.values()


def test_rows_that_must_be_there_are_made():
    inner = field("textfield", "navn")
    rows = {"type": "dynamiclist", "path": "folk", "id": "folk", "label": "Folk", "components": [inner]}
    form = a_form(rows | {"properties": {"minRows": "2"}})

    answers, _ = filled(form)

    assert len(answers["folk"]) == 2
    assert all(row["navn"] for row in answers["folk"])


def test_what_is_hidden_stays_empty():
    options = [{"value": "ja", "label": "ja"}]
    form = a_form(
        field("radio", "valg", values=options), field("textfield", "kun", conditional={"hide": '=valg = "ja"'})
    )

    answers, _ = filled(form)

    assert answers == {"valg": "ja"}


def test_dates_are_moved_until_a_limit_takes_them():
    limited = field("datetime", "dag", subtype="date", dateLabel="Dag", properties={"minDate": "2026-12-01"})
    form = a_form(limited)

    answers, _ = filled(form)

    assert answers["dag"] >= "2026-12-01"


def test_a_form_that_nobody_can_fill_in_is_named():
    form = a_form(field("textfield", validate={"pattern": "^[0-9]{40}$"}))

    with pytest.raises(UnfillableError, match="X1"):
        filled(form)
