"""Every sample is drawn whole and without a plain fault, always the same, and nothing else of the file changes."""

import os
import subprocess
import sys

import pytest
from lxml import etree

from casework.diagrams import BPMNDI
from casework.layout import layout, measure, not_drawn
from tests.layout.diagrams import document, flows, nodes, process
from tests.layout.random_diagrams import structured, wild
from tests.layout.samples import SAMPLES

ELSEWHERE = "from pathlib import Path; from casework.layout import layout; import sys; "
ELSEWHERE += "sys.stdout.buffer.write(layout(sys.stdin.buffer.read()))"


def without_picture(xml):
    root = etree.fromstring(xml)
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        diagram.getparent().remove(diagram)
    for element in root.iter():
        element.tail = (element.tail or "").strip()
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("name", SAMPLES)
def test_draws_everything_without_a_fault(name):
    drawn = layout(SAMPLES[name])

    assert measure(drawn).faults == ()
    assert not_drawn(SAMPLES[name]) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_drawing_again_changes_nothing(name):
    drawn = layout(SAMPLES[name])

    assert layout(drawn) == drawn


@pytest.mark.parametrize("name", SAMPLES)
def test_changes_nothing_but_the_picture(name):
    assert without_picture(layout(SAMPLES[name])) == without_picture(SAMPLES[name])


def test_gives_the_same_picture_in_every_process():
    sample = structured(7, 20)

    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            input=sample,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert elsewhere == [layout(sample)] * 2


@pytest.mark.parametrize("size", [6, 12, 20, 30])
@pytest.mark.parametrize("seed", range(8))
def test_random_structured_processes_are_drawn_without_a_fault(seed, size):
    sample = structured(seed, size)

    assert measure(layout(sample)).faults == ()
    assert not_drawn(sample) == []


@pytest.mark.parametrize("size", [4, 10, 20])
@pytest.mark.parametrize("seed", range(6))
def test_wild_graphs_are_drawn_somehow(seed, size):
    drawn = layout(wild(seed, size))

    hard = {fault.sentence.id for fault in measure(drawn).faults} - {"{ids} run on one line."}
    assert hard == set()
    assert layout(drawn) == drawn


def test_a_long_chain_is_no_deeper_than_a_short_one():
    chain = "\n".join(f"userTask n{number}" for number in range(130))
    links = "\n".join(f"n{number} n{number + 1}" for number in range(129))

    drawn = measure(layout(document(process("p", nodes(chain) + flows(links)))))

    assert (drawn.nodes, drawn.straight, drawn.bends) == (130, 129, 0)


def test_branches_stand_in_the_order_in_which_they_were_written():
    root = etree.fromstring(layout(SAMPLES["parallel branches"]))

    y = {
        shape.get("bpmnElement"): float(shape[0].get("y"))
        for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")
        if shape.get("bpmnElement") in {"a", "b", "c"}
    }

    assert y["a"] < y["b"] < y["c"]


def test_the_flow_reads_from_left_to_right():
    root = etree.fromstring(layout(SAMPLES["pool and lanes"]))

    x = {shape.get("bpmnElement"): float(shape[0].get("x")) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}

    assert x["start"] < x["registrer"] < x["aaben"] < x["vurder"] < x["samlet"] < x["slut"]


def test_keeps_comments_and_the_way_the_file_is_written():
    sample = document("\n  <!-- kept -->\n  ", process("p", nodes("userTask a")), "\n")

    drawn = layout(sample)

    assert b"\n  <!-- kept -->\n  <bpmn:process" in drawn
    assert drawn.count(b"BPMNDiagram") == 2


def test_reads_every_way_of_writing_the_same_diagram():
    sample = SAMPLES["pool and lanes"]
    in_utf_16 = ('<?xml version="1.0" encoding="UTF-16"?>' + sample.decode()).encode("utf-16")
    without_prefix = sample.replace(b"bpmn:", b"").replace(b"xmlns:bpmn", b"xmlns")

    assert layout(b"\xef\xbb\xbf" + sample) == layout(in_utf_16) == layout(sample)
    assert measure(layout(without_prefix)) == measure(layout(sample))


def test_ids_of_the_picture_are_its_own():
    sample = document(process("p", nodes("userTask a\nuserTask a_di\nuserTask p_plane")))

    ids = [element.get("id") for element in etree.fromstring(layout(sample)).iter() if element.get("id")]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ("<bpmn:messageFlow id='m' sourceRef='a' targetRef='b'/>", ["m"]),
        ("<bpmn:dataObjectReference id='d'/><bpmn:group id='g'/>", ["d", "g"]),
        ("<bpmn:sequenceFlow id='f' sourceRef='a' targetRef='nowhere'/>", ["f"]),
        ("<bpmn:sequenceFlow id='f' sourceRef='a'/>", ["f"]),
        ("<bpmn:boundaryEvent id='lost' attachedToRef='nowhere'/>", []),
        ("<bpmn:boundaryEvent id='odd' attachedToRef='s'/>", []),
        (
            "<bpmn:boundaryEvent id='x' attachedToRef='a'/><bpmn:sequenceFlow id='f' sourceRef='b' targetRef='x'/>",
            ["f"],
        ),
        ("<bpmn:association id='as' sourceRef='a' targetRef='b'/>", ["as"]),
    ],
)
def test_names_what_it_does_not_draw(content, ids):
    sample = document(process("p", nodes("startEvent s\nuserTask a\nuserTask b") + flows("s a\na b") + content))

    assert not_drawn(sample) == ids
