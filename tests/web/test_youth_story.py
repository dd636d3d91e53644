"""A young person gets a plan, and the departments for adults join one after the other: at the screen of each, in Danish."""

from __future__ import annotations

from datetime import date

import pytest

from casework.operations.receive_message import receive_message
from tests.web.long_stories import Story, day, everybody_plays

PARENTS = [{"navn": "Anja Holst", "relation": "mor", "foraeldremyndighed": True, "kontakt": "99 99 20 03"}]


@pytest.fixture
def story(town, clock):
    """Sille turned 16 a month ago and has help at home; Lars is her caseworker."""
    everybody_plays()
    made = Story.of(
        clock,
        responsible=town.lars,
        child="Sille Holst Dam",
        born=date(2010, 10, 20),
        parents=PARENTS,
        aktivIndsats=True,
    )
    receive_message(town.lars, case_id=made.case_id, name="UngOver16", payload={})
    return made.work()


@pytest.mark.timeout(400)
def test_a_young_person_is_handed_on_by_departments_that_say_yes(person, story, town):
    names = ("lars", "karin", "signe", "amina", "pia")
    lars, karin, signe, amina, pia = story.joined_by(*(person(name) for name in names))
    karin.do("Udpeg tovholder", navn=str(town.lars.id), ungInformeret="ja")
    story.meanwhile("forbered", "samtale", "referat", "afklar", samtaleHoldt=True, handicap=False)
    lars.do("Overvej en ungeplan", valg="ja")
    lars.do("Lav planen med den unge")
    story.work()
    _joins(story, lars, signe, "Uddannelse og job", "Lav uddannelsesplan med den unge")
    story.wait(until="fyldt17")
    lars.do("Hold Ungehus-møde ved 17")
    _joins(story, lars, amina, "Støtte i voksenlivet", "Afklar voksenstøtte")
    story.wait(until="fyldt17_3")
    _joins(story, lars, pia, "Job og forsørgelse fra 18 år", "Afklar job og forsørgelse")
    _is_of_age(story, lars, karin, amina)


def _is_of_age(story, lars, karin, amina):
    """Youth support is decided in time, and on the birthday she decides for herself."""
    story.wait(until="syv").meanwhile("moede175", "revider", "forbered", "samtale", "referat", samtaleHoldt=True)
    support = {"accept": "ja", "stoette": "kontaktperson", "slut": day(date(2030, 10, 20))}
    lars.do("Afgør ungestøtte (ikke anbragt)", begrundelse="Sille vil gerne beholde sin kontaktperson.", **support)
    karin.open("/").follow("Godkend afgørelsen").reads("Læs først", "Sille vil gerne beholde sin kontaktperson.")
    karin.do("Godkend afgørelsen", godkendt="ja")
    story.work().wait(until="tre").meanwhile("overgangsmoede")
    amina.do("Afgør voksenhjælpen (Socialcenter Ung)", udfald="ikke_soegt")
    story.work().wait(until="atten")
    lars.do("Gør overgangen til myndig på plads", fuldmagt="nej")
    lars.open(story.path).reads("18 år")


def _joins(story, lars, other, subject, task):
    """Lars says what the department needs, it sees that and no more, says yes, and does its part."""
    lars.do("Beskriv overleveringen", dataklasser=["plan"], hjemmel="fvl28", barnetOrienteret="ja")
    story.work()
    assert other.open(story.path).title == "Det lykkedes ikke"
    other.open("/handoffs").follow(subject).reads("Sille Holst Dam", "kan ikke se")
    other.page.get_by_label("Vi overtager").check()
    other.press("Send svar").reads("Jeres svar er sendt.")
    story.work()
    other.open("/").reads(task)
    other.do(task, status="klar")
