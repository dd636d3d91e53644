"""Files of other tools, written so that the editors keep every part of them.

The editors read UTF-8 only and of DMN only 1.3, know some prefixes by heart, and drop a part whose id XML does not allow: a timer
would be gone without a word. What needs none of this stays byte for byte as it came.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lxml import etree

from casework.diagrams import DMN_NAMESPACES, NAMESPACES, bpmn, local, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_UTF8 = frozenset({"", "ascii", "us-ascii", "utf-8", "utf8"})
#: What the editors take for an id. They allow a prefix with a colon too; the engine does not.
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_ODD = re.compile(r"[^A-Za-z0-9_-]+", re.ASCII)
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_LONGEST = 80
#: Ends of the names of parts that have a place in pictures.
_NAMED = (
    "Task",
    "task",
    "Event",
    "Gateway",
    "rocess",
    "ollaboration",
    "Activity",
    "Flow",
    "ssociation",
    "Annotation",
    "lane",
    "participant",
)
#: Attributes that are words for people, never names of other parts.
_WORDS = frozenset({"name", "label", "documentation"})
_DECLARED = re.compile(r"""(?i)(\A\ufeff?<\?xml[^>]*?)\s+encoding\s*=\s*(["'])(?!utf-?8\2)[a-z0-9._-]*\2""")


#: DMN 1.1 to 1.5 name their parts alike, and their namespaces by the day of the edition.
_DMN = re.compile(rb"https?://www\.omg\.org/spec/DMN/20\d{6}/(MODEL/|DMNDI/|DC/|DI/|(?i:dmn)\d*\.xsd)")
#: What the editors know by heart, of each kind of file.
_OF_DMN = {
    "dmn": DMN_NAMESPACES[0],
    "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
    "biodi": "http://bpmn.io/schema/dmn/biodi/2.0",
}
_DMN_1_3 = {b"DMNDI/": "dmndi", b"DC/": "dc", b"DI/": "di"}


def editable(content: bytes) -> bytes:
    """The same diagram or decisions as the editors can keep them. Refuses (DiagramError) what is no XML."""
    root = read(content)
    if "/DMN/" not in root.tag:
        return _kept(content, root, NAMESPACES)
    if etree.QName(root).namespace != DMN_NAMESPACES[0]:
        text = content if _is_utf8(root) else _written(root)
        content = _DMN.sub(lambda found: _OF_DMN[_DMN_1_3.get(found[1], "dmn")].encode(), text)
        root = read(content)
    return _kept(content, root, _OF_DMN)


def in_utf8(text: str) -> bytes:
    """What somebody sends as text: whatever encoding its first line names, it is UTF-8 now."""
    return _DECLARED.sub(r"\1", text, count=1).encode(errors="surrogatepass")


def plain(text: str) -> str:
    """An id or name of letters, digits and underscores, whatever somebody has called it."""
    found = _ODD.sub("_", text.translate(_LETTERS)).strip("_-")[:_LONGEST]
    return found if found[:1].isalpha() else f"id_{found}"[:_LONGEST]


def _kept(content: bytes, root: Any, known: Mapping[str, str]) -> bytes:
    ids, nameless, clashing = _renamed_ids(root), _nameless(root), _clashing(root, known)
    if _is_utf8(root) and not ids and not nameless and not clashing:
        return content
    _rename(root, ids)
    _name(nameless, root)
    return _written(_with_prefixes(root, clashing) if clashing else root)


def _is_utf8(root: Any) -> bool:
    return (root.getroottree().docinfo.encoding or "").lower() in _UTF8


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _renamed_ids(root: Any) -> dict[str, str]:
    """Those that XML does not allow, each with one that it does and that nothing else has."""
    ids = [node.get("id") for node in root.iter() if node.get("id") and local(node)]
    names = _Names(ids)
    return {one: names.new(plain(one)) for one in dict.fromkeys(ids) if not _ID.fullmatch(one)}


def _rename(root: Any, ids: dict[str, str]) -> None:
    """Ids, and whatever names them: an attribute, or the text of a reference."""
    for node in root.iter():
        for name, value in node.attrib.items():
            if value in ids and name not in _WORDS:
                node.set(name, ids[value])
        if len(node) == 0 and (text := (node.text or "").strip()) in ids and local(node) not in _WORDS:
            node.text = ids[text]


def _nameless(root: Any) -> list[Any]:
    """What is drawn or done and has no id."""
    return [node for node in root.iter(bpmn("*")) if not node.get("id") and local(node).endswith(_NAMED)]


def _name(nameless: list[Any], root: Any) -> None:
    names = _Names(node.get("id") for node in root.iter() if node.get("id"))
    for node in nameless:
        node.set("id", names.new(f"{local(node)}_"))


def _clashing(root: Any, known: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Prefixes that the editors know for another namespace, with theirs, each with a new prefix."""
    used = {declared for _, declared in etree.iterwalk(root, events=("start-ns",)) if declared[0]}
    names = _Names({prefix for prefix, _ in used} | known.keys())
    return {declared: names.new(f"{declared[0]}_") for declared in sorted(used) if known.get(*declared) != declared[1]}


def _with_prefixes(root: Any, clashing: dict[tuple[str, str], str]) -> Any:
    """A copy in which a prefix that clashes is another one."""
    spaces: dict[Any, str] = {}
    above: list[Any] = []
    made: Any = None
    for event, found in etree.iterwalk(root, events=("start-ns", "start", "end")):
        if event == "start-ns":
            spaces[clashing.get(found, found[0]) or None] = found[1]
        elif event == "start":
            inside = (lambda tag, **more: etree.SubElement(above[-1], tag, **more)) if above else etree.Element
            made = inside(found.tag, nsmap=spaces)
            made.text, made.tail = found.text, found.tail
            made.attrib.update(found.attrib)
            above.append(made)
            spaces = {}
        else:
            made = above.pop()
    return made


class _Names:
    """Gives names that nothing has yet; what has had a number goes on from it, however many there are."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken, self._numbers = set(taken), Counter[str]()

    def new(self, name: str) -> str:
        found = name
        while found in self._taken:
            self._numbers[name] += 1
            found = f"{name}{self._numbers[name]}"
        self._taken.add(found)
        return found
