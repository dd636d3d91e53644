"""Access through the pages: what is not for somebody is not there, in the same words as what does not exist."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import Case, Submission
from casework.operations.accept_handoff import accept_handoff
from casework.operations.complete_user_task import complete_user_task
from casework.operations.give_consent import give_consent
from casework.operations.offer_handoff import offer_handoff
from casework.operations.reassign_user_tasks import reassign_user_tasks
from casework.operations.withdraw_consent import withdraw_consent
from tests.factories import a_deadline, a_document, a_package, a_task, a_team_member, an_incident
from tests.web.visitors import NADIA, links
from workers.execute import run_ready_jobs

#: Registered so that more of the case stands: parents, a worry, the next tasks.
F01 = {
    "kanal": "telefon",
    "erUnderretning": True,
    "modtagetTid": "2026-11-23T08:40:00+01:00",
    "kendskabsDato": "2026-11-23",
    "underretterType": "skole",
    "erFagperson": True,
    "underretterNavn": "Ditte Holm",
    "underretterKontakt": "ditte@skole.example",
    "barnNavn": "Emil Brandt Lauritsen",
    "foedselsdato": "2014-03-14",
    "beskyttetAdresse": False,
    "foraeldre": [{"navn": "Camilla Brandt", "relation": "mor", "foraeldremyndighed": True}],
    "bekymring": "Emil er træt hver mandag.",
    "barnetsOrd": "Jeg sover ikke, når mors kæreste er der.",
    "tegn": ["ingen"],
    "foraeldreInformeret": "ja",
}
#: Released processes are nobody's secret; who sees reports, substitutions, notices and filters is told in tests of their own.
OF_NO_CASE = {"version_id", "key", "substitution_id", "token", "notice_id", "filter_id", "kind", "process_id"}
#: Process drafts and moves are of no case; who sees them is told in tests of their own.
ELSEWHERE = ("/api", "/static", "/process-drafts", "/process-requests", "/instance-moves")
SHARED = {"subject": "Skoletilbud", "purpose": "Vi beder PPR vurdere støtten.", "data_classes": ["risiko"]}


@pytest.fixture
def registered(emil, town):
    complete_user_task(town.mette, task_id=emil.task_id, answers=F01)
    while run_ready_jobs():
        pass
    return emil


@pytest.fixture
def handed_over(registered, town):
    """PPR Nord has taken something over; it rests on a consent."""
    consent = give_consent(
        town.mette,
        case_id=registered.case_id,
        person_name="Camilla Brandt",
        data_classes=["risiko"],
        shared_with="PPR",
        purpose="Støtte i skolen",
    )
    offered = offer_handoff(town.mette, case_id=registered.case_id, to_unit_id="ppr_nord", consent_id=consent, **SHARED)
    accept_handoff(town.peter, handoff_id=offered)
    return offered, consent


def everything_of(visitor, start):
    """Every address that one comes to from a page, but for pages that do not speak of a case."""
    found, todo = set(), [start]
    while todo:
        page = todo.pop()
        if page in found or not re.search(r"[0-9a-f]{8}-", page) or page.startswith("/static"):
            continue
        answer = visitor.get(page)
        if answer.status_code == 200:
            found.add(page)
            todo += links(answer) if "html" in answer.content_type else []
        elif answer.status_code == 405:
            found.add(page)
    return found


def test_sofie_finds_nothing_of_the_case_anywhere(visitor, registered, handed_over):
    seen = everything_of(visitor("mette"), f"/cases/{registered.case_id}")
    sofie = visitor("sofie")

    answers = {page: sofie.get(page) for page in seen} | {f"POST {page}": sofie.post(page) for page in seen}

    assert len(seen) > 25
    assert {kind for kind in ("cases", "tasks", "instances", "handoffs", "submissions") if any(kind in p for p in seen)}
    wrong = {page: answer.status_code for page, answer in answers.items() if answer.status_code not in (404, 405)}
    assert not wrong
    assert not [page for page, answer in answers.items() if "Emil" in answer.text or registered.number in answer.text]


@pytest.fixture
def things(registered, handed_over, town):
    """One of each on Emil's case, by the name of its id in addresses."""
    case_id = registered.case_id
    with read() as session:
        child = session.get_one(Case, case_id).child_id
        submission = session.scalars(select(Submission.id)).first()
    return {
        "case_id": case_id,
        "person_id": child,
        "consent_id": handed_over[1],
        "handoff_id": handed_over[0],
        "package_id": a_package(case_id).id,
        "document_id": a_document(case_id).id,
        "incident_id": an_incident(case_id, instance_id=registered.instance_id).id,
        "instance_id": registered.instance_id,
        "submission_id": submission,
        "task_id": registered.task_id,
        "deadline_id": a_deadline(case_id).id,
        "member_id": a_team_member(case_id, town.karin).id,
        "reassignment_id": reassign_user_tasks(
            town.karin, task_ids=[a_task(case_id).id], employee_id=NADIA, reason="Mette er syg."
        ).id,
    }


def addresses_of_a_case(application, things):
    """Method and address of every page and form that is about one thing of a case."""
    for rule in application.url_map.iter_rules():
        if rule.arguments - OF_NO_CASE and not rule.rule.startswith(ELSEWHERE):
            filled = re.sub(r"<uuid:(\w+)>", lambda found: str(things[found[1]]), rule.rule)
            yield from ((method, filled) for method in sorted(rule.methods & {"GET", "POST"}))


