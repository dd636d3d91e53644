"""What answers are refused, by path and in the reader's language, and what is kept of those that are not."""

import time

import pytest

from casework.forms import clean, clean_json, json_schema, settle, validate
from tests.forms.building import choices, component, context, form, group, one_of_each, required, rows


def wrong(asked, answers, language="da", **more):
    found = validate(asked, answers, context(**more))
    return {path: [said.text(language) for said in sentences] for path, sentences in found.items()}


MISSING = [
    (component("textfield", "a"), "Skriv et svar.", "Write an answer."),
    (component("textarea", "a"), "Skriv et svar.", "Write an answer."),
    (component("number", "a"), "Skriv et tal.", "Write a number."),
    (
        component("number", "a", properties={"widget": "scale"}),
        "Vælg et tal fra 0 til 10.",
        "Choose a number from 0 to 10.",
    ),
    (component("checkbox", "a"), "Vælg ja eller nej.", "Choose yes or no."),
    (choices("radio", "a"), "Vælg en af mulighederne.", "Choose one of the options."),
    (choices("select", "a"), "Vælg en af mulighederne.", "Choose one of the options."),
    (choices("checklist", "a"), "Vælg mindst én.", "Choose at least one."),
    (choices("taglist", "a"), "Vælg mindst én.", "Choose at least one."),
    (component("datetime", "a", subtype="date"), "Skriv datoen.", "Write the date."),
    (component("datetime", "a", subtype="time"), "Skriv klokkeslættet.", "Write the time."),
    (component("datetime", "a", subtype="datetime"), "Skriv dato og klokkeslæt.", "Write the date and the time."),
    (component("textfield", "a", properties={"widget": "employee"}), "Vælg en medarbejder.", "Choose a colleague."),
    (component("filepicker", "a"), "Vedhæft en fil.", "Attach a file."),
    (rows("a", component("textfield", "b")), "Tilføj mindst én.", "Add at least one."),
    (
        component("textfield", "a", properties={"message": "Skriv trinet.", "messageEn": "The step."}),
        "Skriv trinet.",
        "The step.",
    ),
]


@pytest.mark.parametrize(("field", "danish", "english"), MISSING)
@pytest.mark.parametrize("answers", [{}, {"a": None}, {"a": ""}, {"a": []}])
def test_says_what_is_missing(field, danish, english, answers):
    asked = form(required(field))

    assert wrong(asked, answers) == {"a": [danish]}
    assert wrong(asked, answers, "en") == {"a": [english]}
    assert wrong(form(field), answers) == {}


def test_no_is_an_answer_to_yes_or_no():
    assert wrong(form(required(component("checkbox", "a"))), {"a": False}) == {}


