"""A process owner's week: draw, be told what is wrong, mend it, try it out, have it approved, release it, move, and go back."""

from __future__ import annotations

import pytest

from casework.operations.complete_user_task import complete_user_task
from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from casework.scenarios.clerk import filled
from casework.scenarios.standing import context_of, form_now
from tests.many import repeat_case
from tests.web.test_workshop_editors import Bench

PROCESS = "intake_to_assessment"


@pytest.mark.timeout(400)
def test_a_change_of_the_law_goes_through_the_workshop_and_back(person, emil, town):
    run_five_hundred(emil, town)
    birgit = person("birgit").open("/processes")
    birgit.follow("Fra henvendelse til undersøgelse").press("Lav en kladde")
    draft = birgit.page.url.rstrip("/").rpartition("/")[2]

    shorten_the_receipt(birgit, draft)
    ring_before_the_screening(birgit, draft)
    ask_more_in_a_decision(birgit, draft)
    try_four_months(birgit, draft)
    expect_the_new_date(birgit, draft)
    release(birgit, person("anders"), draft)
    move_and_go_back(birgit, person("karin"))


def run_five_hundred(emil, town):
    """Most have not been registered yet; of some the receipt waits for a yes."""
    repeat_case(emil.case_id, 439)
    form = form_now(emil.task_id)
    wanted = {"erUnderretning": True, "underretterType": "skole", "erFagperson": True, "tegn": ["ingen"]}
    answers = filled(form.form, form.answers, context_of(form), wanted=wanted, usual={})
    complete_user_task(town.mette, task_id=emil.task_id, answers=answers)
    repeat_case(emil.case_id, 60)


def shorten_the_receipt(birgit, draft):
    bench = Bench(birgit, f"/process-drafts/{draft}/")
    amount = bench.deadline("kvittering").get_by_label("Senest")
    assert amount.input_value() == "6"
    amount.fill("5")
    amount.press("Tab")
    bench.saved()


def ring_before_the_screening(birgit, draft):
    """A task of a person goes in between, by keyboard; the flow that led past it is found and taken away."""
    bench = Bench(birgit, f"/process-drafts/{draft}/")
    page, keyboard = bench.page, bench.page.keyboard
    page.locator("[data-canvas] svg[tabindex]").first.focus()
    keyboard.press("Control+f")
    keyboard.type("Afklar med barn og familie")
    keyboard.press("Enter")
    page.wait_for_selector("[data-panel] h2:text-is('Afklar med barn og familie')")
    keyboard.press("a")
    page.wait_for_selector(".djs-popup input")
    keyboard.type("til en person")
    keyboard.press("Enter")
    keyboard.type("Ring til skolen")
    keyboard.press("Enter")
    bench.saved()
    assert {"several-ways-out", "no-way-out", "user-task-without-form"} <= set(bench.rules())
    keyboard.press("c")
    click(page, ".djs-shape:has-text('Ring til skolen')")
    click(page, "[data-element-id=screening]")
    keyboard.press("Escape")
    page.wait_for_selector("[data-rule=no-way-out]", state="detached")
    click(page, "[data-element-id=akut]")
    click(page, "[data-element-id=f_afklaring_screening] .djs-visual > path", across=0.85)
    keyboard.press("Delete")
    page.wait_for_selector("[data-rule=several-ways-out]", state="detached")
    page.locator("[data-rule=user-task-without-form]").get_by_role("button", name="Vælg formular").click()
    page.get_by_label("Titel på ny formular").fill("Samtale med skolen")
    page.get_by_role("button", name="Lav ny formular").click()
    page.wait_for_selector("[data-rule=user-task-without-form]", state="detached")
    bench.saved()
    assert bench.rules() == []


def ask_more_in_a_decision(birgit, draft):
    """Of a child under one year, two notifications within a year are enough."""
    bench = Bench(birgit, f"/process-drafts/{draft}/decisions")
    bench.page.locator("td.input-cell", has_text=">= 3").click()
    bench.page.keyboard.press("Control+a")
    bench.page.keyboard.type(">= 2")
    bench.page.keyboard.press("Tab")
    bench.saved()
    assert bench.rules() == []


