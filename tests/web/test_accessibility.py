"""Every page and every state of it: axe finds nothing by WCAG 2.2 A and AA, and on a phone nothing is wider than the screen."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from casework.database import read
from casework.model import ElementKind, PriceUnit, ProcessVersion, Submission, UserTask
from casework.operations.accept_handoff import accept_handoff
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_fact import correct_fact
from casework.operations.give_consent import give_consent
from casework.operations.offer_handoff import offer_handoff
from casework.operations.packages.planned import PlannedElement
from casework.operations.plan_package import plan_package
from casework.operations.process_drafts.start_new_process import start_new_process
from tests.factories import a_case, a_document, an_incident
from tests.web.test_who_sees_what import F01, SHARED
from workers.execute import run_ready_jobs

pytestmark = pytest.mark.timeout(400)

#: The narrowest that WCAG asks for (1.4.10), and a desk at 200 %.
PHONE, ZOOMED = {"width": 320, "height": 844}, {"width": 640, "height": 450}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
DESK = {"width": 1400, "height": 900}
#: Who opens what.
PAGES = {
    "mette": (
        "/",
        "/?view=all",
        "/cases",
        "/cases?state=all",
        "/cases/{case}",
        "/cases/{case}/journal",
        "/cases/{case}/consents/new",
        "/cases/{case}/handoffs/new",
        "/tasks/{task}",
        "/instances/{instance}",
        "/submissions/{submission}",
        "/handoffs",
        "/handoffs/{handoff}",
        "/notifications/new",
        "/substitutes",
        "/calendar",
        "/notices",
        "/settings",
        "/?view=all&text=Emil",
        "/nowhere",
    ),
    "karin": (
        "/overview",
        "/overview/deadlines",
        "/overview/forecast",
        "/overview/forecast/cases?table=all&row=all&figure=due_far",
        "/overview/waiting",
        "/overview/waiting/cases?table=by_party&row=own&figure=all",
        "/overview/escalations",
        "/overview/escalations?first=hej",
        "/overview/heat",
        "/overview/heat?measure=lateness&process=sub_registrering",
        "/overview/heat?measure=frequency&version=1",
        "/reports",
        "/reports/R1",
        "/reports/R6",
        "/reports/R9",
        "/reports/R1?first=hej",
        "/reports/R1/cases?table=by_source&row=total&figure=received",
        "/submissions/{submission}/correction",
        "/cases/{case}",
    ),
    "peter": ("/cases/{case}", "/handoffs/{handoff}", "/handoffs/{offer}"),
    "anders": ("/incidents", "/incidents/{incident}"),
    "birgit": (
        "/processes",
        "/processes/{version}",
        "/processes/new",
        "/process-drafts/{draft}/release",
        "/process-drafts/{draft}/compare",
        "/processes/intake_to_assessment/move",
        "/processes/intake_to_assessment/event-log",
    ),
    "torben": ("/access", "/cases/{case}/journal"),
    "sofie": ("/", "/cases", "/cases/{case}"),
}
#: Forms handed in as they stand, which is refused or asks further: who, on which page, the end of the form's address.
REFUSED = [
    ("mette", "/tasks/{task}", "/tasks/{task}"),
    ("mette", "/tasks/{task}", "/reassignment"),
    ("mette", "/cases/{case}", "/facts"),
    ("mette", "/cases/{case}", "/notes"),
    ("mette", "/cases/{case}", "/ending"),
    ("mette", "/cases/{case}", "/number"),
    ("mette", "/cases/{case}/consents/new", "/consents"),
    ("mette", "/cases/{case}/handoffs/new", "/handoffs"),
    ("mette", "/notifications/new", "/notifications"),
    ("mette", "/substitutes", "/substitutes"),
    ("mette", "/calendar", "/calendar"),
    ("karin", "/submissions/{submission}/correction", "/correction"),
    ("peter", "/handoffs/{offer}", "/answer"),
    ("anders", "/incidents/{incident}", "/variables"),
    ("birgit", "/processes/new", "/processes/new"),
    ("birgit", "/processes/{version}", "/retirement"),
    ("birgit", "/process-drafts/{draft}/release", "/submission"),
    ("birgit", "/process-drafts/{draft}/release", "/import"),
]


@pytest.fixture
def ids(emil, town):
    """A case with something in every place of its page; gives what addresses name."""
    case_id = emil.case_id
    complete_user_task(town.mette, task_id=emil.task_id, answers=F01)
    while run_ready_jobs():
        pass
    give_consent(
        town.mette,
        case_id=case_id,
        person_name="Camilla Brandt",
        data_classes=["skole"],
        shared_with="PPR",
        purpose="Støtte",
    )
    accepted, offer = (
        offer_handoff(town.mette, case_id=case_id, to_unit_id="ppr_nord", legal_basis="fvl28", **SHARED)
        for _ in range(2)
    )
    accept_handoff(town.peter, handoff_id=accepted)
    stay = PlannedElement(
        ElementKind.RESIDENTIAL, date(2026, 1, 1), date(2026, 12, 31), 4_000_00, PriceUnit.DAY, "hjemmet_oesterlund"
    )
    plan_package(
        town.mette, case_id=case_id, elements=[stay], occasion="anbringelse", ramp_step="5", budget_account="doegn"
    )
    correct_fact(town.mette, case_id=case_id, name="foedselsdato", value=date(2014, 3, 15), reason="Ifølge CPR")
    a_document(case_id)
    with read() as session:
        open_tasks = select(UserTask.id).where(UserTask.state == "open").order_by(UserTask.id)
        found = {
            "task": session.scalars(open_tasks).first(),
            "submission": session.scalars(select(Submission.id)).first(),
            "version": session.scalars(select(ProcessVersion.id).where(ProcessVersion.process_id == "klage")).first(),
        }
    more = {
        "handoff": accepted,
        "offer": offer,
        "instance": emil.instance_id,
        "incident": an_incident(case_id, instance_id=emil.instance_id).id,
        "draft": start_new_process(town.birgit, process_id="fritidspas", name="Fritidspas", lane="raadgiver"),
    }
    return {"case": case_id, **found, **more}


def faults(person):
    """What axe and the eye find on the page, with everything unfolded that can be."""
    person.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = person.violations()
    person.page.emulate_media(color_scheme="dark")
    found += [("in the dark", *one) for one in person.violations(CONTRAST)]
    person.page.emulate_media(color_scheme="light")
    for size in (PHONE, ZOOMED):
        person.page.set_viewport_size(size)
        wide, window = person.width()
        found += [(f"{wide} px wide of {window}",)] * (wide > window)
    person.page.set_viewport_size(DESK)
    return [(person.path, *one) for one in found]


def hand_in(person, form):
    """Send the form whose address ends so, as it stands."""
    with person.page.expect_navigation():
        person.page.eval_on_selector(f'form[action$="{form}"]', "form => form.submit()")


@pytest.mark.parametrize("username", PAGES)
def test_every_page(person, ids, username):
    reader = person(username)

    found = [fault for page in PAGES[username] for fault in faults(reader.open(page.format(**ids)))]

    assert not found


def test_the_sign_in_and_english(person, ids):
    mette = person("mette")
    mette.page.click(".sg-me summary")
    mette.press("English")
    found = faults(mette.open("/cases/{case}".format(**ids)))
    mette.context.clear_cookies()

    found += faults(mette.open("/sign-in"))

    assert not found


@pytest.mark.parametrize("username", dict.fromkeys(row[0] for row in REFUSED))
def test_every_form_that_comes_back(person, ids, username):
    reader, found = person(username), []
    for _, page, form in (row for row in REFUSED if row[0] == username):
        reader.open(page.format(**ids))
        hand_in(reader, form.format(**ids))
        found += faults(reader)

    assert not found


def test_files_that_were_taken_and_refused(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    mette.page.set_input_files(
        "input[type=file]",
        [
            {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Hej"},
            {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\0"},
        ],
    )

    mette.press("Gem")

    mette.reads("virus.exe", "note.txt")
    assert not faults(mette)


def test_a_clock_that_shall_stand_and_one_that_stands(person, emil):
    mette = person("mette").open(f"/tasks/{emil.task_id}")
    hand_in(mette, "/pause")
    found = faults(mette)
    mette.page.fill("#pause-reason", "Svar fra skolen")

    mette.press("Sæt på pause")

    mette.reads("Venter på Svar fra skolen")
    assert not found + faults(mette)


def test_a_case_that_can_be_closed(person, town):
    karin = person("karin").open(f"/cases/{a_case().id}")

    hand_in(karin, "/closing")

    assert not faults(karin)


def test_answers_that_were_put_right(person, ids):
    karin = person("karin").open("/submissions/{submission}/correction".format(**ids))
    karin.page.fill("[name=correction_reason]", "Skolen rettede det")

    karin.press("Ret svarene")

    assert not faults(karin) + faults(karin.open("/submissions/{submission}".format(**ids)))
