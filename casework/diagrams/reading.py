"""Turn bytes from anybody into an XML tree, or say in a sentence why not.

Two passes: expat first, which stops at the first thing that we refuse (a document type, and with it every entity; too many
elements; too deep), then lxml, which by then has nothing dangerous left to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from lxml import etree

from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from casework.i18n import Message

#: A process with 300 elements, drawn, is about 300 kB.
MOST_BYTES = 5_000_000
#: XML elements, the picture included: a drawn process element is about ten of them.
MOST_ELEMENTS = 20_000
#: Of one element; lxml looks through all of them for each that it reads.
MOST_ATTRIBUTES = 300
#: lxml refuses deeper trees by itself, with words of its own.
MOST_DEPTH = 200


class DiagramError(InvalidError):
    """This is no diagram that may be read; `rule` says which rule it breaks, in words for programs."""

    code = "diagram-unusable"

    def __init__(self, rule: str, sentence: Message) -> None:
        super().__init__(sentence)
        self.rule = rule


def read(data: bytes) -> Any:
    """The root element (lxml) of an XML document of at most `MOST_BYTES` and `MOST_ELEMENTS`.

    Refuses (`DiagramError`): `too-large`, `too-many-elements`, `too-deep`, `xml-entities` (any DOCTYPE: external entities
    and "billion laughs" both need one), `not-xml`.
    """
    if len(data) > MOST_BYTES:
        raise DiagramError("too-large", message("The file is larger than {most} MB.", most=MOST_BYTES // 1_000_000))
    _Check().feed(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_xml(getattr(error, "position", None)) from error


class _Check:
    """The first pass: look at every start tag, build nothing."""

    def __init__(self) -> None:
        self.elements = self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def feed(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise _not_xml((error.lineno, error.offset)) from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not know
            raise _not_xml(None) from error

    def _doctype(self, *_: object) -> None:
        raise DiagramError(
            "xml-entities", message("The file declares a document type or entities (DOCTYPE). No diagram needs that.")
        )

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES:
            raise DiagramError(
                "too-large", message("An element of the file has more than {most} attributes.", most=MOST_ATTRIBUTES)
            )
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS:
            raise DiagramError(
                "too-many-elements", message("The file has more than {most} elements.", most=MOST_ELEMENTS)
            )
        if self.depth > MOST_DEPTH:
            raise DiagramError(
                "too-deep", message("The elements of the file stand more than {most} deep.", most=MOST_DEPTH)
            )

    def _end(self, *_: object) -> None:
        self.depth -= 1


def _not_xml(place: tuple[int, int] | None) -> DiagramError:
    """`place`: line and column, where one is known."""
    if not place:
        return DiagramError(
            "not-xml", message("The file cannot be read as XML: its signs are of no encoding that is known.")
        )
    line, column = place
    return DiagramError(
        "not-xml",
        message(
            "The file cannot be read as XML: something is wrong in line {line}, column {column}.",
            line=line,
            column=column + 1,
        ),
    )
