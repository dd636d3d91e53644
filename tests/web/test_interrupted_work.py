"""Interruptions: the page is closed, the session ends, the language changes, the network is away; nothing written is lost."""

from __future__ import annotations

import re

WORRY = "Emil er træt hver mandag og trækker sig fra de andre."
FIELD = "[name=bekymring]"


def saved(person, answer, value=WORRY):
    """Wait until the draft that was accepted holds what was typed last, and the line beside the buttons says so."""
    assert answer.value.ok
    assert value in answer.value.request.post_data
    person.page.wait_for_function(
        "() => /^Gemt kl/.test(document.querySelector('[data-saved] [data-words]').textContent)"
    )


def next_draft(person):
    """The answer to the next draft that the page sends by itself."""
    return person.page.expect_response(re.compile("/draft$"))


def come_back(person, task_id):
    """Open the task again; what the browser sent as the old page went away may arrive a moment later."""
    for _ in range(20):
        person.open(f"/tasks/{task_id}")
        if person.page.input_value(FIELD):
            break
        person.page.wait_for_timeout(250)
    return person


def test_what_was_typed_is_there_after_the_page_was_closed(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.fill(FIELD, WORRY)
    mette.page.close(run_before_unload=False)

    again = come_back(mette.new_tab(), emil.task_id)

    assert again.page.input_value(FIELD) == WORRY


def test_what_was_typed_saves_itself_and_says_when(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    with next_draft(mette) as answer:
        mette.page.fill(FIELD, WORRY)
    saved(mette, answer)

    other = mette.new_tab().open(f"/tasks/{emil.task_id}")

    assert other.page.input_value(FIELD) == WORRY
    assert "Gemt kl. 09.00" in mette.page.inner_text(".sg-save")


def test_leaving_by_a_link_loses_nothing(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.fill(FIELD, WORRY)
    come_back(mette.follow("Mine opgaver"), emil.task_id)

    assert mette.page.input_value(FIELD) == WORRY


def test_signs_in_again_in_a_new_tab_and_goes_on_where_one_was(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.context.clear_cookies()
    mette.page.fill(FIELD, WORRY)
    link = mette.page.get_by_role("link", name="Log ind i en ny fane")
    link.wait_for()
    mette.page.get_by_role("button", name="Færdig").click()
    assert mette.page.input_value(FIELD) == WORRY

    with mette.context.expect_page() as opened:
        link.click()
    opened.value.click("button[value=mette]")
    opened.value.wait_for_url(re.compile("/tasks/"))
    opened.value.close()
    mette.page.bring_to_front()
    with next_draft(mette) as answer:
        mette.page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(mette, answer)

    mette.press("Gem").reads("Gemt. Du kan fortsætte, når du vil")
    assert mette.page.input_value(FIELD) == WORRY


def test_somebody_else_at_the_same_machine_does_not_take_the_draft_over(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.context.clear_cookies()
    mette.page.fill(FIELD, WORRY)
    mette.page.get_by_role("link", name="Log ind i en ny fane").wait_for()
    karin = mette.new_tab().sign_in("karin")

    mette.page.bring_to_front()
    mette.page.evaluate("window.dispatchEvent(new Event('focus'))")

    mette.page.get_by_text("Ikke gemt: en anden er logget ind her nu.").wait_for()
    karin.open(f"/tasks/{emil.task_id}")
    assert karin.page.input_value(FIELD) == ""


def test_tries_again_when_the_network_is_back(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.clock.install()
    mette.context.set_offline(True)
    mette.page.fill(FIELD, WORRY)
    mette.page.clock.run_for(2_000)
    mette.page.get_by_text("Ikke gemt: ingen forbindelse.").wait_for()
    mette.complaints.clear()

    mette.context.set_offline(False)
    with next_draft(mette) as answer:
        mette.page.clock.run_for(11_000)

    saved(mette, answer)


def test_changing_the_language_keeps_what_was_typed(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.fill(FIELD, WORRY)

    mette.page.click("details[data-menu] summary")
    with mette.page.expect_navigation():
        mette.page.click("button[name=language]")

    assert mette.title == "Register the enquiry"
    assert mette.page.input_value(FIELD) == WORRY
    assert mette.page.get_attribute("html", "lang") == "en"


def test_an_answer_brings_its_questions_and_keeps_the_cursor(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.fill(FIELD, WORRY)

    mette.page.focus("[name=underretterType]")
    mette.page.select_option("[name=underretterType]", "anonym")
    mette.page.get_by_label("Underretters navn").wait_for(state="detached")
    mette.page.select_option("[name=underretterType]", "skole")
    mette.page.get_by_label("Underretters navn").wait_for()

    assert mette.page.evaluate("document.activeElement.name") == "underretterType"
    assert mette.page.input_value(FIELD) == WORRY


def test_works_without_scripts(person, emil):
    mette = person("mette", java_script_enabled=False).open("/").follow("Registrér henvendelse")
    mette.page.fill(FIELD, WORRY)
    mette.press("Tilføj søskende")
    mette.page.fill("[name='soeskende.0.navn']", "Ida Brandt Lauritsen")

    mette.press("Færdig").reads("Opgaven er ikke færdig endnu")

    assert mette.page.input_value(FIELD) == WORRY
    assert mette.page.input_value("[name='soeskende.0.navn']") == "Ida Brandt Lauritsen"
