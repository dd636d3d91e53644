"""CPR numbers among the answers of a form: sealed before they are kept, masked when shown, opened for who may see them."""

from __future__ import annotations

import base64
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from casework import crypto
from casework.forms.cpr import masked as mask
from casework.forms.paths import get, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.forms import Component, Form

#: Associated data of the seal: drafts and submissions share it, so that a draft can be handed in as it is.
COLUMN = "submission.answers"
#: A sealed answer is `{"$sealed": base64, "masked": "010112-••••"}`.
SEALED, MASKED = "$sealed", "masked"
#: What stands for the four secret digits.
HIDDEN = "••••"


def seal(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers with every CPR number sealed; what is sealed already stays as it is."""
    if not any(component.is_masked for _, component in form.fields):
        return answers
    return _sealed(form.components, answers)


def kept_sealed(answers: Any, before: Any) -> Any:
    """Answers with those sealed that were sealed `before` and are the same: the form of a task that was moved to another
    version may not ask for a number any more that its draft still holds.
    """
    if isinstance(answers, dict) and isinstance(before, dict) and SEALED not in before:
        return {name: kept_sealed(value, before.get(name)) for name, value in answers.items()}
    if isinstance(answers, list) and isinstance(before, list) and len(answers) == len(before):
        return [kept_sealed(one, other) for one, other in zip(answers, before, strict=True)]
    if isinstance(before, dict) and SEALED in before and answers == unseal(before):
        return before
    return answers


def masked(answers: Any) -> Any:
    """Answers as lists and pages may show them."""
    return _changed(answers, lambda sealed: sealed[MASKED])


def unseal(answers: Any) -> Any:
    """Answers as they were given. Only for the person who fills in the form, or after the look has been put on record."""
    return _changed(answers, lambda sealed: crypto.decrypt(base64.b64decode(sealed[SEALED]), COLUMN))


def hide(form: Form | None, answers: dict[str, Any]) -> dict[str, Any]:
    """Plain answers with every CPR number masked, for readers who may not have it."""
    hidden: dict[str, Any] = masked(seal(form, answers)) if form else answers
    return hidden


def is_masked(answer: object) -> bool:
    """Whether it is a mask and not what was answered."""
    return isinstance(answer, str) and HIDDEN in answer


def restore(form: Form | None, answers: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Put the known number where its mask came back unchanged. Not in lists: two siblings may have the same mask."""
    restored = deepcopy(answers)
    for path in _single_numbers(form):
        number = get(known, path)
        if isinstance(number, str) and is_masked(get(answers, path)) and get(answers, path) == mask(number):
            put(restored, path, number)
    return restored


def _single_numbers(form: Form | None) -> list[str]:
    return [path for path, component in form.fields if component.is_masked and "*" not in path] if form else []


def _sealed(components: tuple[Component, ...], answers: dict[str, Any]) -> dict[str, Any]:
    found = dict(answers)
    for component in components:
        value = found.get(component.key) if component.key else None
        if component.is_list and isinstance(value, list):
            rows = [_sealed(component.components, row) if isinstance(row, dict) else row for row in value]
            found[component.key] = rows
        elif component.components and not component.is_list:
            inner = _sealed(component.components, value if isinstance(value, dict) else found)
            found = {**found, component.key: inner} if isinstance(value, dict) else inner
        elif component.is_masked and isinstance(value, str) and value:
            found[component.key] = _seal(value)
    return found


def _seal(number: str) -> dict[str, str]:
    return {SEALED: base64.b64encode(crypto.encrypt(number, COLUMN)).decode(), MASKED: mask(number)}


def _changed(value: Any, change: Callable[[dict[str, str]], str]) -> Any:
    if isinstance(value, list):
        return [_changed(inner, change) for inner in value]
    if not isinstance(value, dict):
        return value
    if SEALED in value:
        return change(value)
    return {name: _changed(inner, change) for name, inner in value.items()}
