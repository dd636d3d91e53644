"""A child is placed, followed, and comes home in stages: at the screen of everybody who takes part, in Danish.

What is the same for everybody who fills in a form is done by operations in between; the pages that matter are looked at.
"""

from __future__ import annotations

from datetime import date

import pytest

from casework.operations.receive_message import receive_message
from tests.web.long_stories import Story, day, everybody_plays

PARENTS = [
    {"navn": "Camilla Brandt", "relation": "mor", "foraeldremyndighed": True, "kontakt": "99 99 20 01"},
    {"navn": "Jonas Lauritsen", "relation": "far", "foraeldremyndighed": True, "kontakt": "99 99 20 02"},
]
PACKAGE = {
    "type": "doegn",
    "enhed": "hjemmet_oesterlund",
    "egenEkstern": "egen",
    "enhedspris": "4100",
    "prisPer": "dag",
}
PACKAGE |= {"maaldato": day(date(2027, 6, 1)), "start": day(date(2026, 12, 14)), "slut": day(date(2027, 12, 13))}
PACKAGE |= {"budgetkonto": "doegn"}
KABU = {"aktivPPRsag": False, "undervisningspligtig": True, "noedundervisning": False, "hjemmel": "uden_samtykke"}
PLACE = {"stedtype": "boerne_ungehjem", "stedEnhed": "hjemmet_oesterlund", "ejer": "egen", "soeskende": "ingen"}
FOLLOWED = {
    "opfoelgningUdfald": "nedtrapning",
    "opfoelgningInterval": "P6M",
    "planlagtOphoer": "2027-08-31",
    "egenBehandling": "nej",
}
VISITED = {"samtaleAlene": True, "tilsynBekymring": "ingen", "magtanvendelse": "nej"}
TALK = ("forbered", "samtale", "referat")


@pytest.fixture
def story(town, clock):
    """Emil's assessment has ended with the recommendation of a placement; Lars goes on with it."""
    everybody_plays()
    emil = {"child": "Emil Brandt Lauritsen", "born": date(2017, 3, 14), "parents": PARENTS}
    made = Story.of(clock, responsible=town.lars, **emil)
    receive_message(town.lars, case_id=made.case_id, name="AnbringelseIndstillet", payload={"spor": "anbringelse_46"})
    return made.meanwhile("inviter", deltagendeAfdelinger=["ppr", "skole"], familienDeltager="ja")


@pytest.mark.timeout(400)
def test_a_child_is_placed_and_comes_home_in_stages(person, story):
    lars, karin, kirsten = story.joined_by(*(person(name) for name in ("lars", "karin", "kirsten")))
    _is_packaged(story, person("vibeke"))
    _is_decided(story, lars, karin)
    _moves_in(story, lars, kirsten)
    _is_followed(story, lars, kirsten)
    _steps_down(story, lars, kirsten)
    _goes_home(story, lars, karin, kirsten)


def _is_packaged(story, vibeke):
    story.meanwhile("bidrag_ppr", "bidrag_skole", bidrag="Emil lærer bedst i en lille gruppe.")
    vibeke.open("/").follow("Drøft og sæt pakken sammen")
    vibeke.fill(**PACKAGE).reads("Emil lærer bedst i en lille gruppe.", "1.496.500")
    vibeke.do("Drøft og sæt pakken sammen")
    story.meanwhile("godkendChef", afgoerelse="godkend")


def _is_decided(story, lars, karin):
    story.meanwhile("netvaerksplacering", "begynd", "skema", "skoletilbud", "stoetteperson", **KABU)
    story.meanwhile(*TALK, samtaleHoldt=True)
    lars.open("/").follow("Begrund anbringelsen")
    holders = [lars.page.get_by_label("Navn").nth(row).input_value() for row in range(2)]
    assert holders == ["Camilla Brandt", "Jonas Lauritsen"]
    lars.do("Begrund anbringelsen", samtykke="ja", planlagtOphoer=day(date(2027, 12, 13)), partshoert="ja")
    story.meanwhile("skriv", afgoerelse="Emil flytter til et børnehjem.", fysiskBrev=False)
    karin.open("/").follow("Godkend afgørelsen").reads("Læs først", "Emil flytter til et børnehjem.")
    karin.do("Godkend afgørelsen", godkendt="ja")


