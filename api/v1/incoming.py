"""What callers send: JSON read once and strictly, each wrong field named in the reader's language, and nothing in it that the
database or the clockwork cannot keep. APIFlask asks the `Adapter` for every body and query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from apiflask.schema_adapters import registry
from apiflask.schema_adapters.pydantic import PydanticAdapter
from pydantic import ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from api.problems import MalformedError
from api.v1.free_json import CHARACTERS, FORM, WRONG, YEAR
from api.v1.shapes import In
from casework.errors import InvalidError
from casework.i18n import Message, message

if TYPE_CHECKING:
    from flask import Request
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_DAY = message("This must be a day, as 2026-11-23.")
_INSTANT = message("This must be an instant with its zone, as 2026-11-23T09:00:00+01:00.")
_ID = message("This must be an id (UUID).")
_WHOLE = message("This must be a whole number.")
#: Pydantic's kinds of errors; holes are what it says of them.
_WORDS = {
    "missing": message("This must be given."),
    "extra_forbidden": message("This is not known here."),
    "string_too_short": message("Write at least {min_length} characters."),
    "string_too_long": message("Write at most {max_length} characters."),
    "string_pattern_mismatch": CHARACTERS,
    "string_unicode": CHARACTERS,
    "string_type": message("This must be text."),
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "greater_than_equal": message("This must be at least {ge}."),
    "less_than_equal": message("This must be at most {le}."),
    "bool_type": message("This must be true or false."),
    "literal_error": message("This must be one of {expected}."),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "far_away": YEAR,
    "list_type": message("This must be a list."),
    "dict_type": message("This must be an object."),
    "model_type": message("This must be an object."),
    "too_long": message("At most {max_length} fit here."),
    "too_short": message("At least {min_length} must be given."),
}


class Adapter(PydanticAdapter):
    """Reads requests our way, and describes what is heard and what is said each as it is."""

    def validate_input(self, request: Request, location: str, **_: Any) -> BaseModel:
        """Read the query or the body; MalformedError, InvalidError, or 415."""
        return self._query(request) if location == "query" else self._body(request)

    def get_openapi_schema(self, **_: Any) -> dict[str, Any]:
        """Name shapes by themselves: one shape, one name."""
        mode: Literal["validation", "serialization"] = (
            "validation" if issubclass(self.model_class, In) else "serialization"
        )
        schema: dict[str, Any] = self.model_class.model_json_schema(
            ref_template="#/components/schemas/{model}", mode=mode
        )
        return schema

    def _query(self, request: Request) -> BaseModel:
        given = request.args.to_dict(flat=False)
        if twice := [name for name, found in given.items() if len(found) > 1]:
            raise InvalidError(WRONG, {name: [message("This may be given once only.")] for name in twice})
        try:
            return self.model_class.model_validate({name: found[0] for name, found in given.items()})
        except ValidationError as error:
            raise _invalid(error.errors()) from None

    def _body(self, request: Request) -> BaseModel:
        raw = request.get_data()
        if not raw and not any(field.is_required() for field in self.model_class.model_fields.values()):
            return self.model_class()
        if not request.is_json:
            raise UnsupportedMediaType
        try:
            return self.model_class.model_validate_json(raw, strict=True)
        except ValidationError as error:
            raise _invalid(error.errors()) from None


registry.register("pydantic", Adapter)


def _invalid(errors: list[ErrorDetails]) -> InvalidError | MalformedError:
    if errors[0]["type"] == "json_invalid":
        return MalformedError(message("This is no JSON: {details}.", details=errors[0]["ctx"]["error"]))
    fields: dict[str, list[Message]] = {}
    for error in errors:
        fields.setdefault(".".join(map(str, error["loc"])) or "body", []).append(_words(error))
    return InvalidError(WRONG, fields)


def _words(error: ErrorDetails) -> Message:
    said = _WORDS.get(error["type"], FORM)
    return Message(said.id, {name: str(value) for name, value in error.get("ctx", {}).items()})
