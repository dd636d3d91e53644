"""A notification becomes an assessed case: from the first worry to the closed case, at the screen, in Danish."""

from __future__ import annotations

import pytest

from workers.execute import run_ready_jobs
from workers.sweep import do_what_is_due

#: What the two caseworkers find out; anything else that a form asks is answered with something that fits.
REGISTERED = {"underretterType": "skole", "erUnderretning": "ja", "erFagperson": "ja", "foraeldreInformeret": "ja"} | {
    "tegn": "ingen",
    "relation": "mor",
    "navn": "Camilla Brandt",
    "foraeldremyndighed": "ja",
    "underretterNavn": "Nørrevangskolen, klasselærer Ditte Holm",
}
SAFE = {"akutBehov": "nej", "overgreb": "nej", "aeresrelateret": "nej", "haandtering": "ingen_akut"}
ASKED = {"fagpersoner": "ppr", "hjemmel": "uden_samtykke"}
TALKED = {"samtaleHoldt": "ja", "foraeldreTilStede": "nej", "barnetsOrd": "Jeg vil gerne blive i min klasse."}
SCREENED = {"samtaleMedBarn": "afholdt", "undersoegelsesgrund": "nej", "kompleksitet": "mellem", "spor": "D"}
HANDED_OVER = {"emne": "Undersøgelse efter screening", "dataklasser": "risiko", "hjemmel": "samme_myndighed"}
DECIDED = {"udfald": "ingen_stoette", "paragraf": "bl20", "fysiskBrev": "nej"}


def work():
    """What the workers do by themselves."""
    while do_what_is_due() or run_ready_jobs():
        pass


@pytest.mark.timeout(400)
def test_a_notification_becomes_an_assessed_case(person, clock):
    mette = person("mette")
    _is_received(mette)
    mette.do("Registrér henvendelse", **REGISTERED)
    mette.do("Vurdér barnets sikkerhed", sikkerhedsSkala="7", **SAFE)
    mette.do("Godkend kvittering")
    work()
    mette.reads("Emil Brandt Lauritsen").open(mette.path).reads("Kvittering for din underretning")
    case = mette.path

    peter = person("peter")
    _is_clarified(mette, peter)
    mette.do("Vurdér behovet (screening)", **SCREENED)
    mette.do("Beskriv overleveringen", **HANDED_OVER)
    work()
    assert peter.open(case).title == "Det lykkedes ikke"

    lars, karin = person("lars"), person("karin")
    _is_taken_over(lars, case)
    lars.do("Beslut undersøgelse", grundlag="oevrig", samtykke="ja", samtykkeUng="ja")
    karin.do("Godkend beslutningen", godkendt="ja")
    work()
    _is_examined(lars, peter)
    _is_decided(lars, karin)
    mette.do("Godkend tilbagemelding")
    clock.advance(days=35)
    work()
    lars.open(case)
    lars.page.get_by_text("Luk sagen").first.click()
    lars.page.fill("#close-reason", "Der er ikke behov for mere fra os.")
    lars.press("Luk sagen").reads("Sagen er lukket")


def _is_received(mette):
    mette.open("/").follow("Ny underretning")
    mette.page.get_by_label("Hvornår blev den modtaget?").fill("23.11.2026 kl. 8.40")
    mette.page.get_by_label("Barnets navn").fill("Emil Brandt Lauritsen")
    mette.page.get_by_label("Født").fill("14.3.2014")
    mette.press("Åbn sagen").reads("Sag S-2026-0001 er åbnet, og uret løber.")


def _is_clarified(mette, peter):
    mette.do("Hold samtale med familien", naeste="screening")
    mette.do("Afdæk netværk og ressourcer", netvaerkInddraget="nej")
    mette.do("Vælg, hvem vi spørger", **ASKED)
    peter.do("Skriv PPR's udtalelse")
    mette.do("Aftal samtalen med barnet")
    mette.do("Hold samtalen", **TALKED)
    mette.do("Læs referatet med barnet").reads("Jeg vil gerne blive i min klasse.")


def _is_taken_over(lars, case):
    lars.open(case).reads("Det findes ikke, eller du har ikke adgang til det.")
    lars.open("/handoffs").follow("Undersøgelse efter screening").reads("Modtagelsen Nord, har ansvaret, til")
    lars.page.get_by_label("Vi overtager").check()
    lars.press("Send svar").reads("Jeres svar er sendt.")
    assert lars.open(case).title == "Emil Brandt Lauritsen"


def _is_examined(lars, peter):
    lars.do("Læg plan med familien")
    lars.do("Tal med forældrene")
    lars.do("Hold netværksmøde", netvaerkInddraget="nej")
    lars.do("Vælg, hvem vi spørger", **ASKED)
    peter.do("Skriv PPR's udtalelse")
    lars.do("Aftal samtalen med barnet")
    lars.do("Hold samtalen", **TALKED)
    lars.do("Læs referatet med barnet")
    lars.do("Analysér og konkludér", konklusion="ingen_stoette")


def _is_decided(lars, karin):
    lars.do("Skriv partshøring")
    work()
    for _party in ("Emil", "Camilla Brandt"):
        lars.open("/").do("Notér svaret", svarede="ingen_bemaerkninger")
    lars.do("Vurdér svarene", aendrer="nej")
    lars.do("Skriv afgørelsen", **DECIDED)
    karin.do("Godkend afgørelsen", godkendt="ja")
    work()
