"""Two people in one form: the second sees field by field what the first saved; nothing is overwritten."""

from __future__ import annotations

from casework.operations.claim_user_task import claim_user_task
from casework.queries.task_page import task_page

METTES = "Emil er træt hver mandag."
KARINS = "Læreren så et blåt mærke på armen."


def test_nothing_is_overwritten(person, emil, town):
    mette, karin = person("mette"), person("karin")
    for somebody in (mette, karin):
        somebody.open(f"/tasks/{emil.task_id}")
    karin.page.fill("[name=bekymring]", KARINS)
    karin.page.fill("[name=fungerer]", "Mormor henter om fredagen.")
    karin.press("Gem")

    mette.page.fill("[name=bekymring]", METTES)
    mette.page.fill("[name=gjort]", "Skolen har talt med mor.")
    mette.page.get_by_text("for at se begge udgaver").wait_for()
    mette.press("Gem").reads("To udgaver af det samme felt. Begge er bevaret.", KARINS, METTES)
    assert mette.page.input_value("[name=fungerer]") == "Mormor henter om fredagen."
    mette.press("Saml begge")

    answers = task_page(town.mette, emil.task_id).answers
    assert answers["bekymring"] == f"{KARINS}\n\n{METTES}"
    assert answers["fungerer"] == "Mormor henter om fredagen."
    assert answers["gjort"] == "Skolen har talt med mor."


def test_each_writes_in_fields_of_their_own_without_noticing(person, emil, town):
    mette, karin = person("mette"), person("karin")
    for somebody in (mette, karin):
        somebody.open(f"/tasks/{emil.task_id}")
    karin.page.fill("[name=fungerer]", "Mormor henter om fredagen.")
    karin.press("Gem")

    mette.page.fill("[name=bekymring]", METTES)
    mette.press("Gem").reads("Gemt. Du kan fortsætte, når du vil")

    answers = task_page(town.mette, emil.task_id).answers
    assert (answers["bekymring"], answers["fungerer"]) == (METTES, "Mormor henter om fredagen.")


def test_one_keeps_ones_own_or_takes_the_others(person, emil, town):
    mette, karin = person("mette"), person("karin")
    for somebody in (mette, karin):
        somebody.open(f"/tasks/{emil.task_id}")
    for field in ("bekymring", "fungerer"):
        karin.page.fill(f"[name={field}]", f"Karins {field}.")
        mette.page.fill(f"[name={field}]", f"Mettes {field}.")
    karin.press("Gem")

    mette.press("Gem")
    mette.press("Behold min").reads("To udgaver af det samme felt", "Karins fungerer.", "Mettes fungerer.")
    assert task_page(town.mette, emil.task_id).answers["fungerer"] == "Karins fungerer."
    mette.press("Brug Karins")

    answers = task_page(town.mette, emil.task_id).answers
    assert (answers["bekymring"], answers["fungerer"]) == ("Mettes bekymring.", "Karins fungerer.")


def test_a_colleague_takes_the_task_while_somebody_writes(person, emil, town):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.fill("[name=bekymring]", METTES)
    claim_user_task(town.nadia, task_id=emil.task_id)

    mette.press("Færdig").reads("Nadia Rahimi har taget opgaven. Du kan læse med.", "Det, du havde skrevet", METTES)
