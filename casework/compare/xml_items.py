"""Takes BPMN and DMN apart without losing anything: what is no item becomes facets of the item that it stands in.

The picture (BPMNDI, DMNDI, colours and widths of editors) is kept apart. `incoming` and `outgoing` are passed over: they
repeat what the flows say, and editors add and drop them at will.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from lxml import etree

from casework.compare.item import Item, Parts
from casework.diagrams import NAMESPACES, local

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIXES = {namespace: prefix for prefix, namespace in NAMESPACES.items()} | {NAMESPACES["bpmn"]: ""}
_REPEATED = frozenset({"incoming", "outgoing"})
_PICTURES = ("/DI", "/DMNDI/", "/DC", "/DI/")
_EDITORS = ("http://bpmn.io/schema/bpmn/biocolor", "http://bpmn.io/schema/dmn/biodi", "/BPMN/non-normative/color")


class Language(Protocol):
    """What a kind of file calls an item, and a step on the way to a facet."""

    def item(self, node: Any, owner: Item) -> Item | None:
        """The item that a node is, if it is one."""

    def step(self, node: Any) -> str:
        """How the node is named in a path; empty: by its tag."""


def take_apart(root: Any, kind: str, language: Language) -> Parts:
    """All items of a file; the root is one too, of `kind`, under the key "file"."""
    parts = Parts()
    _collect(root, parts.add(Item(key="file", kind=kind)), "", _Walk(parts, language))
    return parts


@dataclass(frozen=True)
class _Walk:
    parts: Parts
    language: Language


def _collect(node: Any, item: Item, path: str, walk: _Walk) -> None:
    """Put everything below `node` into `item`, or into items of their own."""
    for name, value in node.attrib.items():
        if _is_of_editor(name):
            walk.parts.draw(f"{item.key} {path}@{short(name)}", value)
        else:
            item.put(f"{path}@{short(name)}", _value(name, value))
    said = " ".join(filter(None, ((text or "").strip() for text in (node.text, *(child.tail for child in node)))))
    if said:
        item.put(path or "text", said)
    for child in _children(node):
        _child(child, item, path, walk)


def _child(child: Any, item: Item, path: str, walk: _Walk) -> None:
    if is_picture(child):
        _draw(child, walk.parts)
        return
    found = walk.language.item(child, item)
    if found is not None:
        _collect(child, walk.parts.add(found), "", walk)
        return
    inner = _path(child, path, walk.language.step(child))
    before = len(item.facets), len(walk.parts.items)
    _collect(child, item, inner, walk)
    if inner != path and before == (len(item.facets), len(walk.parts.items)):
        item.put(inner, "")  # it says by being there, as a terminateEventDefinition does


def _path(child: Any, path: str, step: str) -> str:
    if short(child.tag) == "extensionElements":
        return path
    step = step or short(child.tag)
    return f"{path}/{step}" if path else step


def _children(node: Any) -> Iterator[Any]:
    return (child for child in node if local(child) and local(child) not in _REPEATED)


def _value(name: str, value: str) -> str:
    """White space is nothing in a name, and a prefix is whatever the file calls the namespace."""
    if name == etree.QName(NAMESPACES["xsi"], "type").text:
        return value.rpartition(":")[2]
    return " ".join(value.split()) if name == "name" else value


def short(name: str) -> str:
    """`sag:deadline` for the full name; BPMN's own words, DMN's and those of no namespace stand alone."""
    namespace, _, word = name.rpartition("}")
    namespace = namespace.removeprefix("{")
    prefix = "" if "/spec/DMN/" in namespace else _PREFIXES.get(namespace, namespace)
    return f"{prefix}:{word}" if prefix else word


def is_picture(node: Any) -> bool:
    """Whether it says only how something is drawn."""
    namespace = etree.QName(node).namespace or ""
    return namespace.startswith(_EDITORS[:2]) or (
        namespace.startswith(("http://www.omg.org/spec/", "https://www.omg.org/spec/"))
        and namespace.endswith(_PICTURES)
    )


def _is_of_editor(name: str) -> bool:
    return any(one in name for one in _EDITORS)


def _draw(node: Any, parts: Parts) -> None:
    """Shapes and edges by the element that they draw; ids of the picture itself are nobody's business."""
    inner = [child for child in node if local(child)]
    drawn = node.get("bpmnElement") or node.get("dmnElementRef")
    if drawn and local(node) in ("BPMNShape", "BPMNEdge", "DMNShape", "DMNEdge"):
        parts.draw(drawn, _drawing(node))
        return
    own = "".join(f" {key}={value}" for key, value in sorted(node.attrib.items()) if key != "id")
    if own or not inner:
        parts.draw(local(node), own)
    for child in inner:
        _draw(child, parts)


def _drawing(node: Any) -> str:
    attributes = sorted((key, value) for key, value in node.attrib.items() if key != "id")
    return f"{local(node)}{attributes}{[_drawing(child) for child in node if local(child)]}"