def try_four_months(birgit, draft):
    birgit.open(f"/process-drafts/{draft}/try-out").press("Begynd")
    birgit.page.get_by_label("Imens gør alle det, der kommer").check()
    birgit.press("Lad 4 måneder gå")
    birgit.page.get_by_text("Det, der skete før").click()
    birgit.reads("24. marts 2027", "Ring til skolen", "Alle forløb er slut")
    keep(birgit, "Skolen ringes op, før der screenes")
    birgit.open(f"/process-drafts/{draft}/try-out").press("Tag det sidste skridt tilbage")
    birgit.press("Lad 1 time gå")
    keep(birgit, "En henvendelse registreres samme dag")
    birgit.open(f"/process-drafts/{draft}/scenarios")
    birgit.reads("En henvendelse registreres samme dag", "Skolen ringes op, før der screenes")


def keep(birgit, name):
    birgit.follow("Gem afprøvningen som scenarie")
    birgit.page.get_by_label("Hvad viser det?").fill(name)
    birgit.press("Gem det")


def expect_the_new_date(birgit, draft):
    """The scenarios say what the change does; what was meant is written down."""
    birgit.open(f"/process-drafts/{draft}/scenarios")
    run_scenarios(birgit)
    birgit.follow("Se og ret, hvordan de er skrevet")
    text = birgit.page.get_by_label("Scenarierne, som de er skrevet")
    text.fill(text.input_value().replace("kvittering: {dato: 2026-12-02, ", "kvittering: {dato: 2026-12-01, "))
    birgit.press("Gem det")
    run_scenarios(birgit)
    birgit.reads("ender, som de siger")


def run_scenarios(birgit):
    birgit.page.get_by_role("button", name="Kør dem alle").click()
    birgit.page.wait_for_selector("[role=status]:has-text('af Birgit Sand')", timeout=60_000)


def release(birgit, anders, draft):
    birgit.open(f"/process-drafts/{draft}/compare").reads(
        "6 hverdage", "5 hverdage", "Opgave »Ring til skolen«", ">= 2"
    )
    birgit.open(f"/process-drafts/{draft}/release")
    birgit.page.get_by_label("Hvorfor ændres det?").fill("Kvitteringen skal frem en dag før.")
    birgit.page.get_by_label("Paragraf eller praksis").fill("Barnets lov § 138")
    birgit.press("Bed om godkendelse")
    assert birgit.page.get_by_role("button", name="Godkend", exact=True).count() == 0
    anders.open(f"/process-drafts/{draft}/release").press("Godkend")
    birgit.open(f"/process-drafts/{draft}/release").press("Frigiv nu")


def move_and_go_back(birgit, karin):
    birgit.follow("Flyt løbende forløb").reads("Alle 500 forløb, der er i gang, kan flyttes")
    pair = birgit.page.locator("select[name='pair:intake_to_assessment/godkendKvittering']")
    birgit.page.locator("details:has(select)").locator("summary").first.click()
    pair.select_option("")
    birgit.press("Se igen").reads("439 af 500 forløb", "Godkend kvittering, som ikke har noget modstykke")
    birgit.page.get_by_label("Hvorfor flyttes de?").fill("Ny frist for kvitteringen")
    birgit.press("Flyt de valgte")
    while move_waiting_instances():
        pass
    birgit.page.reload()
    birgit.reads("439 af 439")
    birgit.page.get_by_label("Hvorfor flyttes de tilbage?").fill("Ikke endnu")
    birgit.press("Flyt tilbage")
    while move_waiting_instances():
        pass
    birgit.page.reload()
    birgit.reads("439 af 439")
    birgit.follow("Fra henvendelse til undersøgelse").reads("version 1 · 500 i gang")
    birgit.page.get_by_text("Gå tilbage til version 1", exact=True).click()
    birgit.reads("5 hverdage → 6 hverdage")
    birgit.page.get_by_label("Hvorfor?").first.fill("Ankestyrelsen skal spørges først.")
    birgit.press("Bed en teamleder om et ja")
    birgit.reads("Den venter på en teamleder.")
    karin.open("/processes").reads("Birgit Sand vil gå tilbage til version 1")
    karin.press("Sig ja, og gør det nu").reads("Det er sket.")


def click(page, selector, across=0.5):
    """On the drawing, where shapes lie over their own pictures."""
    box = page.locator(selector).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] / 2)
