"""The templates: what a screen reader hears, what a browser posts, and how it looks to axe in a real Chromium."""

import json
from datetime import UTC, datetime

import pytest
from lxml import html as lxml_html

from casework.config import ROOT
from casework.forms import Clash, Prefilled, Rival, clean, validate, view
from casework.i18n import message
from tests.forms.building import choices, component, context, form, group, one_of_each, required, rows
from tests.forms.rendering import posted, rendered

ANSWERS = {
    "linje": "x",
    "dato": "31.2.2026",
    "skala": 11,
    "personer": [{"navn": "I", "boern": [{}]}, {}],
    "bilag": ["dok-1"],
}


@pytest.fixture
def full():
    """Every kind of field, with errors, hints, sources, a law and two versions of a field."""
    asked = one_of_each()
    errors = {path: [message("Write an answer.")] for path, _ in asked.fields if "*" not in path}
    clash = Clash("tekst", asked.components[1].label, "Før.", "Før. Min.", "Før. Deres.", can_combine=True)
    known = {"linje": Prefilled("x", message("From the case"))}
    rival = Rival("Lars Bo", datetime(2026, 11, 26, 8, 11, tzinfo=UTC))
    return view(asked, ANSWERS, errors, context=context(), known=known, clashes=[clash], rival=rival)


def tree(found, language="da"):
    return lxml_html.fromstring(rendered(found, language))


def test_ids_are_unique_and_everything_referred_to_is_there(full):
    page = tree(full)
    ids = page.xpath("//@id")

    referred = [name for names in page.xpath("//@aria-describedby") for name in names.split()]
    assert len(ids) == len(set(ids))
    assert set(referred) <= set(ids)
    assert set(page.xpath("//label/@for")) <= set(ids)
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)


def test_has_no_style_attributes_and_no_scripts(full):
    assert not tree(full).xpath("//@style | //script | //@onclick")


def test_a_field_with_an_error_says_so(full):
    (field,) = tree(full).xpath("//input[@name='linje']")

    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "f-linje--error f-linje--source"
    assert "form-error" in field.getparent().get("class")


def test_required_fields_say_so_and_the_others_that_they_may_stay_empty():
    page = tree(view(form(required(component("textfield", "a")), component("textfield", "b")), {}))

    assert page.xpath("//input[@name='a']/@aria-required") == ["true"]
    assert page.xpath("//label[@for='f-a']")[0].text_content() == "a på dansk"
    assert page.xpath("//label[@for='f-b']")[0].text_content() == "b på dansk (kan stå tom)"


def test_what_people_wrote_is_never_markup():
    asked = form(component("textarea", "a"), component("textfield", "b", readonly=True))

    html = rendered(view(asked, {"a": "</textarea><script>x()</script>", "b": "<b>"}))

    assert "<script>" not in html
    assert "<b>" not in html


def test_rows_can_be_added_and_removed_without_javascript():
    asked = form(rows("folk", component("textfield", "navn"), properties={"item": "Forælder"}))

    page = tree(view(asked, {"folk": [{}, {}]}))

    assert page.xpath("//button/@name") == ["remove:folk.0", "remove:folk.1", "add:folk"]
    assert page.xpath("//button")[1].text_content() == "Fjern forælder 2"


def test_a_clash_posts_what_both_began_with(full):
    fields = posted(rendered(full))

    assert json.loads(fields["base:tekst"][0]) == "Før."
    assert "tekst" not in clean(one_of_each(), fields, is_draft=True)
    assert clean(one_of_each(), fields)["tekst"] == "Før. Min."


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Opgaven er ikke færdig endnu: ret ét felt"), ("en", "mend one field")]
)
def test_the_list_of_errors_speaks_the_readers_language(language, words):
    asked = form(group("G", required(component("checkbox", "a"))))
    found = view(asked, {}, validate(asked, {}, context()), language)

    (alert,) = tree(found, language).xpath("//*[@role='alert']")

    assert words in alert.text_content()


@pytest.mark.parametrize("width", [1400, 375])
def test_has_no_violation_of_wcag_and_fits_the_window(full, page, axe, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(rendered(full, styles=_styles()))

    assert axe() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _styles():
    built = ROOT / "build" / "static"
    names = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    return (built / names["sagsgang.css"]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (choices("radio", "a", "x", "y"), "y"),
        (component("checkbox", "a"), False),
        (component("number", "a", properties={"widget": "scale"}), 4),
    ],
)
def test_an_answer_that_is_not_needed_can_be_taken_back_without_scripts(asked, given):
    page = tree(view(form(asked), {"a": given}))
    (back,) = page.xpath("//label[text()='Ikke besvaret']/../input")

    for chosen in page.xpath("//input[@checked]"):
        del chosen.attrib["checked"]
    was_chosen, back.attrib["checked"] = back.get("checked"), ""
    fields = {}
    for name, value in page.forms[0].form_values():
        fields.setdefault(name, []).append("" if value == "on" else value)  # lxml says so of an empty value

    assert was_chosen is None
    assert clean(form(asked), fields) == {"a": None}
    assert not tree(view(form(asked), {})).xpath("//input[@checked]")
    assert not tree(view(form(required(asked)), {})).xpath("//label[text()='Ikke besvaret']")
