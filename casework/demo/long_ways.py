"""The ways that last for months and years: a placement, the way home in stages, and the young person's way to adulthood.

A placement begins as an assessment that ends with it, so its story is told from the notification on. Where a child stands today
follows from how long ago that was: `WEIGHTS` and `AGES` spread the stories so that some stand in every part.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework.calendar import day_of
from casework.demo.story import Then

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

#: How long ago they began: up to this share of the cases, between so many days ago and so many.
AGES = {
    "anbringelse": ((0.5, 60.0, 300.0), (1.0, 300.0, 600.0)),
    "hjemad": ((1.0, 150.0, 700.0),),
    "ung": ((0.5, 30.0, 300.0), (1.0, 300.0, 800.0)),
    "ung_voksen": ((1.0, 800.0, 1700.0),),
}
#: How old the young are when it begins; today some have turned 18, and the last ones 19 to 22.
YOUNG = {"ung": (15, 15, 15, 16, 16, 17), "ung_voksen": (17,)}
#: Which concerns fit all of them.
LIKE = "undersoegelse"
_STAGES = ((18, 45), (46, 73), (74, 101))


def followed(rng: Random) -> dict[str, Any]:
    """What decides in support and placements that go as they should; a story tells what is otherwise."""
    return {
        "F13d.plads": rng.choice(["ja", "venteliste", "ja"]),
        "F13.egenEkstern": "egen",
        "F13.leverandoerSpor": "senere",
        "F13.start": _ahead(14),
        "F13.slut": _ahead(370),
        "F13.enhedspris": rng.randrange(900, 4200, 50),
        "F13.prisPer": "uge",
        "F13g.afgoerelse": "godkend",
        "F14.interval": "P3M",
        "F14.planlagtOphoer": _ahead(540),
        "F16.samtykke": True,
        "F16.samtykkeUng": True,
        "F16.kanVente": True,
        "F16.planlagtOphoer": _ahead(540),
        "F16.partshoert": True,
        "F16c.andenKommune": False,
        "F16c.planlagtStart": _ahead(7),
        "F16i.flyttetInd": True,
        "F18k.godkendt": True,
        "F20.statusrapport": "god",
        "F20.planlagtOphoer": _ahead(150),
        "F20.opfoelgningUdfald": "fortsaet",
        "F20.opfoelgningInterval": "P6M",
        "F21.samtaleAlene": True,
        "F21.magtanvendelse": "nej",
        "F21.tilsynBekymring": "ingen",
    }


def placement(rng: Random, *, without_consent: bool) -> dict[str, Any]:
    """From the notification to a child who lives at a place and is followed there."""
    basis, paragraph = ("47", "anbringelse_47") if without_consent else ("46", "anbringelse_46")
    return {
        **followed(rng),
        "F05.spor": "D",
        "F05.kompleksitet": "hoej",
        "F05.undersoegelsesgrund": "anbringelse",
        "F07.samtykke": True,
        "F08.konklusion": paragraph,
        "F11.paragraf": f"bl{basis}",
        "F11.udfald": paragraph,
        "F12.udfald": "ivaerksat",
        "F16.grundlag": basis,
        "F16.samtykke": not without_consent,
        "F16.samtykkeUng": not without_consent,
        "F16.alvorligSkade": True,
        "F20.opfoelgningUdfald": Then(["fortsaet", "revider_plan", "fortsaet"]),
        "F28.dataklasser": ["plan", "undersoegelse", "skole", "helbred", "netvaerk", "risiko"],
    }


def homeward(rng: Random) -> dict[str, Any]:
    """A placement that ends at home, by stages that the place and the caseworker plan together."""
    return {
        **placement(rng, without_consent=False),
        "F20.opfoelgningUdfald": Then(["nedtrapning", "fortsaet"]),
        "F23.nedtrapningMaal": "hjemgivelse",
        "F23.planlagtOphoer": _ahead(110),
        "F23.trin": _stages,
        "F23b.planBekraeftet": True,
        "F23t.trinUdfald": Then(rng.choice([["videre"], ["forlaeng", "videre"], ["videre", "tilbage", "videre"]])),
        "F23t.trinNySlut": _ahead(14),
        "F23tf.melding": "klar",
        "F24.hjemgivelseBeslutning": "hjemgives",
        "F24.hjemgivelsesperiodeStart": _ahead(3),
        "F24.hjemgivelsesperiodeSlut": _ahead(63),
        "F24.kontaktInterval": "P14D",
        "F24p.tegnPaaTilbagefald": False,
        "F20e.effektFastholdt": "ja",
        "F20e.efterSkridt": "intet",
    }


def young(rng: Random) -> dict[str, Any]:
    """Help at home, and then what the years from 16 ask for."""
    wants = rng.random() < 0.6  # noqa: PLR2004  more than half say yes
    return {
        "F05.spor": "D",
        "F05.kompleksitet": "hoej",
        "F05.undersoegelsesgrund": "nej",
        "F07.samtykke": True,
        "F08.konklusion": "stoette_32",
        "F11.paragraf": "bl32",
        "F12.udfald": "ivaerksat",
        "F13g.afgoerelse": "godkend",
        "F20.opfoelgningUdfald": Then(["fortsaet", "fortsaet", "ophoer"]),
        "F20.opfoelgningInterval": "P6M",
        "F20.statusrapport": "god",
        "F27.accept": wants,
        "F27.stoette": ["kontaktperson"],
        "F28.dataklasser": ["plan", "skole", "netvaerk"],
    }


def _ahead(days: int) -> Any:
    return lambda now: (day_of(now) + timedelta(days=days)).isoformat()


def _stages(now: datetime) -> list[dict[str, Any]]:
    today = day_of(now)
    return [
        {"start": (today + timedelta(days=first)).isoformat(), "slut": (today + timedelta(days=last)).isoformat()}
        for first, last in _STAGES
    ]
