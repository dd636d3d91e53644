"""What a day brings: another department says no and is asked again, what is late finds new hands, a date is explained."""

from __future__ import annotations

from tests.web.visitors import NADIA

PURPOSE = "Vi beder PPR vurdere støtten i skolen."
NO = "Vi mangler skolens egen beskrivelse. Send den med, så ser vi på det."


def test_a_department_says_no_is_asked_again_and_takes_over(person, emil):
    """Peter reads in English; what each of them writes stands as it was written."""
    mette, peter = person("mette"), person("peter", locale="en-GB")
    _ask(mette, emil, "Støtte i skolen")

    peter.open("/handoffs").follow("Støtte i skolen").reads("is responsible", PURPOSE)
    _answer(peter, "We cannot take over", NO)
    peter.reads("Declined", "What was shared is closed again.")

    mette.open("/handoffs?box=from_us&state=closed").follow("Støtte i skolen").reads("Afslået", NO)
    _ask(mette, emil, "Støtte i skolen, nu med beskrivelse")
    peter.open("/handoffs").follow("nu med beskrivelse")
    _answer(peter, "We take over")
    peter.reads("Accepted")
    assert not peter.violations()


def test_a_leader_finds_what_is_late_gives_it_to_somebody_who_can_and_may_change_her_mind(person, emil, clock):
    clock.advance(days=3)

    karin = person("karin").open("/overview").reads("Længst over fristen")
    karin.page.get_by_label("Vælg Registrér henvendelse").first.check()
    karin.page.get_by_label("Giv til").select_option(str(NADIA))
    karin.page.get_by_label("Begrundelse").fill("Mette er syg.")
    karin.press("Omfordel de valgte").reads("1 sendt videre", "Nadia Rahimi")
    assert not karin.violations()

    karin.press("Fortryd: læg dem tilbage").reads("1 lagt tilbage")
    karin.open(f"/cases/{emil.case_id}/journal").reads("Mette er syg.")


def test_says_why_a_date_is_that_date(person, emil):
    """Received on Monday at nine: the same day, and by which rule."""
    mette = person("mette").open(f"/tasks/{emil.task_id}")

    mette.reads("Hvorfor denne frist?", "mandag den 23. november 2026 til midnat", "registreres samme dag")
    _in_english(mette).reads("Why this date?", "The last day is Monday")


def _in_english(person):
    person.page.locator("details[data-menu] summary").last.click()
    return person.press("English")


def _ask(person, case, subject):
    page = person.open(f"/cases/{case.case_id}/handoffs/new").page
    page.get_by_label("Til enhed").select_option(label="PPR Nord")
    page.get_by_label("Emne").fill(subject)
    page.get_by_label("Hvorfor, og hvad").fill(PURPOSE)
    page.get_by_label("Underretninger og risiko").check()
    page.get_by_label("Forvaltningsloven § 28").check()
    person.press("Send").reads("Den er sendt.")


def _answer(person, choice, words=""):
    person.page.get_by_label(choice).check()
    person.page.get_by_label("In your own words").fill(words)
    person.press("Send the answer")
