"""Reads form-js JSON into a `Form`, within limits, and notes what cannot be understood. What it means is for `lint`."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, NoReturn

from casework.errors import InvalidError, LimitError
from casework.forms.component import CHOOSES_MANY, KEYED, Component, ComponentType, Form, Limit, Option, Rules
from casework.forms.finding import Finding
from casework.forms.words import words
from casework.i18n import Message, message

MAX_BYTES = 1_000_000
MAX_COMPONENTS = 500
MAX_DEPTH = 8
#: Of limits and steps; decimals of many more digits cannot be reckoned with.
MOST_EXPONENT = 30

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")


def read(data: bytes | str) -> tuple[Form, list[Finding]]:
    """Read a form and what could not be understood in it. Refuses what is too large, too deep or no JSON object."""
    raw_bytes = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    if len(raw_bytes) > MAX_BYTES:
        raise LimitError(message("The form is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000))
    raw = _object(raw_bytes)
    reader = _Reader()
    components = reader.components(raw.get("components"), 1)
    properties = _properties(raw)
    title = words(
        raw.get("title") or properties.get("title") or raw.get("id"),
        raw.get("titleEn") or properties.get("titleEn") or properties.get("labelEn"),
    )
    reads = tuple(tuple(keys.split("|")) for keys in properties.get("reads", "").split())
    digest, decides = sha256(raw_bytes).hexdigest(), properties.get("decision") == "true"
    return Form(_string(raw.get("id")), title, components, digest, reads, decides), reader.findings


def _object(data: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidError(message("The form is not readable JSON.")) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("components"), list):
        raise InvalidError(
            message("It is no form of the kind that is used here (form-js): it has no list of components.")
        )
    return raw


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


class _Reader:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._count = 0

    def components(self, raw: object, depth: int) -> tuple[Component, ...]:
        if depth > MAX_DEPTH:
            raise LimitError(message("The form is nested deeper than {limit} levels.", limit=MAX_DEPTH))
        found = (self._component(inner, depth) for inner in (raw if isinstance(raw, list) else []))
        return tuple(component for component in found if component is not None)

    def _component(self, raw: object, depth: int) -> Component | None:
        self._count += 1
        if self._count > MAX_COMPONENTS:
            raise LimitError(message("The form has more than {limit} components.", limit=MAX_COMPONENTS))
        if not isinstance(raw, dict):
            self._note("", "component", message("A component is not an object."), message("Remove it."))
            return None
        kind = self._type(raw)
        return None if kind is None or kind is ComponentType.BUTTON else self._built(kind, raw, depth)

    def _type(self, raw: dict[str, Any]) -> ComponentType | None:
        name = _string(raw.get("type"))
        if name in set(ComponentType):
            return ComponentType(name)
        sentence, mend = (
            (message("HTML is never shown: it could run on the page."), message("Write it as a text."))
            if name == "html"
            else (
                message("A page cannot show »{type}«.", type=name),
                message("Use another kind of field, or remove it."),
            )
        )
        self._note(_name(raw), "unknown-type", sentence, mend)
        return None

    def _refuse_default(self, raw: dict[str, Any]) -> None:
        if raw.get("defaultValue") in (None, "", [], {}):
            return
        self.findings.append(
            Finding(
                _name(raw),
                "default",
                message("A default answer is never shown: nobody chose it."),
                message("Remove it; what the case knows can be filled in by itself."),
                "warning",
            )
        )

    def _built(self, kind: ComponentType, raw: dict[str, Any], depth: int) -> Component:
        self._refuse_default(raw)
        properties = _properties(raw)
        return Component(
            type=kind,
            key=self._key(kind, raw),
            id=_string(raw.get("id")),
            label=words(_label(raw), properties.get("labelEn")),
            hint=words(raw.get("description"), properties.get("descriptionEn")),
            text=words(raw.get("text"), properties.get("textEn") or properties.get("labelEn")),
            subtype=_subtype(raw),
            options=self._options(raw),
            options_key=_string(raw.get("valuesKey")),
            rules=self._rules(kind, raw, properties),
            hide=_expression(_dict(raw.get("conditional")).get("hide")),
            expression=_expression(raw.get("expression")),
            is_readonly=raw.get("readonly") is True or raw.get("disabled") is True,
            row=_string(_dict(raw.get("layout")).get("row")),
            properties=properties,
            components=self.components(raw.get("components"), depth + 1),
        )

    def _key(self, kind: ComponentType, raw: dict[str, Any]) -> str:
        is_path = kind in {ComponentType.GROUP, ComponentType.DYNAMICLIST}
        if kind not in KEYED and not is_path:
            return ""
        key = (
            _string(raw.get("path") or (raw.get("key") if kind is ComponentType.DYNAMICLIST else ""))
            if is_path
            else raw.get("key")
        )
        if kind is ComponentType.GROUP and not key:
            return ""
        if isinstance(key, str) and _KEY.fullmatch(key):
            return key
        self._note(
            _name(raw),
            "key",
            message("The key is missing or has signs that a key cannot have."),
            message("Give a key of letters a–z, digits and underscores."),
        )
        return ""

    def _options(self, raw: dict[str, Any]) -> tuple[Option, ...]:
        values = raw.get("values")
        rows = [row for row in values if isinstance(row, dict)] if isinstance(values, list) else []
        return tuple(Option(str(row.get("value", "")), words(row.get("label"), row.get("labelEn"))) for row in rows)

    def _rules(self, kind: ComponentType, raw: dict[str, Any], properties: dict[str, str]) -> Rules:
        said = _dict(raw.get("validate"))
        required = said.get("required")
        is_date = kind is ComponentType.DATETIME
        is_list = kind is ComponentType.DYNAMICLIST
        chooses = ("minChoices", "maxChoices") if kind in CHOOSES_MANY else ("", "")
        low, high = ("minDate", "maxDate") if is_date else ("minRows", "maxRows") if is_list else chooses
        return Rules(
            required=required.strip() if isinstance(required, str) and required.startswith("=") else required is True,
            minimum=self._limit(raw, properties.get(low) if low else said.get("min"), is_date=is_date),
            maximum=self._limit(raw, properties.get(high) if high else said.get("max"), is_date=is_date),
            step=_decimal(raw.get("increment")),
            decimals=_whole(raw.get("decimalDigits")),
            min_length=_whole(said.get("minLength")),
            max_length=_whole(said.get("maxLength")),
            pattern=_string(said.get("pattern")),
            in_past=properties.get("past") == "true",
            in_future=properties.get("future") == "true" or raw.get("disallowPassedDates") is True,
        )

    def _limit(self, raw: dict[str, Any], limit: object, *, is_date: bool) -> Limit | None:
        if limit is None or limit == "":
            return None
        if isinstance(limit, str) and (limit.startswith("=") or (is_date and _is_date(limit))):
            return limit
        if not is_date and (number := _decimal(limit)) is not None:
            return number
        self._note(
            _name(raw),
            "limit",
            message("»{limit}« is not a limit.", limit=str(limit)[:80]),
            message("Write a number, a date like 2026-11-26, or a formula that begins with =."),
        )
        return None

    def _note(self, component: str, rule: str, sentence: Message, mend: Message) -> None:
        self.findings.append(Finding(component, rule, sentence, mend))


def _label(raw: dict[str, Any]) -> object:
    return raw.get("label") or raw.get("dateLabel") or raw.get("timeLabel")


def _name(raw: dict[str, Any]) -> str:
    return next((n for n in (_string(raw.get(w)) for w in ("key", "path", "id")) if n), "")


def _subtype(raw: dict[str, Any]) -> str:
    subtype = _string(raw.get("subtype"))
    return subtype if subtype in {"date", "time", "datetime"} else "date"


def _properties(raw: dict[str, Any]) -> dict[str, str]:
    return {
        str(name): str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in _dict(raw.get("properties")).items()
        if isinstance(value, (str, bool, int, float))
    }


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _expression(value: object) -> str:
    return _string(value).removeprefix("=").strip()


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= MOST_EXPONENT else None


def _whole(value: object) -> int | None:
    number = _decimal(value)
    return int(number) if number is not None and 0 <= number <= MAX_BYTES else None
