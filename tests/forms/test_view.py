"""What a page draws of a form: kinds, ids, values as people write them, errors and where they lead."""

from datetime import UTC, datetime

import pytest

from casework.forms import Clash, Prefilled, Rival, validate, view
from casework.forms.view_model import FieldView, GroupView, ListView, RuleView, TextView
from casework.i18n import message
from tests.forms.building import choices, component, context, form, group, one_of_each, required, rows


def drawn(asked, answers=None, **more):
    more.setdefault("context", context())
    return view(asked, answers or {}, **more)


def fields(nodes):
    for node in nodes:
        if isinstance(node, (FieldView, ListView)):
            yield node
        inner = [row.nodes for row in node.rows] if isinstance(node, ListView) else [getattr(node, "nodes", ())]
        for found in inner:
            yield from fields(found)


def every_field(found):
    return [field for section in found.sections for field in fields(section.nodes)]


def only(asked, answers=None, **more):
    return every_field(drawn(asked, answers, **more))[0]


KINDS = [
    (component("textfield", "a"), "text"),
    (component("textarea", "a"), "longtext"),
    (component("number", "a"), "text"),
    (component("number", "a", properties={"widget": "scale"}), "scale"),
    (component("checkbox", "a"), "yesno"),
    (choices("radio", "a"), "radios"),
    (choices("select", "a"), "select"),
    (choices("checklist", "a"), "checks"),
    (choices("taglist", "a"), "checks"),
    (component("datetime", "a", subtype="date"), "date"),
    (component("datetime", "a", subtype="time"), "text"),
    (component("datetime", "a", subtype="datetime"), "datetime"),
    (component("filepicker", "a"), "files"),
    (component("textfield", "a", properties={"widget": "employee"}), "select"),
    (component("expression", "a", expression="=1"), "output"),
    (component("textfield", "a", readonly=True), "output"),
]


@pytest.mark.parametrize(("field", "kind"), KINDS)
def test_every_type_has_its_kind_and_is_read_only_when_the_form_is(field, kind):
    assert only(form(field)).kind == kind
    assert only(form(field), is_readonly=True).kind == "output"


def test_without_a_list_of_colleagues_their_name_is_typed():
    asked = form(component("textfield", "a", properties={"widget": "employee"}))

    assert every_field(view(asked, {}))[0].kind == "text"


@pytest.mark.parametrize("answers", [{}, {"janej": None, "radio": None, "skala": None, "flere": []}])
def test_no_answer_is_ever_chosen_beforehand(answers):
    chosen = [
        c
        for f in every_field(drawn(one_of_each(), answers))
        if isinstance(f, FieldView)
        for c in f.choices
        if c.is_chosen
    ]

    assert chosen == []


def test_what_is_worked_out_is_shown_as_people_write_it_and_what_is_silent_not_at_all():
    said = {"properties": {"silent": "true"}}
    asked = form(
        component("expression", "sum", expression="=1496500 / 2"),
        component("expression", "dag", expression='=date("2026-11-26")'),
        component("expression", "stille", expression="=true", **said),
    )

    assert [f.value for f in every_field(drawn(asked, {}))] == ["748.250", "26.11.2026"]


VALUES = [
    (component("number", "a"), 3.5, "da", "3,5"),
    (component("number", "a"), 3.5, "en", "3.5"),
    (component("number", "a"), 1000000, "da", "1000000"),
    (component("number", "a"), "tolv", "da", "tolv"),
    (component("datetime", "a", subtype="time"), "13:40", "da", "13.40"),
    (component("datetime", "a", subtype="time"), "25.00", "da", "25.00"),
    (component("textfield", "a"), ["x"], "da", ""),
]


@pytest.mark.parametrize(("field", "answer", "language", "value"), VALUES)
def test_shows_answers_as_people_write_them(field, answer, language, value):
    assert only(form(field), {"a": answer}, language=language).value == value


