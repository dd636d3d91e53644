"""What must be mended before a form may be released: said to the process owner, with the component and a mend.

Here stands what concerns the form as a whole; what concerns one component is in `lint_component`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casework import feel
from casework.errors import CaseworkError
from casework.forms.component import ASKED, Component, ComponentType, Form
from casework.forms.finding import Finding
from casework.forms.lint_component import CHECKS
from casework.forms.reading import read
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def lint(data: bytes | str) -> list[Finding]:
    """Give every finding in a form-js file. Never raises: an unusable file is one finding."""
    try:
        form, findings = read(data)
    except CaseworkError as error:
        return [Finding("", "unusable", error.message, message("Export the form anew from the editor."))]
    parts = [found for path, component in form.walk() for check in CHECKS for found in check(path, component)]
    return [*findings, *_nothing_asked(form), *_twice(form), *_circles(form), *parts]


def _nothing_asked(form: Form) -> Iterator[Finding]:
    if not any(component.type in ASKED for _, component in form.walk()):
        yield Finding("", "empty", message("The form asks nothing."), message("Add a field."))


def _twice(form: Form) -> Iterator[Finding]:
    paths = [path for path, _ in form.fields] + sorted(_groups(form))
    for path, count in Counter(paths).items():
        if count > 1:
            sentence = message("{count} fields have the key »{key}«.", count=count, key=path)
            yield Finding(path, "duplicate-key", sentence, message("Give each field a key of its own."))
    for purpose in ("variable", "fact"):
        named = Counter(getattr(c, purpose) for _, c in form.fields if getattr(c, purpose))
        for name in (name for name, count in named.items() if count > 1):
            sentence = message("Several fields set »{name}«; the last one that is answered would win.", name=name)
            mend = message("Let one field set it, or make sure that only one of them is ever shown.")
            yield Finding(name, f"duplicate-{purpose}", sentence, mend, "warning")


def _groups(form: Form) -> frozenset[str]:
    return frozenset(path for path, c in form.walk() if c.type is ComponentType.GROUP and c.key)


def _circles(form: Form) -> Iterator[Finding]:
    """Fields whose being shown depends, over other fields, on themselves."""
    needs = dict(_needs(form.components, frozenset()))
    for key, names in needs.items():
        if key in _reached(needs, names):
            sentence = message(
                "Whether »{key}« is shown depends on itself, over the conditions of other fields.", key=key
            )
            yield Finding(
                key, "circle", sentence, message("Take one of the fields out of the other's condition."), "warning"
            )


def _needs(components: Iterable[Component], outer: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each key with the names that decide whether it is shown."""
    for component in components:
        names = outer | (_names(component.hide) if component.hide else frozenset())
        if component.key:
            yield component.key, names
        yield from _needs(component.components, names)


def _names(expression: str) -> frozenset[str]:
    return frozenset() if feel.check(expression) else feel.names(expression)


def _reached(needs: Mapping[str, frozenset[str]], start: frozenset[str]) -> frozenset[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        new = needs.get(waiting.pop(), frozenset()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
