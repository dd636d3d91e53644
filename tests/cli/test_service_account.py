import json

from click.testing import CliRunner

from casework.cli import casework
from casework.queries.load_service_actor import load_service_actor


def test_prints_a_key_that_calls_with_its_scopes_only(cast):
    given = CliRunner().invoke(
        casework,
        ["service-account", "Skoleportalen", "--scope", "notifications:write", "--unit", "modtagelse_nord", "--json"],
    )

    who = load_service_actor(json.loads(given.output)["key"])
    assert given.exit_code == 0
    assert (who.name, who.scopes, who.units) == (
        "Skoleportalen",
        frozenset({"notifications:write"}),
        frozenset({"modtagelse_nord"}),
    )


def test_refuses_a_scope_that_does_not_exist(cast):
    given = CliRunner().invoke(casework, ["service-account", "X", "--scope", "everything", "--language", "en"])

    assert given.exit_code == 2
    assert "Unknown scope: everything." in given.output


def test_refuses_a_second_account_of_one_name(cast):
    arguments = ["service-account", "Skoleportalen", "--scope", "cases:read", "--language", "en"]
    CliRunner().invoke(casework, arguments)

    again = CliRunner().invoke(casework, arguments)

    assert again.exit_code == 2
    assert "already a service account" in again.output
