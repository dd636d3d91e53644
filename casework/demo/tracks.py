"""The ways a case can take, and the answers that make it take them. Keys are `form.field`; texts stand elsewhere.

What a story does not steer is answered by chance among what the form offers, so a process owner may change the forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.demo import long_ways
from casework.demo.chance import likely
from casework.demo.story import Then
from casework.demo.usual_answers import always, statements

if TYPE_CHECKING:
    from random import Random

    from casework.demo.concerns import Concern

#: How many of the first cases take each way, on average. The ways of years take several times as long to walk.
WEIGHTS = {
    "undersoegelse": 26,
    "raad": 18,
    "henvendelse_raad": 17,
    "ingen": 16,
    "afdaekning": 9,
    "henvendelse_afslut": 9,
    "akut": 8,
    "overgreb": 6,
    "aere": 4,
    "henvendelse_screening": 3,
    "anbringelse": 1,
    "hjemad": 1,
    "ung": 1,
}
#: And of the others.
WEIGHTS_LATER = WEIGHTS | {"anbringelse": 6, "hjemad": 7, "ung": 5, "ung_voksen": 2}
ENQUIRIES = ("henvendelse_raad", "henvendelse_screening", "henvendelse_afslut")
#: Ways that are over within weeks.
SHORT = ("ingen", "raad", *ENQUIRIES)


def steering(rng: Random, track: str, concern: Concern, age: int) -> dict[str, Any]:
    """The answers that decide, for a child of `age` years."""
    usual = {**always(rng, age), **long_ways.followed(rng), **_signs(rng, track, concern)}
    return {**usual, **_WAYS[track](rng), **statements(rng, track, age)}


def _signs(rng: Random, track: str, concern: Concern) -> dict[str, Any]:
    shows = concern.signs and (track in ("akut", "overgreb", "aere") or likely(rng, 0.2))
    return {"F01.tegn": list(concern.signs) if shows else ["ingen"]}


def _nothing(_: Random) -> dict[str, Any]:
    return {"F05.spor": "A", "F05.kompleksitet": "lav", "F12.udfald": "ikke_ivaerksat", "F02.sikkerhedsSkala": 8}


def _advice(rng: Random) -> dict[str, Any]:
    way: dict[str, Any] = {
        "F05.spor": "B",
        "F05.kompleksitet": rng.choice(["lav", "mellem"]),
        "F12.udfald": "ivaerksat",
    }
    if likely(rng, 0.2):  # it was not enough, and the child is screened again
        way |= {"F31r.raadResultat": "screening", "F05.spor": Then(["B", "C"]), "F05.kompleksitet": "mellem"}
        way |= {"F06.konklusion": "stoette_32"}
    return way


def _clarification(rng: Random) -> dict[str, Any]:
    found = rng.choice(["ingen_stoette", "stoette_32", "undersoegelse"])
    way = {"F05.spor": "C", "F05.kompleksitet": "mellem", "F05.undersoegelsesgrund": "nej"}
    way |= {"F06.konklusion": found, "F11.paragraf": "bl32"}
    return {**_assessment(rng), **way, "F12.udfald": "ikke_ivaerksat" if found == "ingen_stoette" else "ivaerksat"}


def _assessment(rng: Random) -> dict[str, Any]:
    outcome = rng.choice(
        ["stoette_32", "stoette_32", "stoette_32", "ingen_stoette", "anbringelse_46", "anbringelse_47"]
    )
    paragraph = {"ingen_stoette": "bl20", "stoette_32": "bl32", "anbringelse_46": "bl46", "anbringelse_47": "bl47"}
    way: dict[str, Any] = {
        "F05.spor": Then(["C", "D"]) if likely(rng, 0.1) else "D",  # the law asks for more than was chosen
        "F05.kompleksitet": "hoej",
        "F05.undersoegelsesgrund": "anbringelse" if outcome.startswith("anbringelse") else "nej",
        "F08.konklusion": outcome,
        "F11.paragraf": paragraph[outcome],
        "F12.udfald": "ivaerksat",
        "F28.dataklasser": ["undersoegelse", "skole", "helbred", "netvaerk", "risiko"],
    }
    if likely(rng, 0.12):
        way |= {"F07.samtykke": False, **_committee(rng)}
    return way


def _committee(rng: Random) -> dict[str, Any]:
    if rng.choice(["godkendt", "godkendt", "afvist"]) == "godkendt":
        return {}
    return {"F17m.beslutning": "afvist", "F17m.stemmerFor": 2, "F17m.stemmerImod": 3}


def _acute(rng: Random) -> dict[str, Any]:
    act = rng.choice(["udrykning", "udrykning", "netvaerk", "doegnvagt"])
    decided = rng.choice(["sikkerhedsplan", "sikkerhedsplan", "netvaerk", "tryg_hjemme"])
    safety = {"F02.sikkerhedsSkala": rng.randrange(1, 4), "F02.akutBehov": True, "F02.haandtering": act}
    return {**_assessment(rng), **safety, "F02b.beslutning": decided, "F05.spor": "D"}


def _abuse(rng: Random) -> dict[str, Any]:
    return {
        **_assessment(rng),
        "F01.foraeldreInformeret": "nej_overgreb",
        "F02.sikkerhedsSkala": rng.randrange(1, 4),
        "F02.akutBehov": True,
        "F02.overgreb": True,
        "F02.haandtering": "politi_boernehus",
        "F02c.mistanke": ["seksuelt"],
        "F02c.politianmeldelse": True,
        "F02c.boernehus": True,
        "F05.spor": "D",
        "F05.undersoegelsesgrund": "overgreb",
        "F07.grundlag": "overgreb",
        "F12.undladt": likely(rng, 0.5),
    }


def _honour(rng: Random) -> dict[str, Any]:
    return {
        **_assessment(rng),
        "F01.foraeldreInformeret": "nej",
        "F02.sikkerhedsSkala": rng.randrange(3, 6),
        "F02.aeresrelateret": True,
        "F05.spor": "D",
        "F05b.netvaerkInddraget": False,
        "F29.givet": False,
    }


def _enquiry(following: str, track: str | None = None) -> Any:
    def way(rng: Random) -> dict[str, Any]:
        further = {**_WAYS[track](rng)} if track else {}
        parents = {"F01.erUnderretning": False, "F04.naeste": Then([following, "screening"])}
        return {**further, **parents, "F05.funktionsnedsaettelse": "helt", "F31.frivilligtTilbud": likely(rng, 0.6)}

    return way


_WAYS: dict[str, Any] = {
    "ingen": _nothing,
    "raad": _advice,
    "afdaekning": _clarification,
    "undersoegelse": _assessment,
    "akut": _acute,
    "overgreb": _abuse,
    "aere": _honour,
    "henvendelse_raad": _enquiry("raad", "raad"),
    "henvendelse_screening": _enquiry("screening", "afdaekning"),
    "henvendelse_afslut": _enquiry("afslut", "ingen"),
    "anbringelse": lambda rng: long_ways.placement(rng, without_consent=likely(rng, 0.3)),
    "hjemad": long_ways.homeward,
    "ung": long_ways.young,
    "ung_voksen": long_ways.young,
}
