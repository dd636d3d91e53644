"""A process owner tries a draft out in the browser: fills forms, lets months pass, takes a step back, keeps the walk."""

from __future__ import annotations

import re

import pytest
from werkzeug.datastructures import MultiDict

from api.web.workshop.try_out_files import with_files
from casework.layout import layout
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.process_drafts.own_walk import own_walk
from tests.operations.processes import release
from tests.try_out.drawing import FORMS, drawn

BEGIN = {"persona": "Alma Prøve", "start": "p", "now": "24.11.2026 10.00"}


@pytest.fixture
def draft(town):
    """Birgit's draft of a small process."""
    release(layout(drawn()), forms=FORMS)
    return start_process_draft(town.birgit, process_id="p")


@pytest.fixture
def page(draft):
    return f"/process-drafts/{draft}"


def version(answer):
    return re.search(r'name="version" value="(\d+)"', answer.text)[1]


def task(answer):
    return re.search(r"/try-out/tasks/([0-9a-f-]{36})", answer.text)[1]


def test_a_walk_is_told_kept_run_and_played(visitor, page):
    birgit = visitor("birgit")
    assert "Med et opdigtet barn" in birgit.get(f"{page}/try-out").text

    begun = birgit.post(f"{page}/try-out", BEGIN, follow_redirects=True)
    assert "Uret står på tirsdag den 24. november 2026 kl. 10.00" in begun.text
    wrong = birgit.post(f"{page}/try-out/tasks/{task(begun)}", {"version": version(begun), "do": "complete"})
    assert (wrong.status_code, "Hvilken vej?" in wrong.text) == (422, True)
    done = {"version": version(begun), "do": "complete", "vej": "lang"}
    went = birgit.post(f"{page}/try-out/tasks/{task(begun)}", done, follow_redirects=True)
    assert "A er udfyldt: vej: lang" in went.text
    to_correct = birgit.get(f"{page}/try-out?correct={task(begun)}").text
    assert f"/try-out/tasks/{task(begun)}/correction" in to_correct
    assert "Ret: A" in to_correct
    later = birgit.post(
        f"{page}/try-out/steps", {"version": version(went), "count": "5", "unit": "måneder"}, follow_redirects=True
    )
    assert "Tidspunktet kom: Vent" in later.text
    kept = birgit.post(
        f"{page}/try-out/scenario", {"name": "Den lange vej", "expected": "task:b"}, follow_redirects=True
    )
    assert "Scenariet er gemt" in kept.text
    birgit.post(f"{page}/scenarios/run")
    birgit.post(f"{page}/scenarios/run/on", headers={"HX-Request": "true"})
    run = birgit.get(f"{page}/scenarios").text
    assert "Alle 1 ender, som de siger." in run
    assert "Scenarier <b>1</b>" in run
    assert "Prøv denne vej" in run
    assert "Spillet ved lodtrækning, 100 gange" in birgit.get(f"{page}/chances?runs=100").text


def test_of_a_chosen_file_only_the_name_is_taken():
    posted = MultiDict([("upload:bilag", "C:\\Skole\\Svar fra skolen.pdf"), ("upload:bilag", ""), ("note", "Ja")])

    assert with_files({"bilag": ["før.pdf"]}, posted) == {"bilag": ["før.pdf", "Svar_fra_skolen.pdf"]}


def test_what_cannot_be_read_is_refused_where_it_was_written(visitor, page):
    birgit = visitor("birgit")

    for wrong in ({"now": "i går"}, {"born": "1403144567"}, {"start": ""}, {"brings": "a: [b"}):
        answer = birgit.post(f"{page}/try-out", BEGIN | wrong)
        assert answer.status_code == 422
    begun = birgit.post(f"{page}/try-out", BEGIN, follow_redirects=True)
    for wrong in (
        {"count": "mange", "unit": "dage"},
        {"until": "snart"},
        {"message": ""},
        {"fact": ""},
        {"move": "spist"},
    ):
        answer = birgit.post(f"{page}/try-out/steps", {"version": version(begun)} | wrong)
        assert answer.status_code == 422
        assert "Intet er sket" in answer.text
    assert birgit.get(f"{page}/chances?runs=7").status_code == 422
    assert birgit.post(f"{page}/scenarios/ways", {"flow": "nowhere"}).status_code == 404


def test_who_may_not_see_drafts_does_not(visitor, page):
    for path in ("try-out", "try-out/new", "scenarios", "chances"):
        assert visitor("mette").get(f"{page}/{path}").status_code == 403


def test_a_story_of_trying_out(person, town, draft, page):
    birgit = person("birgit").open(f"{page}/try-out").press("Begynd")

    birgit.press("Udfyld med noget rimeligt").press("Færdig")
    birgit.reads("A er udfyldt: vej: lang", "G → Vent")
    birgit.page.get_by_text("Hvorfor den vej").first.click()
    birgit.reads('vej="lang"', "true")
    birgit.page.get_by_label("Imens gør alle det").check()
    birgit.press("Lad 4 måneder gå")
    birgit.reads("Uret står på", "marts 2027")
    assert birgit.violations() == []
    birgit.press("Tag det sidste skridt tilbage").reads("24. november 2026")

    birgit.follow("Gem afprøvningen som scenarie")
    birgit.page.get_by_label("Hvad viser det?").fill("Den lange vej")
    birgit.press("Gem det").press("Kør dem alle")
    birgit.page.get_by_text("Alle 1 ender, som de siger.").wait_for()
    birgit.page.get_by_text("Veje, som intet scenarie tager").wait_for()
    with birgit.page.expect_navigation():
        birgit.page.locator("button", has_text="G → Kort").click()

    assert birgit.title == "Proces p"
    assert own_walk(town.birgit, draft).steps == ()
