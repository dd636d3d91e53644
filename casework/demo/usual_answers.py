"""The answers that every story of the demonstration gives, whatever way its case takes. Keys are `form.field`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.demo.chance import likely
from casework.demo.story import Then

if TYPE_CHECKING:
    from random import Random

_SCHOOL_AGE, _PARTY_AGE, _TALKS_FROM = 6, 10, 3
_SCHOOL_ENDS = 16
_COMMITTEE = ["formand", "medlem", "dommer", "sagkyndig_1", "sagkyndig_2"]


def always(rng: Random, age: int) -> dict[str, Any]:
    """Of the first weeks and of all that follows."""
    return {
        "F01.erUnderretning": True,
        "F01.foraeldreInformeret": rng.choice(["ja", "ja", "nej"]),
        "F01.tolk": None,
        "F01.fravaerSamlet": rng.randrange(8, 32),
        "F01.fravaerUlovligt": rng.randrange(8),
        "F02.sikkerhedsSkala": rng.randrange(5, 9),
        "F02.akutBehov": False,
        "F02.overgreb": False,
        "F02.aeresrelateret": False,
        "F02.haandtering": "ingen_akut",
        "F02g.enig": "uenig" if likely(rng, 0.15) else "enig",
        "F02g.haandtering": "udrykning",
        "F02i.betydning": rng.choice(["indgaar", "indgaar", "uaendret"]),
        "F04.deltagere": rng.choice([["barn", "mor"], ["mor", "far"], ["barn", "mor", "far"], ["mor", "bisidder"]]),
        "F04.bisidderTilbudt": True,
        "F04.hoertOmUnderretning": True,
        "F04.naeste": Then(["ny_samtale", "screening"]) if likely(rng, 0.1) else "screening",
        "F05.funktionsnedsaettelse": "nej",
        "F05.undersoegelsesgrund": "nej",
        "F05.overgrebAfkraeftet": False,
        "F05.indsatsNu": likely(rng, 0.08),
        "F05b.netvaerkInddraget": True,
        "F07.samtykke": True,
        "F07.samtykkeUng": True,
        "F07.grundlag": "oevrig",
        "F08.pprVurdering": rng.choice(["indhentet", "foreligger", "fravalgt"]),
        "F08f.stoetteNu": likely(rng, 0.4),
        **_decided(rng, age),
    }


def _decided(rng: Random, age: int) -> dict[str, Any]:
    """From the talk with the child on: decisions, school, committee, hand-offs, help."""
    informed = ["custody_holders", "child"] if age >= _PARTY_AGE else ["custody_holders"]
    return {
        "F09.samtaleHoldt": age >= _TALKS_FROM,
        "F09.foraeldreTilStede": likely(rng, 0.12),
        "F09.bisidderTilbudt": True,
        "F09r.godkendt": True,
        "F09u.godkendt": True,
        "F10v.aendrer": False,
        "F11.fysiskBrev": likely(rng, 0.3),
        "F11g.godkendt": Then([False, True]) if likely(rng, 0.1) else True,
        "F11n.modtagere": informed,
        "F12.undladt": likely(rng, 0.06),
        "F15i.aktivPPRsag": False,
        "F15i.undervisningspligtig": _SCHOOL_AGE <= age <= _SCHOOL_ENDS,
        "F15s.distriktsskole": True,
        "F15s.noedundervisning": False,
        "F17.planVedlagt": True,
        "F17a.advokatTilbudt": ["foraeldremyndighed", "barn"] if age >= _PARTY_AGE else ["foraeldremyndighed"],
        "F17i.barnet": "ja" if age >= _PARTY_AGE else "under_10",
        "F17j.godkendt": True,
        "F17m.beslutning": "godkendt",
        "F17m.deltog": _COMMITTEE,
        "F17m.fysiskBrev": False,
        "F17m.stemmerFor": len(_COMMITTEE),
        "F17m.stemmerImod": 0,
        "F28.hjemmel": "samme_myndighed",
        "F28.barnetOrienteret": "ja" if age >= _SCHOOL_AGE else "for_lille",
        "F28v.modtager": rng.choice(["specialgruppen", "raadgiver"]),
        "F29.tilHvad": ["skole", "netvaerk"] if age >= _SCHOOL_AGE else ["helbred", "netvaerk"],
        "F29.givet": not likely(rng, 0.1),
        "F31.antalSamtaler": rng.randrange(3, 7),
        "F31.frivilligtTilbud": likely(rng, 0.35),
        "F31k.status": rng.choice(["ja", "ja", "delvis"]),
        "F31o.oensket": likely(rng, 0.8),
        "F31r.raadResultat": "daekket",
        "F32.underret": True,
    }


def statements(rng: Random, track: str, age: int) -> dict[str, Any]:
    """Whom caseworkers ask, and what allows it."""
    if age >= _SCHOOL_AGE:
        asked = rng.choice(
            [["skole"], ["skole", "ppr"], ["ppr"], ["skole", "sundhedspleje"], ["skole", "ppr", "laege"]]
        )
    elif age >= _TALKS_FROM:
        asked = rng.choice([["dagtilbud"], ["dagtilbud"], ["dagtilbud", "ppr"], ["dagtilbud", "sundhedspleje"]])
    else:
        asked = ["sundhedspleje"]
    if track in ("henvendelse_screening", "ingen") and likely(rng, 0.5):
        asked = ["ingen"]
    without = track in ("overgreb", "akut", "aere") or likely(rng, 0.45)
    return {"F31s.fagpersoner": asked, "F31s.hjemmel": "uden_samtykke" if without else "samtykke"}
