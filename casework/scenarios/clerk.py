"""Fills in a form of a scenario: what it says, what the case knows, and of the rest only what the form insists on.

An answer that the scenario does not care for is the first one that the form takes: the first option, today, yes.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.config import TIME_ZONE
from casework.errors import InvalidError
from casework.forms import ComponentType
from casework.forms.component import CHOOSES_MANY, CHOOSES_ONE
from casework.forms.paths import get, put
from casework.i18n import message
from casework.scenarios.fill_in import UnfillableError, fill_in
from casework.scenarios.words import as_answer, meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms import Component, Context, Form

_TEXT = "Prøve "
#: Days from today that a date is tried with.
_DAYS = (0, 7, -7, 60, -60, 400)


def filled(
    form: Form,
    known: Mapping[str, Any],
    context: Context,
    *,
    wanted: Mapping[str, Any],
    usual: Mapping[str, Any],
    attempt: int = 0,
) -> dict[str, Any]:
    """Answers that the form takes. Of `wanted` every one must stand; of `usual` those that the form asks for now.

    At a later `attempt` choices that nobody cares for fall on later options: the first ones led round in a circle.

    Refuses (InvalidError) what the form does not ask, does not take, or cannot be filled in without.
    """
    answers = deepcopy(dict(known))
    for name, value in usual.items():
        if (path := _path(form, name)) is not None:
            put(answers, path, _fitting(dict(form.fields)[path], value))
    said = {_asked(form, name): value for name, value in wanted.items()}
    fitting = {path: _fitting(dict(form.fields)[path], value) for path, value in said.items()}
    for path, value in fitting.items():
        put(answers, path, deepcopy(value))
    try:
        settled = fill_in(form, answers, context, _Clerk(context, attempt))
    except UnfillableError as error:
        raise InvalidError(
            message("The form cannot be filled in without more answers: {detail}", detail=str(error))
        ) from error
    _check(form, fitting, settled)
    return settled


def _check(form: Form, wanted: Mapping[str, Any], settled: Mapping[str, Any]) -> None:
    for path, value in wanted.items():
        now = get(settled, path)
        if not _holds(now, value):
            said = [option.value for option in dict(form.fields)[path].options]
            raise InvalidError(
                message(
                    "{form}.{field} cannot be {value} here ({instead} stood there). {hint}",
                    form=form.id,
                    field=path,
                    value=repr(value),
                    instead=repr(now),
                    hint=message("It may be: {words}.", words=said) if said else "",
                )
            )


def _holds(now: Any, wanted: Any) -> bool:
    """Rows may have got more answers than were wanted; no answer is as good as an empty one."""
    match wanted:
        case dict() if isinstance(now, dict):
            return all(_holds(now.get(name), value) for name, value in wanted.items())
        case list() if isinstance(now, list):
            return len(now) == len(wanted) and all(map(_holds, now, wanted))
    return now == wanted or (now in (None, "", []) and wanted in (None, "", []))


def _asked(form: Form, name: str) -> str:
    path = _path(form, name)
    if path is None:
        names = sorted(path for path, _ in form.fields if "*" not in path)
        raise InvalidError(
            message("{form} does not ask for {field}; it asks for: {fields}.", form=form.id, field=name, fields=names)
        )
    return path


def _path(form: Form, name: str) -> str | None:
    paths = [path for path, _ in form.fields if "*" not in path]
    return next((path for path in paths if name in (path, path.rpartition(".")[2])), None)


def _fitting(component: Component, value: Any) -> Any:
    """`ja` and `nej` are options of some forms, and yes and no in others."""
    if isinstance(value, list) and component.is_list:
        inner = {one.key: one for one in component.components}
        return [{k: _fitting(inner[k], v) if k in inner else v for k, v in row.items()} for row in value]
    said = as_answer(meant(value, clock.now(), {}))
    if isinstance(said, bool) and component.type is not ComponentType.CHECKBOX:
        word = "ja" if said else "nej"
        return word if word in {option.value for option in component.options} else said
    if component.type is ComponentType.DATETIME and component.subtype == "date" and isinstance(said, str):
        return said.partition("T")[0]  # a day alone is read as its morning
    if component.type in CHOOSES_MANY and isinstance(said, str):
        return [said]
    return said


class _Clerk:
    """Leaves empty what may be left empty."""

    def __init__(self, context: Context, attempt: int) -> None:
        self._context, self._attempt = context, attempt

    def answer(self, component: Component, answers: Mapping[str, Any]) -> Any:  # noqa: ARG002  the protocol of `fill_in`
        """Nothing, until the form insists."""
        return None

    def rows(self, component: Component) -> list[dict[str, Any]]:
        """As many as there must be, with something in each: an empty row is none."""
        inner = [one for one in component.components if one.key and not one.is_readonly and not one.components]
        needed = [one for one in inner if one.rules.required is True] or inner[:1]
        least = int(component.properties.get("minRows", "0") or 0)
        return [{one.key: self.otherwise(one, 0) for one in needed} for _ in range(least)]

    def otherwise(self, component: Component, attempt: int) -> Any:
        """The first that may be right."""
        values = [option.value for option in self._context.options(component) or ()]  # also units and colleagues
        if values and (component.type in CHOOSES_ONE | CHOOSES_MANY or component.widget == "employee"):
            first = (attempt + self._attempt) % len(values)
            return values[first:][: component.fewest] if component.type in CHOOSES_MANY else values[first]
        match component.type:
            case ComponentType.CHECKBOX:
                return (attempt + self._attempt) % 2 == 0
            case ComponentType.DATETIME:
                return _date(component, attempt)
            case ComponentType.NUMBER:
                return _number(component) + attempt
            case ComponentType.FILEPICKER:
                return []
        return None if component.is_masked else _text(component)


def _date(component: Component, attempt: int) -> str:
    moment = clock.now().astimezone(TIME_ZONE) + timedelta(days=_DAYS[attempt % len(_DAYS)])
    match component.subtype:
        case "time":
            return "10:00"
        case "datetime":
            return moment.isoformat()
    return moment.date().isoformat()


def _number(component: Component) -> int:
    try:
        return int(str(component.rules.minimum))
    except ValueError:
        return 0


def _text(component: Component) -> str:
    text = _TEXT * (1 + (component.rules.min_length or 1) // len(_TEXT))
    return text[: component.rules.max_length or len(text)].strip() or "P"
