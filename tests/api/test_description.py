"""The OpenAPI document: valid, complete, and true to what is declared."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema_rs import Draft202012Validator, validator_for

from casework.operations.create_service_account import SCOPES

UNSAFE = {"post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document(application):
    return json.loads(application.test_client().get("/api/v1/openapi.json").data)


@pytest.fixture(scope="module")
def operations(document):
    return [(path, method, one) for path, item in document["paths"].items() for method, one in item.items()]


def parameters(operation):
    return {one.get("name") or one["$ref"].rsplit("/", 1)[1] for one in operation["parameters"]}


def test_is_openapi_3_1_and_given_to_anybody(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Sagsgang"
    assert document["servers"] == [{"url": "/", "description": "This installation."}]


def test_every_reference_leads_somewhere(document):
    for reference in set(re.findall(r'"\$ref": "(#[^"]+)"', json.dumps(document))):
        found = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def test_every_shape_is_json_schema(document):
    for name, schema in document["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Za-z0-9]+", name), name
        whole = {**schema, "components": document["components"]}
        assert validator_for(whole)


def test_every_operation_says_what_it_does_and_who_may(document, operations):
    known = {tag["name"] for tag in document["tags"]}
    ids = [operation["operationId"] for _, _, operation in operations]
    assert len(ids) == len(set(ids))
    for _, method, operation in operations:
        assert operation["summary"].strip(".")
        (scope,) = operation["x-scopes"]
        assert scope in SCOPES
        assert operation["security"] == [{"bearer": [scope]}, {"session": []}]
        assert set(operation["tags"]) <= known
        assert {"401", "403", "429"} <= operation["responses"].keys()
        assert ("409" in operation["responses"]) == (method in UNSAFE and operation["operationId"] != "search_cases")


def test_every_refusal_is_a_problem(document, operations):
    for _, _, operation in operations:
        for status, answer in operation["responses"].items():
            if status.startswith("4"):
                shared = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
                assert list(shared["content"]) == ["application/problem+json"]


def test_bodies_have_examples_that_fit(document, operations):
    for path, _, operation in operations:
        if "requestBody" not in operation:
            continue
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = document["components"]["schemas"][reference.rsplit("/", 1)[1]]
        examples = schema.get("examples", [])
        if schema.get("required") not in (None, ["reason"]):
            assert examples, path
        for example in examples:
            Draft202012Validator({**schema, "components": document["components"]}).validate(example)


def test_every_field_of_a_shape_is_plain_or_explained(document):
    explained = sum(
        "description" in one
        for schema in document["components"]["schemas"].values()
        for one in schema["properties"].values()
    )

    assert all("description" in schema for schema in document["components"]["schemas"].values())
    assert explained > 60


def test_headers_stand_where_they_are_honoured(operations):
    for _, method, operation in operations:
        names = parameters(operation)
        assert "Accept-Language" in names
        assert ("Idempotency-Key" in names) == (method == "post" and operation["operationId"] != "search_cases")
        if "If-Match" in names:
            assert method in UNSAFE
    with_tag = {one["operationId"] for _, _, one in operations if "ETag" in str(one["responses"].get("200"))}
    assert {"get_task", "get_handoff", "get_case", "put_claim", "accept"} <= with_tag


def test_lists_page_by_cursor(operations):
    lists = [one for _, method, one in operations if method == "get" and "cursor" in parameters(one)]

    assert {one["operationId"] for one in lists} == {
        "get_journal",
        "list_cases",
        "list_deadlines",
        "list_handoffs",
        "list_incidents",
        "list_messages",
        "list_tasks",
    }
