"""Which of some answers a form asks for: a draft that was moved to another version of its process may hold others too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms.component import Component, Form


def known(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those that stand at a field of the form, in groups and rows too. The rest is left out."""
    return _known(form.components, answers)


def _known(components: tuple[Component, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for component in components:
        value = answers.get(component.key) if component.key else None
        if component.is_list and isinstance(value, list):
            found[component.key] = [
                _known(component.components, row) if isinstance(row, dict) else row for row in value
            ]
        elif component.components and not component.is_list:
            inner = _known(component.components, value if isinstance(value, dict) else answers)
            found |= {component.key: inner} if isinstance(value, dict) else inner
        elif component.key and component.key in answers:
            found[component.key] = value
    return found
