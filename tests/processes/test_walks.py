"""Every path of every diagram is walked: with forms filled in at random, until no sequence flow is left untaken."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from tests.processes.project import processes
from tests.processes.walker import FACTS, OPEN, RECEIVED, Walk

MOST_WALKS = 120
STARTS = [
    "start_underretning",
    "start_henvendelse",
    "start_fravaer",
    "start_kommune",
    "start_trivsel",
    "start_screening",
]
#: Of other processes that can begin in several ways.
SEVERAL_STARTS = {
    "sub_samvaer": ["start", "start_oensket"],
    "youth_to_adult": ["start_16", "start_fyldt16", "start_over16"],
    "foedselsdage": ["fyldt10", "fyldt12", "fyldt15", "fyldt16", "fyldt17_5", "fyldt18", "fyldt23"],
    "klage": ["start", "start_klage"],
    "placement_with_step_down": ["start_indstillet", "start_barn", "start_akut"],
    "stoettende_indsats": ["start_besluttet", "start_nu"],
    "sub_foreloebig_afgoerelse": ["start_oensket", "start"],
}
#: Where the hour itself decides who acts.
ALSO_AT_NIGHT = {"sub_foreloebig_afgoerelse"}
#: Facts that change while a process runs: what lasts as long as a child is placed would else last for ever, or not at all.
DRIFT = {
    name: {"erAnbragt": [True, True, False]}
    for name in ("placement_with_step_down", "sub_under_anbringelsen", "sub_tilsynsforloeb", "sub_foraeldrespor")
}
#: A fact may end all of it at any time; it would do so before anything else has happened.
SHY = {"sub_samvaer": 0.9}
#: What a process finds when it begins: variables that others have set, and inputs of who calls it.
PREMISES = {
    "sub_visitation": {"visitationAnledning": ["anbringelse", "indsats", "hjemgivelse"]},
    "sub_indsatspakke": {"visitationAnledning": ["anbringelse", "indsats", "hjemgivelse"]},
    "sub_visitationsbidrag": {
        "afdeling": [
            *("ppr", "skole", "dagtilbud", "sundhedspleje", "specialgruppen", "udfoerer", "anbringelsessted", "kui"),
            *("socialcenter_ung", "handicap_voksen"),
        ]
    },
    "tilbagemelding": {"erUnderretning": [True, False], "erFagperson": [True, False]},
    "sub_registrering": {"registreret": [None, None, True]},
    "sub_sikkerhedsvurdering": {"genvurderes": [True, False], "tegn": [["vold"], ["ingen"]]},
    "sub_akut": {
        "haandtering": ["ingen_akut", "udrykning", "politi_boernehus", "doegnvagt", "netvaerk", "formandsafgoerelse"],
        "overgrebMistanke": [True, False],
        "aeresrelateret": [True, False],
    },
    "sub_udrykning": {"haandtering": ["udrykning", "doegnvagt"]},
    "sub_undersoegelse": {"kompleksitet": ["hoej", "lav"], "undersoegelsesgrund": ["nej", "overgreb"]},
    "sub_boernefaglig_undersoegelse": {"bfuStart": [OPEN.date()]},
    "sub_partshoering_afgoerelse": {
        "trin": ["hoering", "kun_hoering", "afgoerelse", "brev"],
        "skabelon": ["afgoerelse"],
        "lederGodkender": [True, False],
    },
    "sub_hoer_part": {"part": [{"id": "emil", "rolle": "barn"}], "hoeringsfrist": [OPEN.date()]},
    "sub_handover": {
        "modtagerLane": ["raadgiver"],
        "anledning": ["Overlevering"],
        "svarFrist": ["P3D"],
        "flytterAnsvar": [True],
    },
    "sub_udtalelse": {"fagperson": ["skole", "dagtilbud", "sundhedspleje", "ppr", "ppv", "laege", "psykolog"]},
    "sub_bu_udvalg": {
        "udvalgSag": [
            "anbringelse_47",
            "undersoegelse_23",
            "godkend_foreloebig",
            "genbehandling",
            "hjemgivelse_afslag",
        ],
    },
    "sub_foreloebig_afgoerelse": {"grund": ["akut"]},
    "genbehandlingsfrist": {"erAnbragt": [True, False, None]},
    "sub_formand_proevelse": {"udfoertTid": [OPEN]},
    "sub_kabu": {"kabuAnledning": ["anbringelse", "ung"]},
    "noedundervisning": {"noedSlut": [OPEN.date(), date(2099, 1, 1)]},
    "sub_opfoelgning": {"opfoelgningForfald": [date(2027, 2, 26)], "erFoerste": [True, False]},
    "sub_opfoelgningsforloeb": {"opfoelgningDato": [date(2027, 2, 26)], "erAnbragt": [True, False]},
    "sub_tilsyn": {"sidsteTilsyn": [date(2026, 11, 26)]},
    "sub_nedtrapningstrin": {"trinNummer": [1], "trinSlut": [date(2027, 2, 28)]},
    "sub_hjemgivelse": {"anbringelsesGrundlag": ["46", "47"]},
    "sub_hjemgivelseskontakt": {"hjemgivelsesperiodeStart": [date(2026, 11, 20)], "kontaktInterval": ["P7D", "P14D"]},
    "sub_hjemgivelsesperiode": {
        "hjemgivelsesperiodeStart": [date(2026, 11, 20)],
        "hjemgivelsesperiodeSlut": [date(2027, 4, 30)],
        "kontaktInterval": ["P14D"],
    },
    "sub_forbered_anbringelse": {"barnAlder": [3, 12]},
    "sub_afgoer_anbringelse": {"foreloebig": [None, None, None, True], "barnAlder": [12, 15, 17]},
    "sub_indflytning": {"erFlytning": [True, False], "barnAlder": [3, 12]},
    "sub_opfoelgningsspor": {
        "opfoelgningArt": ["anbringelse", "indsats"],
        "opfoelgningFra": [OPEN.date()],
        "erAnbragt": [False],
    },
    "sub_tilsynsforloeb": {"anbringelsesDato": [date(2026, 5, 1), date(2026, 11, 1)]},
    "sub_foraeldrespor": {"foraeldreplanLavet": [None, True]},
    "sub_under_anbringelsen": {
        "barnAlder": [12, 17],
        "planLavet": [None, None, True],
        "frivilligIndsats": [None, True],
    },
    "samtykke_trukket": {"barnAlder": [12, 17]},
    "stoettende_indsats": {"spor": ["stoette_32", "hjemgivelse", "uden_anbringelse"]},
    "efterevaluering": {"hjemgivetDato": [date(2026, 11, 20)]},
    "youth_to_adult": {"erAnbragt": [True, False], "handicapSpor": [True, False, None]},
    "sub_ungeplan": {"ungeplanAnledning": ["16", "16", "foer_47", "revision"], "erAnbragt": [True, False]},
    "sub_ungespor": {"overgangsspor": [["A"], ["B", "C"], ["D"]], "barnAlder": [16], "ungStart": [OPEN.date()]},
    "sub_ungehus": {
        "foedselsdato": [date(2010, 8, 31)],
        "ungStart": [date(2026, 5, 31), date(2027, 9, 15), date(2028, 5, 1)],
    },
    "sub_handicapspor": {"handicapSpor": [True, False, None]},
    "sub_ungestoette": {"erAnbragt": [True, False]},
    "sub_ungestoette_afgoerelse": {"erAnbragtSpor": [True, False]},
    "sub_ungestoette_besked": {"ungAccept": [True, False], "ungestoetteValg": [["kontaktperson"], ["ingen"]]},
    "sub_voksenovergang": {"erAnbragt": [True, False], "handicapSpor": [True, False]},
    "sub_efter18": {
        "foedselsdato": [date(2008, 11, 24)],
        "ungAccept": [True],
        "ungestoetteValg": [["kontaktperson"], ["ingen"]],
    },
    "ung_fortryder": {"foedselsdato": [date(2006, 3, 14), date(2003, 3, 14)]},
    "trivselsforum_1625": {"barnAlder": [15, 17, 26]},
    "foedselsdage": {"erAnbragt": [True, False]},
    "klagefrist": {"sendtDato": [date(2026, 11, 20)], "fysiskBrev": [True, False]},
}


@pytest.mark.parametrize("process_id", processes())
def test_every_sequence_flow_is_taken(process_id):
    untaken, walks = None, 0
    while untaken is None or (untaken and walks < MOST_WALKS):
        walk = begun(process_id, seed=walks)
        walk.stroll(
            tell=0.15 if walks % 2 else 0.01, drift=DRIFT.get(process_id), shy=SHY.get(process_id, 0.0)
        )  # a long part that a timer may interrupt must come to its end, too
        own = {flow for process, flow in walk.flows.all if process == process_id}
        taken = {flow for process, flow in walk.flows.taken if process == process_id}
        untaken = (own if untaken is None else untaken) - taken
        walks += 1

    assert untaken == set(), f"never taken in {walks} walks: {sorted(untaken)}"


def begun(process_id, *, seed):
    random = Random(f"{process_id} {seed}")
    premises = {name: random.choice(values) for name, values in PREMISES.get(process_id, {}).items()}
    facts = {"udenforKontortid": random.choice([True, False]), "aktivIndsats": random.choice([True, False])}
    facts["sag"] = FACTS["sag"] | {"ansvarligLane": random.choice(["modtagelse", "raadgiver"])}
    start = None
    if process_id in SEVERAL_STARTS:
        start = SEVERAL_STARTS[process_id][seed % len(SEVERAL_STARTS[process_id])]
    if process_id == "intake_to_assessment":
        start = STARTS[seed % len(STARTS)]
        premises = {"registreret": True, "erUnderretning": False} if start == "start_screening" else {}
    now = OPEN + timedelta(hours=12) if process_id in ALSO_AT_NIGHT and random.choice([True, False]) else OPEN
    return Walk(process_id, start=start, variables={**RECEIVED, **premises}, facts=facts, seed=seed, now=now)