SCALE = component("number", "a", properties={"widget": "scale"})
REFUSED = [
    (component("textfield", "a"), 3, "Skriv tekst her."),
    (component("textfield", "a"), "x" * 501, "Skriv højst 500 tegn; der er 501."),
    (component("textarea", "a"), "x" * 20_001, "Skriv højst 20000 tegn; der er 20001."),
    (component("textarea", "a", validate={"maxLength": 5}), "seks s", "Skriv højst 5 tegn; der er 6."),
    (component("textfield", "a", validate={"minLength": 5}), "fire", "Skriv mindst 5 tegn."),
    (component("textfield", "a", validate={"pattern": r"^\d+$"}), "x", "Svaret er ikke skrevet, som det skal være."),
    (
        component(
            "textfield", "a", validate={"pattern": r"^\d+$"}, properties={"message": "Kun tal.", "messageEn": "Digits."}
        ),
        "x",
        "Kun tal.",
    ),
    (component("number", "a"), "tolv", "Skriv et tal, fx 12 eller 3,5."),
    (component("number", "a"), True, "Skriv et tal, fx 12 eller 3,5."),
    (component("number", "a"), float("nan"), "Skriv et tal, fx 12 eller 3,5."),
    (component("number", "a"), 10**30, "Tallet er for stort."),
    (component("number", "a", validate={"min": 1.5}), 1, "Tallet skal være mindst 1,5."),
    (component("number", "a", validate={"max": 100}), 100.5, "Tallet må højst være 100."),
    (component("number", "a", decimalDigits=0), 1.5, "Skriv et helt tal."),
    (component("number", "a", decimalDigits=1), 1.25, "Skriv højst én decimal."),
    (component("number", "a", increment=0.5), 1.25, "Skriv et tal, som 0,5 går op i."),
    (SCALE, 11, "Vælg et tal fra 0 til 10."),
    (SCALE, 4.5, "Vælg et tal fra 0 til 10."),
    (component("checkbox", "a"), "måske", "Vælg ja eller nej."),
    (component("checkbox", "a"), 1, "Vælg ja eller nej."),
    (choices("radio", "a"), "d", "Vælg en af mulighederne."),
    (choices("select", "a"), ["a"], "Vælg en af mulighederne."),
    (choices("checklist", "a"), ["a", "d"], "Vælg blandt mulighederne."),
    (choices("checklist", "a"), ["a", "a"], "En mulighed er valgt to gange."),
    (component("textfield", "a", properties={"widget": "employee"}), "sofie", "Vælg en af mulighederne."),
    (
        component("datetime", "a", subtype="date"),
        "31.2.2026",
        "Det er ikke en dato. Skriv dag, måned og år, fx 26.11.2026.",
    ),
    (
        component("datetime", "a", subtype="date"),
        20261126,
        "Det er ikke en dato. Skriv dag, måned og år, fx 26.11.2026.",
    ),
    (component("datetime", "a", subtype="date"), "1206-11-26", "Se på årstallet en gang til."),
    (component("datetime", "a", subtype="time"), "25:00", "Det er ikke et klokkeslæt. Skriv det som 13.40."),
    (
        component("datetime", "a", subtype="datetime"),
        "2026-11-26T13:40:00",
        "Det er ikke et tidspunkt. Skriv dato og klokkeslæt, fx 26.11.2026 kl. 13.40.",
    ),
    (component("datetime", "a", properties={"past": "true"}), "2026-11-27", "Det ligger i fremtiden."),
    (component("datetime", "a", disallowPassedDates=True), "2026-11-25", "Det ligger i fortiden."),
    (component("datetime", "a", properties={"minDate": "2026-01-01"}), "2025-12-31", "Det må ikke være før 1.1.2026."),
    (
        component("datetime", "a", properties={"maxDate": "2026-01-01"}),
        "2026-01-02",
        "Det må ikke være efter 1.1.2026.",
    ),
    (
        component("datetime", "a", subtype="datetime", properties={"past": "true"}),
        "2026-11-26T09:13:00+01:00",
        "Det ligger i fremtiden.",
    ),
    (component("filepicker", "a"), ["../etc/passwd"], "Filen kendes ikke her. Vedhæft den igen."),
    (component("filepicker", "a"), [f"f{i}" for i in range(21)], "Vedhæft højst 20 filer."),
    (rows("a", component("textfield", "b")), "x", "Her skal stå en liste af rækker."),
    (rows("a", component("textfield", "b")), ["x"], "Her skal stå en liste af rækker."),
    (rows("a", component("textfield", "b")), [{}] * 101, "Der er for mange rækker: højst 100."),
    (
        rows("a", component("textfield", "b"), properties={"maxRows": "1"}),
        [{"b": "1"}, {"b": "2"}],
        "Der må højst være 1.",
    ),
    (rows("a", component("textfield", "b"), properties={"minRows": "2"}), [{"b": "1"}, {}], "Tilføj mindst 2."),
    (group("G", component("textfield", "b"), path="a"), "x", "Her skal stå en gruppe af svar."),
]


@pytest.mark.parametrize(("field", "answer", "danish"), REFUSED)
def test_says_what_is_wrong_in_both_languages(field, answer, danish):
    asked = form(field)

    assert wrong(asked, {"a": answer}) == {"a": [danish]}
    assert wrong(asked, {"a": answer}, "en")["a"][0] not in {danish, ""}


ACCEPTED = [
    (component("datetime", "a", properties={"past": "true"}), "2026-11-26"),
    (component("datetime", "a", subtype="datetime", properties={"past": "true"}), "2026-11-26T09:12:00+01:00"),
    (component("datetime", "a", subtype="datetime", properties={"maxDate": "2026-11-26"}), "2026-11-26T23:59:00+01:00"),
    (component("datetime", "a", properties={"maxDate": "=now"}), "2026-11-26"),
    (component("number", "a", increment=0.5), -1.5),
    (component("textfield", "a", properties={"widget": "employee"}), "lars"),
    (component("select", "a", valuesKey="skoler"), "nye-skole"),
    (component("textfield", "a"), "x" * 500),
]


