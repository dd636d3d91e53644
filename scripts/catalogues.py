"""Checks that every sentence a person can see has one Danish, that both leave the same holes, and that none is left over.

Sentences are the first argument of `message(…)` in Python and of `_(…)` in templates; see `casework/i18n.py`.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from casework.i18n import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CODE = ("casework", "api", "workers")
CATALOGUES = ROOT / "casework" / "locale" / "da"
KEYWORDS = {"message", "_", "say"}


#: What else may stand behind the colon of a hole.
NUMBER_FORM = re.compile(r"0?[0-9]*(\.[0-9]+)?[df%]?")


@dataclass(frozen=True)
class Sentence:
    """One English sentence and where it stands."""

    place: str
    text: str


@dataclass(frozen=True)
class Translation:
    """One entry of a catalogue."""

    place: str
    english: str
    danish: str


def main() -> None:
    """Print what is wrong; exit code 1 if anything is."""
    sentences, translations = list(find_sentences()), list(read_catalogues())
    findings = sorted(
        {*missing(sentences, translations), *twice(translations), *odd(translations), *unused(translations)}
    )
    print("\n".join([*findings, f"{len(sentences)} sentences, {len(findings)} findings"]))
    sys.exit(1 if findings else 0)


def missing(sentences: list[Sentence], translations: list[Translation]) -> Iterator[str]:
    """Sentences without Danish."""
    english = {translation.english for translation in translations}
    return (
        f"{sentence.place}: no Danish for: {sentence.text}" for sentence in sentences if sentence.text not in english
    )


def twice(translations: list[Translation]) -> Iterator[str]:
    """Sentences that two catalogues say differently."""
    first: dict[str, str] = {}
    for translation in translations:
        if first.setdefault(translation.english, translation.danish) != translation.danish:
            yield f"{translation.place}: a second Danish for {translation.english!r}: {translation.danish!r}"


def odd(translations: list[Translation]) -> Iterator[str]:
    """Sentences whose Danish leaves other holes, or asks for a form of days and instants that there is not."""
    for translation in translations:
        english, danish = _holes(translation.english), _holes(translation.danish)
        if {name for name, _ in english} != {name for name, _ in danish}:
            yield f"{translation.place}: holes differ: {translation.english!r} → {translation.danish!r}"
        for name, form in english | danish:
            if form not in FORMS and not NUMBER_FORM.fullmatch(form):
                yield f"{translation.place}: no such form: {{{name}:{form}}}"


def unused(translations: list[Translation]) -> Iterator[str]:
    """Danish for what is said nowhere. A word of an enumeration counts as said where it stands as a text."""
    said = {sentence.text for sentence in find_sentences()} | set(_texts_of_code())
    return (f"{t.place}: said nowhere: {t.english}" for t in translations if t.english not in said)


def read_catalogues() -> Iterator[Translation]:
    """Every entry of every Danish catalogue."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                if entry.id and entry.string and not entry.fuzzy:
                    yield Translation(str(path.relative_to(ROOT)), str(entry.id), str(entry.string))


def find_sentences() -> Iterator[Sentence]:
    """Every sentence of code and templates."""
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


def _texts_of_code() -> Iterator[str]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _sentences_of_template(path: Path) -> Iterator[Sentence]:
    with path.open("rb") as file:
        for line, _, text, _ in babel_extract(file, sorted(KEYWORDS), [], {"silent": "false"}):
            # What is no sentence written out there (a word of an enumeration, a diagram's name) comes as None.
            first = text[0] if isinstance(text, tuple) and text else text
            if isinstance(first, str):
                yield Sentence(f"{path.relative_to(ROOT)}:{line}", first)


def _holes(text: str) -> set[tuple[str, str]]:
    """Name and form of each hole."""
    return {(name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    main()