def test_every_address_is_not_there_for_another_department(visitor, application, things):
    stranger, addresses = visitor("sofie"), list(addresses_of_a_case(application, things))

    assert len(addresses) > 35
    for method, page in addresses:
        answer = stranger.get(page) if method == "GET" else stranger.post(page)

        assert answer.status_code == 404, (method, page)
        assert "Emil" not in answer.text


def test_every_address_asks_nobody_to_sign_in(visitor, application, things):
    nobody = visitor()

    for method, page in addresses_of_a_case(application, things):
        answer = nobody.get(page) if method == "GET" else nobody.post(page)

        assert answer.status_code in (303, 401), (method, page)
        assert "Emil" not in answer.text


def test_sofie_counts_nothing_of_the_case(visitor, registered, handed_over):
    sofie = visitor("sofie")

    pages = [
        sofie.get(page) for page in ("/", "/cases", "/handoffs", "/cases?q=Emil", "/?text=Emil", "/cases?state=all")
    ]

    for page in pages:
        assert not [count for count in re.findall(r'<span class="sg-quiet">(\d+)</span>', page.text) if count != "0"]
        assert not [count for count in re.findall(r"<b>(\d+)</b>", page.text) if count != "0"]
        assert "Brandt" not in page.text
    assert "0, som du må se" in pages[1].text


def test_not_there_and_not_allowed_are_said_in_the_same_words(visitor, registered):
    nowhere = "00000000-0000-0000-0000-000000000000"
    sofie = visitor("sofie")
    kinds = ("cases", "tasks", "instances", "handoffs", "submissions", "documents", "incidents", "processes")

    hidden = sofie.get(f"/cases/{registered.case_id}").text
    answers = [sofie.get(f"/{kind}/{nowhere}") for kind in kinds] + [sofie.get("/nowhere")]

    def words(text):
        return text.partition("<main")[2]

    assert {answer.status_code for answer in answers} == {404}
    assert {words(answer.text) for answer in answers} == {words(hidden)}


def test_peter_sees_the_sheet_and_nothing_else_of_the_case(visitor, registered, handed_over):
    peter, case = visitor("peter"), f"/cases/{registered.case_id}"

    page = peter.get(case)

    for words in ("Du ser den del, der er overleveret", "Emil er træt hver mandag.", "Skoletilbud", "Modtagelsen Nord"):
        assert words in page.text
    for words in ("Journal", "140314", "Ditte Holm", "Vurdér barnets sikkerhed", "Nyt notat"):
        assert words not in page.text
    assert peter.get(f"{case}/journal").status_code == 404
    assert peter.post(f"{case}/notes", {"text": "Hej"}).status_code == 404
    assert peter.get(f"/instances/{registered.instance_id}").status_code == 404
    assert case in links(peter.get("/cases"))
    assert "en del" in peter.get("/cases").text


def test_peter_sees_nothing_more_when_the_consent_is_withdrawn(visitor, registered, handed_over, town):
    offered, consent = handed_over
    withdraw_consent(town.mette, consent_id=consent, reason="Mor ringede.")
    peter = visitor("peter")

    pages = [peter.get(f"/cases/{registered.case_id}"), peter.get(f"/handoffs/{offered}")]

    assert not [page for page in pages if "Emil er træt" in page.text]


def test_the_auditor_reads_the_log_and_the_journal_and_no_case(visitor, registered):
    visitor("mette").get(f"/cases/{registered.case_id}")
    torben = visitor("torben")

    log = torben.get("/access")
    journal = torben.get(f"/cases/{registered.case_id}/journal")

    assert "Mette Friis Andersen" in log.text
    assert "åbnede sagen" in log.text
    assert journal.status_code == 200
    pages = [link for link in links(journal) if not link.startswith("/static")]
    assert not [page for page in pages if torben.get(page).status_code == 404]
    assert torben.get(f"/cases/{registered.case_id}").status_code == 404


def test_the_log_can_be_read_by_case_and_by_person(visitor, registered, town):
    visitor("mette").get(f"/cases/{registered.case_id}")
    visitor("karin").get(f"/cases/{registered.case_id}")
    torben = visitor("torben")

    by_person = torben.get(f"/access?employee={town.karin.id}")
    by_case = torben.get(f"/access?case={registered.case_id}")

    assert "Karin Thygesen" in by_person.text
    assert "Mette Friis Andersen" not in by_person.text
    assert "Mette Friis Andersen" in by_case.text


@pytest.mark.parametrize("username", ["mette", "karin", "anders", "birgit", "sofie"])
def test_the_log_is_the_auditors_alone(visitor, username):
    assert visitor(username).get("/access").status_code == 404


def test_nobody_is_led_to_the_sign_in_from_every_page(visitor, registered, site):
    nobody = visitor()
    pages = ["/", "/cases", "/handoffs", "/overview", "/incidents", "/processes", "/access", "/notifications/new"]

    for page in [*pages, f"/cases/{registered.case_id}", f"/tasks/{registered.task_id}"]:
        answer = nobody.get(page)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?to=")
