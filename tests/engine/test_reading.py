"""Reading diagrams from strangers (`casework.diagrams`): limits, and no entities."""

from __future__ import annotations

import pytest

from casework.diagrams import MOST_ELEMENTS, DiagramError, bpmn, read
from tests import diagrams as d

LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l t="&b;">&b;</l>'
HIDDEN = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".encode("utf-16")


def test_reads_a_diagram():
    root = read(d.process(d.start(), d.user("a"), d.end(), flows="start a, a end"))

    assert root.tag == bpmn("definitions")
    assert [node.get("id") for node in root.iter(bpmn("userTask"))] == ["a"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "not-xml"),
        (b"\x00\x00", "not-xml"),
        (b"<a>", "not-xml"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "not-xml"),
        (b"<a>\xff</a>", "not-xml"),
        (LAUGHS, "xml-entities"),
        (HIDDEN, "xml-entities"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "xml-entities"),
        (b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>", "too-many-elements"),
        (b"<a>" * 250 + b"</a>" * 250, "too-deep"),
        (b" " * 5_000_001, "too-large"),
        (b"<a " + b" ".join(b"a%d='1'" % n for n in range(400)) + b"/>", "too-large"),
    ],
)
def test_refuses(data, rule):
    with pytest.raises(DiagramError) as refused:
        read(data)

    assert refused.value.rule == rule
