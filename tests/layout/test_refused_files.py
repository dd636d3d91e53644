"""Files that cannot be drawn are refused with a sentence."""

import pytest

from casework.errors import CaseworkError, InvalidError, LimitError
from casework.layout import layout
from tests.layout.diagrams import HEAD, TAIL, document, nodes, process

DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<a>",
        b"\xff\xfe\x00",
        (DOCTYPE + HEAD + "&b;" + TAIL).encode(),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b"<html/>",
        (HEAD + TAIL).encode(),
        b'<definitions xmlns="urn:other"><process id="p"/></definitions>',
        document(process("p", nodes("userTask a\nuserTask a"))),
        document(process("p", nodes("userTask a"))).replace(b'id="a"', b""),
    ],
)
def test_refuses_what_is_no_diagram(data):
    with pytest.raises(InvalidError):
        layout(data)


def test_refuses_more_than_anybody_reads():
    tasks = nodes("\n".join(f"userTask n{number}" for number in range(401)))

    with pytest.raises(LimitError, match="401 elements to draw, more than 400"):
        layout(document(process("p", tasks)))


def test_refuses_a_hundred_thousand_elements_at_once():
    with pytest.raises(CaseworkError):
        layout(document(process("p", "<bpmn:task/>" * 100_000)))
