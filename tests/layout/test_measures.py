"""Each plain fault is found when it is there, so that a picture without faults means something."""

import pytest

from casework.layout import layout, measure
from tests.layout.diagrams import document, flows, nodes, process
from tests.layout.samples import SAMPLES

BOX = (
    '<bpmndi:BPMNShape id="{id}_di" bpmnElement="{id}"><dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
    "{label}</bpmndi:BPMNShape>"
)
LINE = '<bpmndi:BPMNEdge id="{id}_di" bpmnElement="{id}">{points}</bpmndi:BPMNEdge>'
PICTURE = (
    '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/'
    '20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"><bpmndi:BPMNPlane bpmnElement="p">{}</bpmndi:BPMNPlane>'
    "</bpmndi:BPMNDiagram>"
)
CONTENT = nodes("startEvent a A\nuserTask b\nuserTask c\nboundary t b T") + flows("a b ja\na c\nb c")
WELL = {
    "a": (0, 22, 36, 36, (0, 60, 30, 14)),
    "b": (100, 0, 100, 80),
    "c": (300, 0, 100, 80),
    "t": (140, 62, 36, 36, (120, 100, 20, 14)),
    "lane": (-50, -100, 600, 400),
    "a_b": ((36, 40), (100, 40)),
    "a_c": ((18, 22), (18, -40), (350, -40), (350, 0)),
    "b_c": ((200, 40), (300, 40)),
}


def drawn(**changes):
    parts = {**WELL, **changes}
    return document(
        process("p", CONTENT, {"lane": ["a", "b", "c", "t"]}), PICTURE.format("".join(map(_part, parts.items())))
    )


def _part(item):
    ref, place = item
    if place is None:
        return ""
    if isinstance(place[0], tuple):
        return LINE.format(id=ref, points="".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in place))
    x, y, w, h, *label = place
    name = ""
    if label:
        (lx, ly, lw, lh), *_ = label
        name = f'<bpmndi:BPMNLabel><dc:Bounds x="{lx}" y="{ly}" width="{lw}" height="{lh}"/></bpmndi:BPMNLabel>'
    return BOX.format(id=ref, x=x, y=y, w=w, h=h, label=name)


def test_finds_nothing_where_nothing_is_wrong():
    found = measure(drawn())

    assert found.faults == ()
    assert (found.nodes, found.edges, found.bends, found.straight, found.crossings) == (4, 3, 2, 2, 0)
    assert (found.width, found.height) == (600, 400)


@pytest.mark.parametrize(
    ("changes", "sentence", "ids"),
    [
        ({"b": None}, "{ids} has no place in the picture.", ["b"]),
        ({"a_b": None}, "{ids} has no place in the picture.", ["a_b"]),
        ({"c": (150, 0, 100, 80)}, "{ids} overlap.", ["b", "c"]),
        ({"a_b": ((36, 40), (100, 45))}, "{ids} is slanted.", ["a_b"]),
        ({"a_c": ((18, 22), (18, 10), (350, 10), (350, 0))}, "{ids}: the line runs through the shape.", ["a_c", "b"]),
        ({"a": (0, 22, 36, 36, (90, 30, 30, 14))}, "{ids}: the name is covered.", ["a", "b"]),
        ({"a": (0, 22, 36, 36, (60, 30, 20, 20))}, "{ids}: the name is covered.", ["a", "a_b"]),
        ({"a": (0, 22, 36, 36, (120, 105, 20, 20))}, "{ids}: the name is covered.", ["a", "t"]),
        ({"lane": (50, -100, 600, 400)}, "{ids}: the element stands outside of its lane.", ["a", "lane"]),
        ({"t": (140, 40, 36, 36)}, "{ids}: the event is off the bottom edge of its activity.", ["t"]),
        ({"t": (190, 62, 36, 36)}, "{ids}: the event is off the bottom edge of its activity.", ["t"]),
    ],
)
def test_finds_each_fault(changes, sentence, ids):
    faults = [(fault.sentence.id, list(fault.ids)) for fault in measure(drawn(**changes)).faults]

    assert (sentence, ids) in faults


def test_finds_strangers_on_one_line():
    content = nodes("userTask a\nuserTask b\nuserTask c\nuserTask d") + flows("a b\nc d")
    places = {"a": (0, 0, 80, 80), "b": (400, 0, 80, 80), "c": (0, 200, 80, 80), "d": (400, 200, 80, 80)}
    lines = {"a_b": ((40, 80), (40, 120), (440, 120), (440, 80)), "c_d": ((40, 200), (40, 122), (440, 122), (440, 200))}
    sample = document(process("p", content), PICTURE.format("".join(map(_part, {**places, **lines}.items()))))

    assert [(fault.message.text("da")) for fault in measure(sample).faults] == ["a_b og c_d løber på samme linje."]


def test_counts_crossings():
    content = nodes("userTask a\nuserTask b\nuserTask c\nuserTask d") + flows("a b\nc d")
    places = {"a": (0, 100, 80, 80), "b": (400, 100, 80, 80), "c": (200, 0, 80, 80), "d": (200, 300, 80, 80)}
    lines = {"a_b": ((80, 140), (400, 140)), "c_d": ((240, 80), (240, 300))}

    found = measure(document(process("p", content), PICTURE.format("".join(map(_part, {**places, **lines}.items())))))

    assert (found.crossings, found.faults) == (1, ())


def test_a_file_without_picture_misses_everything():
    found = measure(SAMPLES["parallel branches"])

    assert {fault.sentence.id for fault in found.faults} == {"{ids} has no place in the picture."}
    assert len(found.faults) == 15


def test_a_badly_written_picture_counts_as_none():
    drawn_well = layout(SAMPLES["one node"])

    for damage in (b'x="oops"', b'x="nan"', b""):
        damaged = drawn_well.replace(b'x="184"', damage)
        assert damaged != drawn_well
        assert [fault.ids for fault in measure(damaged).faults] == [("a",)]
