"""What a form needs to know of the world to decide what is shown and what is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework import clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from casework.forms.component import Component, Option


@dataclass(frozen=True)
class Context:
    """`facts` and `variables` are Python values; `choices` are options that the form does not hold itself, by name.

    The name is `employee` for colleagues, else the `valuesKey` of the component. Without an entry any short id is taken.
    """

    now: datetime = field(default_factory=clock.now)
    facts: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)

    def options(self, component: Component) -> Sequence[Option] | None:
        """The options of `component`; None when nobody can say what they are."""
        if component.choices_name:
            return self.choices.get(component.choices_name)
        return component.options
