"""The JSON Schema (2020-12) of a form's answers, for descriptions of the API. What holds is decided by `validate` alone.

Left out, because a schema has no words for it: conditions, expressions, past and future. What a condition may hide is
never required here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from casework.forms.component import ASKED, CHOOSES_MANY, CHOOSES_ONE, Component, ComponentType, Form
from casework.forms.rules import longest, scale_ends
from casework.forms.shape import MAX_FILES, MAX_NUMBER
from casework.forms.survey import MAX_ROWS
from casework.forms.written import plain_number
from casework.i18n import DEFAULT_LANGUAGE

_DAY = "(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
CPR = rf"^{_DAY}(0[1-9]|1[0-2])[0-9]{{2}}[ -]?[0-9]{{4}}$"
REFERENCE = r"^[A-Za-z0-9_.:-]{1,200}$"


def json_schema(form: Form, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """Give the schema with titles and descriptions in `language`. Optional answers may be null or missing."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title.text(language),
        **_object(form.components, language),
    }


def _object(components: tuple[Component, ...], language: str, *, may_hide: bool = False) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for component in components:
        is_optional = may_hide or bool(component.hide)
        if component.type is ComponentType.GROUP and not component.key:
            inner = _object(component.components, language, may_hide=is_optional)
            properties |= inner["properties"]
            required += inner.get("required", [])
        elif schema := _schema(component, language, is_optional=is_optional):
            properties[component.key] = schema
            if _is_needed(component) and not is_optional:
                required.append(component.key)
    found = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def _is_needed(component: Component) -> bool:
    if component.type is ComponentType.GROUP:
        return any(_is_needed(inner) and not inner.hide for inner in component.components)
    return component.rules.required is True and not component.is_readonly


def _schema(component: Component, language: str, *, is_optional: bool) -> dict[str, Any] | None:
    said = {"title": component.label.text(language), "description": component.hint.text(language)}
    words = {name: text for name, text in said.items() if text}
    if component.type is ComponentType.GROUP:
        return {**words, **_object(component.components, language, may_hide=is_optional)}
    if component.is_list:
        return {**words, **_rows(component, language)}
    if component.type not in ASKED or component.is_readonly:
        return None
    answer = _answer(component, language)
    return {**words, **(answer if _is_needed(component) else {"anyOf": [answer, {"type": "null"}]})}


def _rows(component: Component, language: str) -> dict[str, Any]:
    least, most = component.rules.minimum, component.rules.maximum
    fewest = max(int(least) if isinstance(least, Decimal) else 0, int(component.rules.required is True))
    return {
        "type": "array",
        "items": _object(component.components, language),
        "maxItems": int(most) if isinstance(most, Decimal) else MAX_ROWS,
        **({"minItems": fewest} if fewest else {}),
    }


def _answer(component: Component, language: str) -> dict[str, Any]:
    kind = component.type
    if component.widget == "employee":
        return {"type": "string", "pattern": REFERENCE}
    if kind in CHOOSES_ONE:
        return _option(component, language)
    if kind in CHOOSES_MANY:
        return {"type": "array", "uniqueItems": True, "items": _option(component, language), **_how_many(component)}
    if kind is ComponentType.NUMBER:
        return _number(component)
    if kind is ComponentType.CHECKBOX:
        return {"type": "boolean"}
    if kind is ComponentType.DATETIME:
        return _moment(component.subtype)
    if kind is ComponentType.FILEPICKER:
        return {"type": "array", "maxItems": MAX_FILES, "items": {"type": "string", "pattern": REFERENCE}}
    return _text(component)


def _how_many(component: Component) -> dict[str, int]:
    least, most = component.rules.minimum, component.rules.maximum
    fewest = max(int(least) if isinstance(least, Decimal) else 0, int(component.rules.required is True))
    return {
        **({"minItems": fewest} if fewest else {}),
        **({"maxItems": int(most)} if isinstance(most, Decimal) else {}),
    }


def _option(component: Component, language: str) -> dict[str, Any]:
    if component.options_key:
        return {"type": "string", "pattern": REFERENCE}
    return {"oneOf": [{"const": option.value, "title": option.label.text(language)} for option in component.options]}


def _number(component: Component) -> dict[str, Any]:
    rules = component.rules
    if component.widget == "scale":
        low, high = scale_ends(component)
        return {"type": "integer", "minimum": low, "maximum": high}
    return {
        "type": "integer" if rules.decimals == 0 else "number",
        "minimum": plain_number(rules.minimum) if isinstance(rules.minimum, Decimal) else -MAX_NUMBER,
        "maximum": plain_number(rules.maximum) if isinstance(rules.maximum, Decimal) else MAX_NUMBER,
        **({"multipleOf": plain_number(rules.step)} if rules.step else {}),
    }


def _moment(subtype: str) -> dict[str, Any]:
    if subtype == "time":
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
    return {"type": "string", "format": "date" if subtype == "date" else "date-time"}


def _text(component: Component) -> dict[str, Any]:
    if component.is_masked:
        return {"type": "string", "pattern": CPR}
    rules = component.rules
    return {
        "type": "string",
        "minLength": max(rules.min_length or 0, int(rules.required is True)),
        "maxLength": longest(component),
        **({"pattern": rules.pattern} if rules.pattern else {}),
    }
