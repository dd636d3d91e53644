"""The API against its own description: what schemathesis makes up, well formed or not, never breaks it.

Ids in paths are those of real things most of the time, so that more than the 404 is tried. The same every time; what it finds
becomes a test of its own beside the endpoint.
"""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth

from tests.api.test_incidents import STUCK
from tests.factories import a_deadline, a_document, a_handoff, a_message, a_package, a_team_member, an_instance_move
from tests.operations.asking import started
from tests.operations.intake import release_intake
from tests.operations.processes import a_form, field, release

#: Of each address, well formed and not; the proof sends many more.
EXAMPLES, MANY = 4, 40
#: What is well formed may still be refused: forms, units and laws have rules that no schema tells.
REFUSALS = ["2xx", "400", "401", "403", "404", "409", "422"]
BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def things(api, cast):
    """Ids by the name that they have in paths: Emil's case with all that can stand on one."""
    release_intake()
    system = api.system()
    came = {"answers": {"barnNavn": "Emil Brandt Lauritsen", "barnCpr": "1403144567", "bekymring": "Fravær"}}
    reference = system.post("/notifications", came).get_json()["reference"]
    task = system.get(f"/notifications/{reference}").get_json()["task_id"]
    release(STUCK, forms={"F01": a_form("F01", field("spor", variable="spor"))})
    begun = started(cast)
    incident = system.post(f"/tasks/{begun.task_ids[0]}/completion", {"answers": {}}).get_json()["incident_id"]
    version = system.get("/process-versions").get_json()["items"][0]["process_version_id"]
    system.post("/processes/p/retirement", {"reason": "Bruges ikke mere"})
    return {
        "case_id": str(cast.case_id),
        "task_id": task,
        "instance_id": str(begun.instance_id),
        "reference": reference,
        "document_id": str(a_document(cast.case_id).id),
        "package_id": str(a_package(cast.case_id).id),
        "deadline_id": str(
            a_deadline(cast.case_id, due_class="LOKAL", instance_id=begun.instance_id, process_id="p").id
        ),
        "handoff_id": str(a_handoff(cast.case_id).id),
        "message_id": str(a_message(cast.case_id).id),
        "member_id": str(a_team_member(cast.case_id, cast.peter).id),
        "incident_id": incident,
        "version_id": version,
        "move_id": str(an_instance_move(version).id),
        "draft_id": system.post("/processes/p/draft").get_json()["id"],
        "request_id": system.get("/process-requests").get_json()["items"][0]["id"],
        "process_id": "p",
        "version": 1,
        "name": "foedselsdato",
        "key": "R1",
    }


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)  # the one that takes less
@pytest.mark.parametrize(
    "examples",
    [
        pytest.param(EXAMPLES, marks=pytest.mark.timeout(400)),
        pytest.param(MANY, marks=[pytest.mark.proof, pytest.mark.timeout(3600)]),
    ],
)
def test_nothing_that_can_be_sent_breaks_it(application, api, things, examples):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    schema.config.generation.update(with_security_parameters=False)
    schema.config.checks.positive_data_acceptance.expected_statuses = REFUSALS
    system = api.system()
    callers = [system, system, api.karin, api.karin, api.peter, api.nobody]
    failures = []

    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in GenerationMode:
            try:
                _try(operation, mode, callers, things, examples)
            except Unsatisfiable:
                continue  # nothing about such a request can be wrong
            except FailureGroup as found:
                failures += [f"{operation.label} ({mode.name.lower()}): {one}" for one in found.exceptions]

    assert not failures, "\n\n".join(failures)


def _try(operation, mode, callers, things, examples):
    cases = operation.as_strategy(generation_mode=mode)

    @settings(BOUNDED, max_examples=examples)
    @given(
        case=cases,
        caller=st.sampled_from(callers),
        is_real=st.sampled_from([True] * 5 + [False]),
    )
    def send(case, caller, is_real):
        if is_real:
            case.path_parameters = {name: things[name] for name in case.path_parameters or {}}
        response = case.call(headers=_headers(caller))
        case.validate_response(response, excluded_checks=[ignored_auth])  # see test_access

    send()


def _headers(caller):
    """As a client that unpacks nothing: what stands between it and the application here does not."""
    cookie = caller.client.get_cookie("sagsgang")
    return {
        **caller.headers,
        "Accept-Encoding": "identity",
        **({"Cookie": f"sagsgang={cookie.value}"} if cookie else {}),
    }
