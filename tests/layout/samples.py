"""Small diagrams of every kind that the layout must draw without a fault."""

from __future__ import annotations

from tests.layout.diagrams import document, flows, nodes, note, process, subprocess

_ASSESSMENT = (
    nodes("""
        startEvent start Underretning modtaget
        userTask registrer Registrér henvendelse
        exclusiveGateway aaben Åben sag?
        callActivity samtale Børnesamtale
        userTask vurder Vurdér barnets sikkerhed (24-timers vurdering)
        boundary frist vurder 22 timer
        userTask ring Ring til afdelingsleder
        endEvent eskaleret Eskaleret
        exclusiveGateway samlet
        endEvent slut Afsluttet""")
    + flows("""
        start registrer
        registrer aaben
        aaben samtale ja
        aaben vurder nej
        samtale samlet
        vurder samlet
        samlet slut
        frist ring
        ring eskaleret""")
    + note("lov", "vurder", "LOV: 24 timer fra modtagelse")
)
_LANES = {
    "Modtagelsen": ["start", "registrer", "aaben", "samlet", "slut"],
    "Raadgiver": ["samtale", "vurder", "frist"],
    "Teamleder": ["ring", "eskaleret"],
}
_NESTED = {"Familie": {name: _LANES[name] for name in ("Modtagelsen", "Raadgiver")}, "Teamleder": _LANES["Teamleder"]}

_PARALLEL = nodes("""
    startEvent s
    parallelGateway split
    userTask a Børnesamtale
    userTask b Indhent udtalelse fra skole og dagtilbud
    userTask c Samtale med forældre
    parallelGateway join
    endEvent e
    """) + flows("""
    s split
    split a
    split b
    split c
    a join
    b join
    c join
    join e""")

_LOOP = nodes("""
    startEvent s Frist nærmer sig
    exclusiveGateway top
    userTask a Hold opfølgning
    boundary t1 a 3 dage
    boundary t2 a Tilbagekaldt
    sendTask remind Send rykker
    userTask other Nyt ønske
    endEvent e1 Rykket
    endEvent e2 Aflyst
    exclusiveGateway again Skal indsatsen fortsætte?
    endEvent e Slut
    """) + flows("""
    s top
    top a
    a again
    again top fortsæt
    again e afslut
    t1 remind
    remind e1
    t2 other
    other e2""")

_INSIDE = nodes("""
    startEvent is
    sendTask ask Send anmodning
    eventBasedGateway wait
    intermediateCatchEvent answer Udtalelse modtaget
    intermediateCatchEvent late 5 hverdage
    sendTask remind Send rykker
    exclusiveGateway met
    endEvent ie
    """) + flows("""
    is ask
    ask wait
    wait answer
    wait late
    late remind
    remind wait
    answer met
    met ie""")
_SUBPROCESS = (
    nodes("""
        startEvent s
        userTask plan Lav undersøgelsesplan""")
    + subprocess("collect", "Indhent faglige udtalelser", _INSIDE)
    + nodes("""
        boundary months collect 4 måneder
        userTask provisional Foreløbig vurdering
        endEvent pe
        userTask analyse Analyse
        endEvent e""")
    + flows("""
        s plan
        plan collect
        collect analyse
        analyse e
        months provisional
        provisional pe""")
)
_SUBPROCESS_LANES = {"Raadgiver": ["s", "plan", "collect", "months", "analyse", "e"], "Leder": ["provisional", "pe"]}

SAMPLES = {
    "pool and lanes": document(process("p", _ASSESSMENT, _LANES), pools=[("Pool", "p")]),
    "nested lanes": document(process("p", _ASSESSMENT, _NESTED), pools=[("Pool", "p")]),
    "lanes without pool": document(process("p", _ASSESSMENT, _LANES)),
    "neither pool nor lanes": document(process("p", _ASSESSMENT)),
    "a pool without lanes": document(process("p", _ASSESSMENT), pools=[("Pool", "p")]),
    "parallel branches": document(process("p", _PARALLEL)),
    "loop and two boundary events": document(process("p", _LOOP)),
    "expanded subprocess": document(process("p", _SUBPROCESS, _SUBPROCESS_LANES), pools=[("Pool", "p")]),
    "two pools and an outside one": document(
        process("p", _ASSESSMENT, _LANES),
        process("q", nodes("startEvent s2\nendEvent e2") + flows("s2 e2")),
        pools=[("Pool", "p"), ("Other", "q"), ("Underretter", "")],
    ),
    "two processes without pools": document(
        process("p", _ASSESSMENT), process("q", nodes("startEvent s2\nendEvent e2") + flows("s2 e2"))
    ),
    "a task that follows itself": document(
        process("p", nodes("startEvent s\nuserTask a Igen\nendEvent e") + flows("s a\na a igen\na e"))
    ),
    "one node": document(process("p", nodes("userTask a"))),
    "nothing": document(process("p", "", {"A": [], "B": []}), pools=[("Pool", "p")]),
}
