"""The items of a BPMN file: processes, flow nodes, flows, lanes, messages, and the deadlines and variables of `sag:`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.compare.item import Item
from casework.compare.xml_items import short, take_apart
from casework.diagrams import BPMN, SAG, bpmn, local
from casework.engine.vocabulary import FLOW_NODES, SCOPES
from casework.forms.words import Words, words

if TYPE_CHECKING:
    from casework.compare.item import Parts

CONTAINERS = frozenset({"process", *SCOPES})
#: They stand beside the process and are drawn or referred to.
BESIDE = frozenset({"message", "signal", "error", "escalation", "participant", "messageFlow", "collaboration"})
NOTES = frozenset({"textAnnotation", "association", "group", "dataObject", "dataObjectReference", "dataStoreReference"})
#: Words of `sag:` that have a name among their like, and the attribute that gives it.
NAMED_BY = {"law": "key", "deadlineRef": "key", "input": "name", "output": "variable", "assign": "variable"}
_OWN = BESIDE | NOTES | FLOW_NODES | {"process", "sequenceFlow", "lane"}


def bpmn_items(root: Any) -> Parts:
    """Take a diagram apart. A node's lane is a facet of the node, as whoever moves it there means it."""
    parts = take_apart(root, "diagram", _Bpmn(root))
    _put_lanes(root, parts)
    _name_flows(parts)
    return parts


class _Bpmn:
    """The only process of a file is known as that, whatever its id."""

    def __init__(self, root: Any) -> None:
        self.is_alone = len(root.findall(bpmn("process"))) == 1

    def item(self, node: Any, owner: Item) -> Item | None:
        word = local(node)
        if node.tag == f"{{{SAG}}}deadline" and node.get("key"):
            return Item(f"{owner.key}/{node.get('key')}", "deadline", words(node.get("key")), owner.key)
        if node.tag == f"{{{SAG}}}variable" and node.get("name"):
            said = words(node.get("da") or node.get("name"), node.get("en") or node.get("name"))
            return Item(f"{owner.key}/{node.get('name')}", "variable", said, owner.key)
        if not node.tag.startswith(f"{{{BPMN}}}") or word not in _OWN or not _is_placed(word, owner):
            return None
        key = "process" if word == "process" and self.is_alone else node.get("id") or f"{owner.key}/{word}"
        return Item(key, word, _name(node), owner.key, siblings=_siblings(node, word, owner))

    def step(self, node: Any) -> str:
        """What `sag:` gives a name is known by it: another input is another facet."""
        named_by = NAMED_BY.get(local(node)) if node.tag.startswith(f"{{{SAG}}}") else None
        name = node.get(named_by) if named_by else None
        return "" if name is None else f"{short(node.tag)}[{name}]"


def _is_placed(word: str, owner: Item) -> bool:
    """A `lane` or a `message` elsewhere than where BPMN has it is no such thing, but its words are kept."""
    if word in FLOW_NODES or word == "sequenceFlow":
        return owner.kind in CONTAINERS
    return owner.kind in {"diagram", "collaboration", "lane", *CONTAINERS}


def _siblings(node: Any, word: str, owner: Item) -> str:
    """Flows are asked in the order in which they leave a gateway; the first start event is the usual one."""
    if word == "sequenceFlow":
        return f"flows of {node.get('sourceRef')}"
    return f"starts of {owner.key}" if word == "startEvent" else ""


def _name(node: Any) -> Words:
    danish = " ".join((node.get("name") or "").split())
    return words(danish, node.get(f"{{{SAG}}}nameEn") or node.get(f"{{{SAG}}}titleEn") or "")


def _put_lanes(root: Any, parts: Parts) -> None:
    """References to nodes move from the lane to the node; those that lead nowhere stay."""
    places: dict[str, list[str]] = {}
    for lane in root.iter(bpmn("lane")):
        for reference in lane.findall(bpmn("flowNodeRef")):
            places.setdefault((reference.text or "").strip(), []).append(lane.get("id") or "")
    for item in parts.items.values():
        if item.kind == "lane":
            kept = {p: v for p, v in item.facets.items() if not p.startswith("flowNodeRef") or v not in parts.items}
            item.facets = kept
        elif item.kind in FLOW_NODES and item.key in places:
            item.put("lane", " ".join(places[item.key]))


def _name_flows(parts: Parts) -> None:
    """A flow is known by what it joins: »Vurder → Er det akut?«."""
    for item in parts.items.values():
        if item.kind == "sequenceFlow":
            ends = [_end(parts, item.facets.get(f"@{side}Ref", "")) for side in ("source", "target")]
            item.name = words(" → ".join(one.text("da") for one in ends), " → ".join(one.text("en") for one in ends))


def _end(parts: Parts, key: str) -> Words:
    found = parts.items.get(key)
    return found.name if found is not None and found.name else words(key)
