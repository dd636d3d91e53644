"""The OpenAPI document: APIFlask describes addresses and shapes, here comes what is common to all: keys and scopes, problems,
headers, tags. What it says of an endpoint is what `endpoint` declared; the words stand in `about`.
"""

from __future__ import annotations

from typing import Any

from api.problems import HTTP_TEXTS, MEDIA_TYPE
from api.v1.about import HEADERS, PARAMETERS, PROBLEM, PROBLEMS, TAG_OF, TAGS, TEXT
from api.v1.endpoint import NOTES

#: For the constructor and the configuration of the application.
ABOUT: dict[str, Any] = {"title": "Sagsgang", "version": "1", "spec_path": "/api/v1/openapi.json", "docs_path": None}
CONFIGURATION: dict[str, Any] = {
    "OPENAPI_VERSION": "3.1.0",
    "DESCRIPTION": TEXT,
    "SERVERS": [{"url": "/", "description": "This installation."}],
    "TAGS": [{"name": name, "description": words} for name, words in TAGS.items()],
    "AUTO_404_RESPONSE": False,
    "AUTO_200_RESPONSE": False,
    "AUTO_VALIDATION_ERROR_RESPONSE": False,
    "AUTO_AUTH_ERROR_RESPONSE": False,
    "SECURITY_SCHEMES": {
        "bearer": {"type": "http", "scheme": "bearer", "description": "The key of a service account."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "sagsgang",
            "description": "An employee who has signed in on the pages; what changes something also needs `X-CSRFToken`.",
        },
    },
}


def finish(spec: dict[str, Any]) -> dict[str, Any]:
    """Complete what APIFlask has described."""
    components = spec["components"]
    components["schemas"] = {
        name.rpartition(".")[2]: _tidy(schema) for name, schema in sorted(components.get("schemas", {}).items())
    } | {"Problem": PROBLEM}
    components["responses"] = {f"Problem{status}": _problem(status) for status in PROBLEMS}
    components["headers"] = {
        name: {"description": words, "schema": schema} for name, (words, schema) in HEADERS.items()
    }
    components["parameters"] = {
        name: {"name": name, "in": "header", "description": words, "schema": schema}
        for name, (words, schema) in PARAMETERS.items()
    }
    for path, item in spec["paths"].items():
        for operation in item.values():
            _complete(path, operation)
    return spec


def _complete(path: str, operation: dict[str, Any]) -> None:
    notes = operation.pop(NOTES)
    operation["tags"] = [TAG_OF[_subject(path)]]
    operation["x-scopes"] = [notes["scope"]]
    operation["security"] = [{"bearer": [notes["scope"]]}, {"session": []}]
    operation["summary"], _, rest = operation["summary"].partition(". ")
    words = (rest, operation.get("description", ""), f"Scope: `{notes['scope']}`.")
    operation["description"] = "\n\n".join(part for part in words if part)
    operation["parameters"] = [_described(one) for one in operation["parameters"]] + _header_parameters(notes)
    _add_answers(operation, notes)
    if "requestBody" in operation:
        operation["requestBody"]["required"] = not notes["may_be_empty"]
    operation["responses"] |= {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in _problems(path, operation, notes)
    }


def _problems(path: str, operation: dict[str, Any], notes: dict[str, Any]) -> list[int]:
    """Which can be answered, in order."""
    places = {one.get("in") for one in operation["parameters"]}
    found = {401, 403, 429}
    if "path" in places or _subject(path) == "notifications":
        found.add(404)
    if not notes["only_reads"]:
        found |= {400, 409}
    if "requestBody" in operation:
        found |= {400, 413, 415, 422}
    if "query" in places or notes["if_match"] or notes["is_done_once"]:
        found.add(422)
    return sorted(found)


def _subject(path: str) -> str:
    """The kind of thing a path is about: of `/api/v1/cases/{case_id}/handoffs` the hand-offs."""
    words = [word for word in path.removeprefix("/api/v1/").split("/") if word in TAG_OF]
    return words[-1]


def _header_parameters(notes: dict[str, Any]) -> list[dict[str, Any]]:
    names = ["Accept-Language"]
    names += ["If-Match"] if notes["if_match"] else []
    names += ["Idempotency-Key"] if notes["is_done_once"] else []
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _add_answers(operation: dict[str, Any], notes: dict[str, Any]) -> None:
    """Headers of what is answered; and the answers of views that give no shape."""
    answers = operation["responses"]
    if notes["media_type"]:
        answers["200"] = {"description": "As it is.", "content": {notes["media_type"]: {"schema": {}}}}
    elif not answers:
        answers["204"] = {"description": "Done."}
    names = ["ETag"] if notes["etag"] else []
    names += ["Idempotent-Replayed"] if notes["is_done_once"] else []
    for answer in answers.values():
        answer["description"] = {"Successful response": "Done."}.get(answer["description"], answer["description"])
        if names:
            answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _described(parameter: dict[str, Any]) -> dict[str, Any]:
    """Words belong to the parameter; and what is not given is left out, never null."""
    schema = _tidy(dict(parameter["schema"]))
    words = {"description": schema.pop("description")} if "description" in schema else {}
    if schema.get("default", "") is None:
        del schema["default"]
    kinds = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    return {**parameter, **words, "schema": {**schema, **(kinds[0] if kinds else {})}}


def _problem(status: int) -> dict[str, Any]:
    example = {
        "type": f"urn:sagsgang:problem:http-{status}",
        "title": HTTP_TEXTS.get(status, HTTP_TEXTS[400]).text("en"),
    }
    headers = {401: "WWW-Authenticate", 429: "Retry-After"}
    found = {
        "description": PROBLEMS[status],
        "content": {
            MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": {**example, "status": status}}
        },
    }
    name = headers.get(status)
    return {**found, "headers": {name: {"$ref": f"#/components/headers/{name}"}}} if name else found


def _tidy(schema: Any) -> Any:
    """Without the titles that pydantic makes up of names."""
    if isinstance(schema, list):
        return [_tidy(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {key: _tidy(one) for key, one in value.items()} if name == "properties" else _tidy(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str))
    }
