"""What the case already knows, filled in and marked with where it comes from. Facts only; no answer is ever a default."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import clock, feel
from casework.forms.answer import as_answer
from casework.forms.context import Context
from casework.forms.paths import has, is_blank, put
from casework.forms.survey import survey
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms.component import Component, Form

FROM_CASE = message("From the case")
WORKED_OUT = message("Worked out from the case")

#: An answer of an earlier form in an expression: `besvarelser.F08.analyse`.
_ANSWER = re.compile(r"\b(\w+)\.(\w+)\.(\w+)")


@dataclass(frozen=True)
class Prefilled:
    """`value` as an answer (JSON-safe), and where it comes from."""

    value: Any
    source: Message


def prefill(
    form: Form,
    facts: Mapping[str, Any],
    variables: Mapping[str, Any],
    *,
    sources: Mapping[str, Message] | None = None,
) -> dict[str, Prefilled]:
    """Give by path what is known for fields with `fact` or `prefill`; `sources` says by fact or variable where it is from.

    `sources["besvarelser.F08"]` is that of all answers of a form; of several that an expression reads the first counts that
    has been answered. Facts and variables are Python values. What does not fit the field is left out. Fields in rows are
    filled in only as part of a list that names a fact or has an expression.
    """
    fields = [(path, component) for path, component in form.fields if "*" not in path]
    said = {**_expressions(fields, {**facts, **variables, "now": clock.now()}, sources or {})}
    said |= {
        path: Prefilled(as_answer(facts[component.fact]), (sources or {}).get(component.fact, FROM_CASE))
        for path, component in fields
        if path not in said and component.fact in facts
    }
    return _fitting(form, {path: known for path, known in said.items() if not is_blank(known.value)})


def _expressions(
    fields: list[tuple[str, Component]], known: Mapping[str, Any], sources: Mapping[str, Message]
) -> dict[str, Prefilled]:
    wanted = {path: text for path, c in fields if (text := c.properties.get("prefill", "").removeprefix("=").strip())}
    if not wanted:
        return {}
    evaluations = feel.evaluate_all(list(wanted.values()), _nested(known))
    return {
        path: Prefilled(as_answer(evaluation.value), _source(text, known, sources))
        for (path, text), evaluation in zip(wanted.items(), evaluations, strict=True)
    }


def _nested(known: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with a dot in their name as expressions read them: `persons.parents`."""
    plain = {name: value for name, value in known.items() if "." not in name}
    for name, value in known.items():
        if "." in name and name.partition(".")[0] not in known:
            put(plain, name, value)
    return plain


def _source(text: str, known: Mapping[str, Any], sources: Mapping[str, Message]) -> Message:
    for root, form, field in _ANSWER.findall(text):
        source = sources.get(f"{root}.{form}")
        if source and not is_blank(known[root][form].get(field)):
            return source
    return sources.get(text, FROM_CASE if text in known else WORKED_OUT)


def _fitting(form: Form, said: dict[str, Prefilled]) -> dict[str, Prefilled]:
    answers: dict[str, Any] = {}
    for path, known in said.items():
        put(answers, path, known.value)
    looked_at = survey(form, answers, Context())
    wrong = [*(place.path for place in looked_at.places if place.wrong), *looked_at.unknown]
    return {
        path: known
        for path, known in said.items()
        if not any(bad == path or bad.startswith(f"{path}.") for bad in wrong)
    }


def fill(form: Form, answers: Mapping[str, Any], known: Mapping[str, Prefilled]) -> dict[str, Any]:
    """Give `answers` with what is known where nothing was answered yet, and always where nobody may write.

    A field that somebody emptied (None) stays empty.
    """
    filled = deepcopy(dict(answers))
    readonly = {path for path, component in form.fields if component.is_readonly}
    for path, prefilled in known.items():
        if path in readonly or not has(filled, path):
            put(filled, path, deepcopy(prefilled.value))
    return filled
