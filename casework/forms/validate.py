"""Whether answers may be handed in, and what then is kept: nothing hidden, no empty rows, and what is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.forms.answer import as_answer
from casework.forms.component import ASKED, ComponentType, Form
from casework.forms.conditions import limits, required, resolve
from casework.forms.paths import get, is_blank, put
from casework.forms.rules import as_number, broken, missing
from casework.forms.survey import ROW, Place, Survey, survey
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms.context import Context


@dataclass(frozen=True)
class Settled:
    """`answers` as they may be kept for good when `errors` is empty; `errors` by path, in reading order."""

    answers: dict[str, Any]
    errors: dict[str, list[Message]]


def validate(form: Form, answers: Mapping[str, Any], context: Context) -> dict[str, list[Message]]:
    """Say by path (`foraeldre.0.navn`) what is wrong with typed answers (of `clean` or `clean_json`). Empty: nothing is.

    Hidden fields are neither required nor looked at. Rows without any answer count as not there.
    """
    return settle(form, answers, context).errors


def settle(form: Form, answers: Mapping[str, Any], context: Context) -> Settled:
    """Validate, and give what is to be kept: hidden answers and empty rows dropped, calculated ones filled in.

    What was shown but not answered is there as None, so that a submission says what was asked.
    """
    looked_at = survey(form, answers, context)
    resolve(form, looked_at, context)
    errors = {place.path: wrong for place in looked_at.places if (wrong := _wrong(place, context))}
    errors |= {path: [message("The form has no such field.")] for path in looked_at.unknown}
    return Settled(_kept(looked_at), errors)


def _wrong(place: Place, context: Context) -> list[Message]:
    if place.is_idle or not place.is_shown or place.component.is_readonly:
        return []
    if place.wrong:
        return [place.wrong]
    if place.component.is_list:
        return _wrong_rows(place)
    if place.component.type not in ASKED:
        return []
    if is_blank(place.answer):
        return [missing(place.component)] if required(place) else []
    return broken(place.component, place.value, limits(place), context)


def _wrong_rows(place: Place) -> list[Message]:
    count = place.value or 0
    least, most = (as_number(limit) for limit in limits(place))
    if required(place) and count == 0:
        return [missing(place.component)]
    if least is not None and count < least:
        return [message("Add at least {limit}.", limit=int(least))]
    if most is not None and count > most:
        return [message("There may be at most {limit}.", limit=int(most))]
    return []


def _kept(looked_at: Survey) -> dict[str, Any]:
    """The answers of what is shown, in the shape of the form, rows counted anew."""
    kept: dict[str, Any] = {}
    moved: dict[str, str] = {}
    for place in looked_at.places:
        if not place.is_shown or place.is_idle:
            continue
        path = _moved(place, moved)
        if place.component is ROW:
            moved[place.path] = _new_row(kept, path)
        elif place.component.is_list:
            put(kept, path, [])
        elif place.component.type is ComponentType.EXPRESSION:
            put(kept, path, as_answer(place.value))
        elif place.holds_answer:
            put(kept, path, None if is_blank(place.answer) else place.answer)
    return kept


def _moved(place: Place, moved: Mapping[str, str]) -> str:
    """Where the place is among the kept rows; for a row, the path of its list."""
    path = place.path.rpartition(".")[0] if place.component is ROW else place.path
    return moved[place.row.path] + path[len(place.row.path) :] if place.row else path


def _new_row(kept: dict[str, Any], path: str) -> str:
    rows = get(kept, path)
    rows.append({})
    return f"{path}.{len(rows) - 1}"