def _moves_in(story, lars, kirsten):
    story.meanwhile(
        "valgAfSted", "beskriv", **PLACE, andenKommune=False, dataklasser=["plan", "skole"], hjemmel="fvl28"
    )
    kirsten.open("/handoffs").follow("Start på anbringelsen")
    kirsten.reads("Emil", "Fagligt standpunkt", "Børne- og ungehjemmet Østerlund kan ikke se")
    kirsten.page.get_by_label("Vi overtager").check()
    kirsten.press("Send svar").reads("Jeres svar er sendt.")
    story.wait(days=21)
    kirsten.do("Bekræft indflytningen", flyttetInd="ja")
    story.work()
    lars.open(story.path).reads("Anbragt siden 14.12.2026")


def _is_followed(story, lars, kirsten):
    story.meanwhile("behandlingsplan", barnetsOrd="Den voksne skal være den samme.")
    lars.open("/").follow("Se planen efter").reads("Læs først", "Den voksne skal være den samme.")
    lars.do("Se planen efter", godkendt="nej", mangler="Skriv, hvordan I måler det.")
    kirsten.open("/").follow("Skriv behandlingsplan").reads("Skriv, hvordan I måler det.")
    kirsten.do("Skriv behandlingsplan")
    story.meanwhile("kvalitet", "barnetsPlan", "foraeldreplan", godkendt=True, planLaves=True, **FOLLOWED)
    story.wait(until="tyveHverdage")
    kirsten.open("/").reads("Skriv statusrapport", "man. 1.3.")
    story.meanwhile("statusSted", *TALK, "opfoelg", samtaleHoldt=True, **FOLLOWED)
    story.wait(until="tiHverdage").meanwhile("besoeg", **VISITED)


def _steps_down(story, lars, kirsten):
    stage = {"start": day(date(2027, 6, 1)), "slut": day(date(2027, 6, 30)), "indhold": "Hver weekend hjemme."}
    lars.do("Skriv nedtrapningsplanen", nedtrapningMaal="hjemgivelse", kriterium="Emil sover roligt.", **stage)
    kirsten.do("Skriv stedets del af planen")
    kirsten.reads("Læs først", "Hver weekend hjemme.").do("Bekræft hvert trin", planBekraeftet="ja")
    kirsten.open("/").follow("Følg barnet i trinnet").reads("Hver weekend hjemme.", "Emil sover roligt.", "30.6.2027")
    kirsten.do("Følg barnet i trinnet", melding="klar")
    story.meanwhile(
        "evalSted", "evalBarn", kriterium="ja", anbefaling="videre", spurgt=True, barnetsOrd="Jeg vil hjem."
    )
    lars.open("/").follow("Beslut, hvad der sker nu").reads("Videre til næste trin", "Jeg vil hjem.")
    lars.do("Beslut, hvad der sker nu", trinUdfald="videre")


def _goes_home(story, lars, karin, kirsten):
    story.meanwhile("udtalelse", *TALK, samtaleHoldt=True, anbefaling="hjem", opnaaet="Emil sover om natten.")
    story.meanwhile("reviderPlan", "forbered", "svar", "vurderSvar")
    lars.open("/").follow("Afgør hjemgivelsen og perioden").reads("Emil sover om natten.")
    period = {"hjemgivelsesperiodeStart": day(date(2027, 6, 1)), "hjemgivelsesperiodeSlut": day(date(2027, 7, 31))}
    lars.do("Afgør hjemgivelsen og perioden", hjemgivelseBeslutning="hjemgives", kontaktInterval="P14D", **period)
    karin.open("/").follow("Godkend afgørelsen").reads("Læs først", "1.6.2027").do("Godkend afgørelsen", godkendt="ja")
    story.work().wait(until="naesteKontakt")
    kirsten.do("Tal med barnet og familien", tegnPaaTilbagefald="nej")
    story.wait(until="periodenSlut").meanwhile("hjemkomst", "afslut", afslutningsgrund="maal_naaet")
    assert "Anbragt siden" not in lars.open(story.path).reads("Evaluering efter hjemgivelse").page.inner_text("main")