@pytest.mark.parametrize(
    ("subtype", "answer", "parts"),
    [
        ("date", "2026-11-26", ["26", "11", "2026"]),
        ("date", "31.2.2026", ["31", "2", "2026"]),
        ("date", "26..", ["26", "", ""]),
        ("date", "i går", ["i går", "", ""]),
        ("date", None, ["", "", ""]),
        ("datetime", "2026-06-26T11:40:00+00:00", ["26", "6", "2026", "13.40"]),
        ("datetime", "26.11.2026 kl. 25.00", ["26", "11", "2026", "25.00"]),
        ("datetime", "26.11.2026", ["26", "11", "2026", ""]),
    ],
)
def test_parts_a_date_and_keeps_the_parts_it_could_not_read(subtype, answer, parts):
    found = only(form(component("datetime", "a", subtype=subtype)), {"a": answer})

    assert [part.value for part in found.parts] == parts
    assert [part.name for part in found.parts] == [f"a:{p}" for p in ("day", "month", "year", "time")][: len(parts)]
    assert found.target == found.parts[0].id


def test_ids_are_unique_and_nothing_is_described_by_what_is_not_there():
    asked = one_of_each()
    answers = {"personer": [{"navn": "a", "boern": [{}, {}]}, {}], "bilag": ["x"]}
    errors = {path: [message("Write an answer.")] for path, _ in asked.fields if "*" not in path}

    found = drawn(asked, answers, errors=errors)
    ids = [i for f in every_field(found) for i in _ids(f)]

    assert len(ids) == len(set(ids))
    assert all(target in ids for target, _ in found.errors)


def _ids(field):
    yield field.id
    for name in ("hint", "error", "source", "law"):
        if getattr(field, name, ""):
            yield f"{field.id}--{name}"
    yield from (inner.id for name in ("choices", "parts", "rows") for inner in getattr(field, name, ()) or ())


def test_says_what_is_wrong_above_the_form_in_reading_order_with_the_name_of_the_field():
    asked = form(
        required({**component("textfield", "a"), "label": "Hvad skal ske?"}),
        required(component("checkbox", "b")),
        rows(
            "folk", required(component("textfield", "navn")), component("number", "x"), properties={"item": "Forælder"}
        ),
    )
    answers = {"folk": [{"x": 1}, {"navn": "I", "x": "y"}], "mere": 1}

    found = drawn(asked, answers, errors=validate(asked, answers, context()))

    assert found.errors == (
        ("f-a", "Hvad skal ske? Skriv et svar."),
        ("f-b--0", "b på dansk: Vælg ja eller nej."),
        ("f-folk-0-navn", "Forælder 1, navn på dansk: Skriv et svar."),
        ("f-folk-1-x", "Forælder 2, x på dansk: Skriv et tal, fx 12 eller 3,5."),
        ("", "mere: Formularen har ikke sådan et felt."),
    )
    assert found.mend == "ret fem felter"


@pytest.mark.parametrize(
    ("count", "danish", "english"),
    [
        (1, "ret ét felt", "mend one field"),
        (12, "ret tolv felter", "mend twelve fields"),
        (13, "ret 13 felter", "mend 13 fields"),
    ],
)
def test_counts_in_words(count, danish, english):
    asked = form(*[required(component("textfield", f"a{i}")) for i in range(count)])
    errors = validate(asked, {}, context())

    assert drawn(asked, errors=errors).mend == danish
    assert drawn(asked, errors=errors, language="en").mend == english


def test_sections_groups_lines_words_and_rules():
    asked = form(
        component("textfield", "a"),
        group("Første", component("number", "b", layout={"row": "r1"}), choices("select", "c", layout={"row": "r1"})),
        group("Anden", group("Indeni", component("textarea", "d")), {"type": "separator"}),
        {"type": "text", "text": "Læs\n\n- én\n- to", "properties": {"textEn": "Read"}},
        group("Tom"),
    )

    found = drawn(asked)

    assert [section.heading for section in found.sections] == ["", "Første", "Anden", ""]
    assert [node.kind for node in found.sections[1].nodes] == ["line"]
    assert isinstance(found.sections[2].nodes[0], GroupView)
    assert isinstance(found.sections[2].nodes[1], RuleView)
    assert found.sections[3].nodes == (TextView(((False, "Læs"), (True, "én"), (True, "to"))),)