@pytest.mark.parametrize(("field", "answer"), ACCEPTED)
def test_takes_what_is_just_right(field, answer):
    assert wrong(form(field), {"a": answer}) == {}


@pytest.mark.parametrize(
    ("number", "danish"),
    [
        ("310214-1234", "CPR-nummeret begynder med en dato, der ikke findes."),
        ("14031", "Et CPR-nummer har ti cifre: dag, måned og år for fødslen og fire mere."),
    ],
)
def test_names_impossible_cpr_numbers_without_repeating_them(number, danish):
    asked = form(component("textfield", "a", properties={"widget": "cpr"}))

    (said,) = validate(asked, {"a": number}, context())["a"]

    assert said.text("en") != said.text("da")
    assert number not in said.text("da")
    assert number not in str(said.values)


def test_names_unknown_fields_by_path():
    asked = form(group("Ude", component("textfield", "a"), path="ude"), rows("folk", component("textfield", "navn")))
    sent = {"ude": {"a": "1", "b": "2"}, "folk": [{"navn": "I"}, {"alder": 3}], "mere": {"x": 1}, "ude.a": "3"}

    found = wrong(asked, clean_json(asked, sent))

    assert found == {
        path: ["Formularen har ikke sådan et felt."] for path in ("ude.b", "folk.1.alder", "mere", "ude.a")
    }


def test_names_at_most_fifty_unknown_fields():
    assert len(wrong(form(component("textfield", "a")), {f"x{i}": 1 for i in range(10_000)})) == 50


def test_names_what_is_wrong_in_rows_within_rows():
    asked = form(
        rows("folk", required(component("textfield", "navn")), rows("boern", required(component("number", "alder"))))
    )
    answers = {"folk": [{"navn": "Inger", "boern": [{"alder": 3}, {"alder": "x"}]}, {"boern": [{"alder": 4}]}]}

    assert wrong(asked, answers).keys() == {"folk.0.boern.1.alder", "folk.1.navn"}


def test_rows_without_any_answer_count_as_not_there():
    asked = form(rows("folk", required(component("textfield", "navn")), component("checkbox", "bor")))
    answers = {"folk": [{"navn": None}, {"navn": "Inger"}, {}, {"bor": None}]}

    settled = settle(asked, answers, context())

    assert settled.errors == {}
    assert settled.answers == {"folk": [{"navn": "Inger", "bor": None}]}


def test_keeps_what_was_asked_and_not_answered():
    asked = form(
        component("textfield", "a"),
        group("Ude", component("number", "b"), path="ude"),
        rows("c", component("number", "d")),
    )

    assert settle(asked, {}, context()).answers == {"a": None, "ude": {"b": None}, "c": []}


def test_nothing_is_asked_of_a_field_that_nobody_may_write():
    assert wrong(form(required(component("textfield", "a", readonly=True))), {}) == {}


def test_ten_megabytes_of_text_are_refused_quickly():
    asked, much = one_of_each(), "æ" * 10_000_000
    began = time.process_time()

    posted = wrong(asked, clean(asked, {"tekst": much, "linje": much, "dato": much, "cpr": much}))
    sent = wrong(asked, clean_json(asked, {"tekst": much, "flere": [much], "dato": much}))

    assert posted.keys() == {"tekst", "linje", "dato", "cpr"}
    assert sent.keys() == {"tekst", "flere", "dato"}
    assert time.process_time() - began < 5


def test_sixty_fields_are_checked_in_milliseconds():
    asked = form(*[required(component("textarea" if i % 3 else "number", f"a{i}")) for i in range(60)])
    answers = {f"a{i}": "En sætning. " * 20 if i % 3 else i for i in range(60)}
    validate(asked, answers, context())

    best = min(_seconds(lambda: validate(asked, answers, context())) for _ in range(20))

    assert best < 0.005


def _seconds(do):
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def test_asks_for_as_many_choices_as_the_form_says():
    asked = form(choices("checklist", "a", properties={"minChoices": "2", "maxChoices": "2"}))

    assert wrong(asked, {"a": ["a"]}) == {"a": ["Vælg mindst 2."]}
    assert wrong(asked, {"a": ["a", "b", "c"]}, "en") == {"a": ["Choose at most 2."]}
    assert wrong(asked, {"a": ["a", "c"]}) == {}
    assert json_schema(asked)["properties"]["a"]["anyOf"][0]["minItems"] == 2
