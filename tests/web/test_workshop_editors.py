"""The editors of a process draft at a browser: draw, choose, be told what is wrong, mend it, and lose nothing."""

import json
import re

import pytest

from casework.operations.process_drafts.start_process_draft import start_process_draft

PROCESS = "new_notification"
TASK = "godkendKvittering"


@pytest.fixture
def draft(town):
    return start_process_draft(town.birgit, process_id=PROCESS)


class Bench:
    """One person at one editor."""

    def __init__(self, person, path):
        self.person, self.page = person, person.open(path).page
        self.page.wait_for_selector("[data-canvas][data-ready=true]")
        self.page.wait_for_selector("[data-findings][aria-busy=false]")

    def field(self, name):
        return self.page.locator(f'[data-field="{name}"]')

    def deadline(self, key):
        """The fields of a deadline of the process."""
        return self.page.locator(f".sg-prop-item:has(> p > .sg-strong:text-is('{key}'))")

    def look_at_the_process(self):
        self.page.keyboard.press("Escape")
        self.page.locator("[data-canvas] .djs-element.djs-shape > .djs-hit").first.dispatch_event("click")

    def write(self, field, text):
        field.fill(text)
        field.press("Tab")

    def saved(self):
        """Until all is on the server, and what it finds is on the page."""
        self.page.wait_for_selector("[data-saved][data-state=saved]")
        self.page.wait_for_selector("[data-findings][aria-busy=false]")
        return self

    def rules(self):
        return [one.get_attribute("data-rule") for one in self.page.locator("[data-findings] [data-rule]").all()]

    def untranslated(self):
        return json.loads(self.page.evaluate("document.documentElement.dataset.untranslated ?? '[]'"))


def test_an_owner_draws_is_warned_mends_and_loses_nothing(person, draft):
    """One story, for every page of an editor takes seconds to open."""
    birgit = person("birgit")
    diagram = Bench(birgit, f"/process-drafts/{draft}/")

    assert diagram.page.locator(".bjs-powered-by").is_visible()  # the licence of bpmn.io asks for it
    _a_longer_deadline_is_found_and_put_back(diagram)
    _a_step_is_appended_by_keyboard_and_gets_a_new_form(diagram)
    _a_part_is_drawn_by_keyboard_where_there_is_room_and_made_on_the_spot(diagram)
    deadline = Bench(birgit, f"/process-drafts/{draft}/").deadline("kvittering").get_by_label("Senest")
    assert deadline.input_value() == "5"

    forms = Bench(birgit, f"/process-drafts/{draft}/forms?key=F03")
    forms.page.locator(".fjs-palette-field").first.focus()
    forms.page.keyboard.press("Enter")
    forms.page.wait_for_selector("[data-panel] h2:text-is('En linje')")
    forms.page.keyboard.press("Control+z")
    forms.page.locator(".fjs-element", has_text="Kontaktperson og telefon").last.click()
    assert forms.field("own.labelEn").input_value() == "Contact person and phone"
    forms.write(forms.field("own.descriptionEn"), "Somebody who answers.")
    assert forms.saved().rules() == []
    assert birgit.violations() == []

    decisions = Bench(birgit, f"/process-drafts/{draft}/decisions")
    decisions.page.locator("td.input-cell").first.click()
    decisions.page.keyboard.type("x")
    decisions.saved()
    assert birgit.violations() == []
    assert [*forms.untranslated(), *decisions.untranslated()] == []


def _a_longer_deadline_is_found_and_put_back(bench):
    receipt = bench.deadline("kvittering")
    amount = receipt.get_by_label("Senest")
    assert (amount.input_value(), receipt.get_by_label("Regnet i", exact=True).input_value()) == ("6", "working-days")

    bench.write(amount, "9")
    bench.page.wait_for_selector("[data-rule=statutory-longer]")
    assert bench.person.violations() == []
    bench.page.get_by_role("button", name="Sæt den tilbage som frigivet").click()
    bench.page.wait_for_selector("[data-rule=statutory-longer]", state="detached")
    bench.look_at_the_process()
    assert amount.input_value() == "6"
    bench.write(amount, "5")
    assert bench.saved().rules() == []


def _a_step_is_appended_by_keyboard_and_gets_a_new_form(bench):
    keyboard = bench.page.keyboard
    bench.page.locator("[data-canvas] svg[tabindex]").first.focus()
    keyboard.press("Control+f")
    keyboard.type("Godkend kvittering")
    keyboard.press("Enter")
    assert bench.page.inner_text("[data-panel] h2") == "Godkend kvittering"
    keyboard.press("a")
    keyboard.type("til en person")
    keyboard.press("Enter")
    keyboard.type("Ring til afsenderen")
    keyboard.press("Enter")
    bench.page.wait_for_selector("[data-rule=several-ways-out]")

    bench.page.locator("[data-rule=user-task-without-form]").get_by_role("button", name="Vælg formular").click()
    bench.page.get_by_label("Titel på ny formular").fill("Opkald")
    bench.page.get_by_role("button", name="Lav ny formular").click()
    bench.page.wait_for_selector("[data-rule=user-task-without-form]", state="detached")
    assert bench.field("form").locator("option:checked").inner_text().endswith("Opkald")
    assert bench.untranslated() == []


def _a_part_is_drawn_by_keyboard_where_there_is_room_and_made_on_the_spot(bench):
    keyboard = bench.page.keyboard
    bench.page.locator("[data-canvas] svg[tabindex]").first.focus()
    keyboard.press("n")
    keyboard.type("Kald")
    keyboard.press("Enter")
    keyboard.type("Følg op")
    keyboard.press("Enter")
    bench.page.get_by_label("Navn på ny proces").fill("Følg op")
    keyboard.press("Enter")
    bench.page.wait_for_selector("[data-field=called] option[value=sub_foelg_op]:checked", state="attached")
    assert not {"unknown-process", "no-overlapping-elements"} & set(bench.saved().rules())
    assert bench.untranslated() == []


def test_a_second_owner_looks_on_until_they_take_over(person, draft):
    first = Bench(person("birgit"), f"/process-drafts/{draft}/")
    second = Bench(person("anders"), f"/process-drafts/{draft}/")
    assert "Birgit Sand arbejder i kladden lige nu" in second.page.inner_text("[data-notice]")
    assert second.page.locator("[data-panel] input:enabled").count() == 0

    with second.page.expect_navigation():
        second.page.get_by_role("button", name="Overtag").click()
    second.page.wait_for_selector("[data-canvas][data-ready=true]")
    first.write(first.page.get_by_label("Senest").first, "30")

    first.page.wait_for_selector("[data-notice]:has-text('Anders')")
    assert second.page.get_by_label("Senest").first.input_value() == "24"

    with first.page.expect_navigation():
        first.page.get_by_role("button", name="Åbn den igen").click()
    with first.page.expect_navigation():
        first.page.get_by_role("button", name="Overtag").click()
    first.page.get_by_role("button", name="Brug mine ændringer").click()
    assert first.saved().page.get_by_label("Senest").first.input_value() == "30"
    assert first.page.evaluate("localStorage.length") == 0


def test_nothing_of_the_editors_reaches_anybody_else(visitor, draft):
    page = visitor("birgit").get(f"/process-drafts/{draft}/")
    mette = visitor("mette")

    assert re.search(r"diagram-editor-\w+\.js", page.text)
    assert "style-src-attr 'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert mette.get(f"/process-drafts/{draft}/").status_code == 403
    assert "editor" not in mette.get("/").text
    assert "unsafe" not in mette.get("/").headers["Content-Security-Policy"]