def test_a_list_has_buttons_to_add_and_remove_until_it_is_full():
    asked = form(
        rows("folk", component("textfield", "a"), properties={"item": "Forælder", "itemEn": "Parent", "maxRows": "2"})
    )

    one = only(asked, {"folk": [{}]})
    two = only(asked, {"folk": [{}, {}]}, language="en")

    assert (one.add, one.add_label) == ("add:folk", "Tilføj forælder")
    assert (two.add, two.add_label) == ("", "Add parent")
    assert [(row.legend, row.remove) for row in two.rows] == [
        ("Parent 1", "remove:folk.0"),
        ("Parent 2", "remove:folk.1"),
    ]


def test_a_list_that_is_required_begins_with_an_empty_row():
    asked = form(required(rows("a", component("textfield", "b"))), rows("c", component("textfield", "d")))

    first, _, second = every_field(drawn(asked))

    assert (len(first.rows), len(second.rows)) == (1, 0)
    assert len(only(asked, {"a": []}).rows) == 0


def test_a_cpr_number_is_masked_where_it_is_only_read():
    asked = form(component("textfield", "a", properties={"widget": "cpr"}))

    assert only(asked, {"a": "140314-4567"}, is_readonly=True).value == "140314-••••"


def test_the_law_is_shown_only_when_somebody_has_words_for_it():
    asked = form(component("textfield", "a", properties={"law": "bl136"}))

    assert only(asked, laws={"bl136": "Barnets lov § 136"}).law == "Barnets lov § 136"
    assert only(asked).law == ""


def test_two_versions_of_a_field_stand_side_by_side_with_three_choices():
    asked = form(component("textarea", "a"), component("checkbox", "b"))
    clashes = [
        Clash(
            "a",
            asked.components[0].label,
            "Emil er træt.",
            "Emil er træt. Mor.",
            "Emil er meget træt.",
            can_combine=True,
        ),
        Clash("b", asked.components[1].label, None, True, False),
    ]
    rival = Rival("Lars Bo", datetime(2026, 11, 26, 8, 11, tzinfo=UTC))

    found = drawn(asked, {"a": "Emil er meget træt.", "b": False}, clashes=clashes, rival=rival)

    text, yes = every_field(found)
    assert text.value == "Emil er træt. Mor."
    assert text.clash.sides[0].heading == "Lars', gemt kl. 09.11"
    assert text.clash.sides[0].pieces == (("Emil er ", False), ("meget", True), (" ", False), ("træt.", False))
    assert text.clash.choices == (
        ("choose:a", "both", "Saml begge"),
        ("choose:a", "mine", "Behold min"),
        ("choose:a", "theirs", "Brug Lars'"),
    )
    assert text.clash.base == ("base:a", '"Emil er tr\\u00e6t."')
    assert [choice[1] for choice in yes.clash.choices] == ["mine", "theirs"]
    assert [side.pieces for side in yes.clash.sides] == [(("Nej", False),), (("Ja", False),)]
    assert found.clash_sentence == "Lars Bo har gemt to felter kl. 09.11, mens du skrev i dem."
    assert [target for target, _ in found.clashes] == ["f-a", "f-b--0"]


def test_prefilled_lists_say_where_they_come_from():
    asked = form(rows("folk", component("textfield", "navn")))
    known = {"folk": Prefilled([{"navn": "I"}], message("From the case"))}

    assert only(asked, {"folk": [{"navn": "I"}]}, known=known).source == "Fra sagen"
    assert only(asked, {"folk": [{"navn": "J"}]}, known=known).source == ""
