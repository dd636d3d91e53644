"""Works out what a form's expressions say: what is hidden, what is required, which limits hold, what is calculated.

1. All expressions of the form go to FEEL in one batch. Names mean: answers first, then variables, then facts; in a row its
   own fields come before all others, `this` is the row, `parent` what surrounds it, `i` its number from 1 (as in form-js).
2. A hidden answer does not count for other conditions. So where the batch hid something that was answered, or calculated
   something new, the batch is run again until nothing changes.
3. Conditions that hide each other in a circle never settle; after `MAX_ROUNDS` what they disagree on is shown: no answer is
   lost by a mistake in a form.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from casework import feel
from casework.forms.paths import get, put
from casework.forms.survey import ROW, Place, Survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms.component import Form
    from casework.forms.context import Context

MAX_ROUNDS = 10

_WORD = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')


def resolve(form: Form, looked_at: Survey, context: Context) -> None:
    """Set `is_hidden`, `worked_out` and the values of calculated fields on the places. Raises FeelError on a runaway."""
    if not form.has_expressions:
        return
    places = looked_at.places
    wanted = [(p, purpose, text) for p in places for purpose, text in p.component.expressions]
    names = frozenset().union(*(_names(text) for _, _, text in wanted))
    scopes = _Scopes(places, context, names)
    seen, hidden = None, frozenset[Place]()
    for _ in range(MAX_ROUNDS):
        values = scopes.values()
        if values == seen:
            return
        seen, previous = values, hidden
        _apply(wanted, feel.attempt([feel.Question(text, values[place.row]) for place, _, text in wanted]))
        hidden = frozenset(place for place, _, _ in wanted if place.is_hidden)
    for place, _, _ in wanted:
        place.is_hidden = place in hidden & previous


def _apply(wanted: list[tuple[Place, str, str]], outcomes: list[feel.Evaluation | feel.FeelError]) -> None:
    for (place, purpose, _), outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, feel.FeelError):
            raise outcome
        if purpose == "hide":
            place.is_hidden = outcome.value is True
        elif purpose == "expression":
            place.value = outcome.value
        else:
            place.worked_out[purpose] = outcome.value


def required(place: Place) -> bool:
    """Whether an answer must be given here, as worked out."""
    said = place.component.rules.required
    return place.worked_out.get("required") is True if isinstance(said, str) else said


def limits(place: Place) -> tuple[Any, Any]:
    """The least and the most, as worked out; None where there is no limit."""
    rules = place.component.rules
    return place.worked_out.get("minimum", _plain(rules.minimum)), place.worked_out.get(
        "maximum", _plain(rules.maximum)
    )


def _plain(limit: object) -> object:
    return None if isinstance(limit, str) and limit.startswith("=") else limit


def steering(form: Form) -> frozenset[str]:
    """The names that some expression of the form looks at: when their answer changes, the page must be drawn anew."""
    return frozenset().union(*(_names(text) for _, c in form.walk() for _, text in c.expressions))


@lru_cache(maxsize=4096)
def _names(expression: str) -> frozenset[str]:
    """Every word outside of strings: more than the variables, but `now` and others that are functions too are among them."""
    return frozenset(_WORD.findall(_STRING.sub(" ", expression)))


class _Scopes:
    """The values that expressions see, at the top and in each row."""

    def __init__(self, places: list[Place], context: Context, names: frozenset[str]) -> None:
        self._places = places
        self._names = names
        known = {**context.facts, **context.variables, "now": context.now}
        self._known = {name: value for name, value in known.items() if name in names}
        self._rows = [place for place in places if place.component is ROW]

    def values(self) -> dict[Place | None, dict[str, Any]]:
        """Everything that the expressions of a row may name, and (under None) those at the top; hidden answers are None."""
        answers = self._answers()
        top = {**self._known, **{name: value for name, value in answers.items() if name in self._names}}
        return {None: top, **{row: {**top, **self._row(row, answers)} for row in self._rows}}

    def _answers(self) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for place in self._places:
            if place.component.is_list:
                put(answers, place.path, [{} for _ in range(_row_count(place))])
            elif place.holds_answer:
                put(answers, place.path, place.value if place.is_shown else None)
        for place in reversed(self._places):
            if place.component.is_list and not place.is_shown:
                put(answers, place.path, None)
        return answers

    def _row(self, row: Place, answers: Mapping[str, Any]) -> dict[str, Any]:
        outer, own = row.row, get(answers, row.path) or {}
        values = {**own, "this": own, "parent": get(answers, outer.path) if outer else answers, "i": _number(row)}
        seen = self._row(outer, answers) if outer else {}
        return {**seen, **{name: value for name, value in values.items() if name in self._names}}


def _row_count(place: Place) -> int:
    return len(place.answer) if place.wrong is None and isinstance(place.answer, list) else 0


def _number(row: Place) -> int:
    return int(row.path.rpartition(".")[2]) + 1
