"""Checks that every sentence a person can see has its Danish, and that both leave the same holes.

Sentences are the first argument of `message(…)` in Python and of `_(…)` in templates; see `casework/i18n.py`.
"""

from __future__ import annotations

import ast
import string
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CODE = ("casework", "api", "workers")
CATALOGUES = ROOT / "casework" / "locale" / "da"
KEYWORDS = {"message", "_"}


@dataclass(frozen=True)
class Sentence:
    """One English sentence and where it stands."""

    place: str
    text: str


def main() -> None:
    """Print what is wrong; exit code 1 if anything is."""
    danish, findings = _translations()
    sentences = list(_sentences())
    findings += [f"{s.place}: no Danish for: {s.text}" for s in sentences if s.text not in danish]
    findings += [
        f"{CATALOGUES.relative_to(ROOT)}: holes differ: {english!r} → {text!r}"
        for english, text in danish.items()
        if _holes(english) != _holes(text)
    ]
    print("\n".join([*sorted(set(findings)), f"{len(sentences)} sentences, {len(set(findings))} findings"]))
    sys.exit(1 if findings else 0)


def _translations() -> tuple[dict[str, str], list[str]]:
    danish: dict[str, str] = {}
    findings = []
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            entries = [(str(entry.id), str(entry.string)) for entry in read_po(file) if entry.id and entry.string]
        for english, text in entries:
            if danish.setdefault(english, text) != text:
                findings.append(f"{path.relative_to(ROOT)}: a second Danish for {english!r}: {text!r}")
    return danish, findings


def _sentences() -> Iterator[Sentence]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _sentences_of_code(path)
        for path in sorted((ROOT / folder).rglob("*.html")):
            yield from _sentences_of_template(path)


def _sentences_of_code(path: Path) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _called(node) in KEYWORDS and node.args:
            first = node.args[0]
            # A word taken from an enumeration or a diagram is not written out here and is its owner's to test.
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Sentence(f"{path.relative_to(ROOT)}:{node.lineno}", first.value)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _sentences_of_template(path: Path) -> Iterator[Sentence]:
    with path.open("rb") as file:
        for line, _, text, _ in babel_extract(file, sorted(KEYWORDS), [], {"silent": "false"}):
            # What is no sentence written out there (a word of an enumeration, a diagram's name) comes as None.
            first = text[0] if isinstance(text, tuple) and text else text
            if isinstance(first, str):
                yield Sentence(f"{path.relative_to(ROOT)}:{line}", first)


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    main()
