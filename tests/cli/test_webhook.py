"""`casework webhook`."""

import json

import pytest
from click.testing import CliRunner

from casework.cli import casework
from casework.model import SYSTEM
from casework.queries.webhooks import webhooks

ADDRESS = "https://arkiv.fjordby.example/sagsgang"


@pytest.fixture
def database(sqlite_database):
    return sqlite_database


def run(*arguments):
    return CliRunner().invoke(casework, ["webhook", *arguments, "--language", "en"])


def test_sends_messages_until_it_is_ended(cast):
    made = run("Arkivet", ADDRESS, "--message", "UdfaldKlar", "--law", "fvl28", "--unit", "modtagelse_nord", "--json")
    (before,) = webhooks(SYSTEM)
    ended, again = run("Arkivet", "--end"), run("Arkivet", "--end")

    (after,) = webhooks(SYSTEM)
    assert json.loads(made.output) == {"id": str(before.id), "secret": json.loads(made.output)["secret"]}
    assert json.loads(made.output)["secret"].startswith("whsec_")
    assert (before.messages, before.unit_id, before.is_active) == (("UdfaldKlar",), "modtagelse_nord", True)
    assert (ended.exit_code, after.is_active) == (0, False)
    assert (again.exit_code, again.output) == (2, "The webhook has ended already.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["X"], ["url: The address must begin with https://.", "messages: ", "legal_basis: "]),
        (["X", "http://arkiv.example", "--message", "M", "--law", "fvl28"], ["url: "]),
        (["X", ADDRESS, "--message", "M", "--law", "fvl28", "--unit", "hest"], ["Unknown unit: hest."]),
        (["X", "--end"], ["There is no such webhook."]),
    ],
)
def test_says_what_is_wrong(cast, arguments, said):
    refused = run(*arguments)

    assert refused.exit_code == 2
    assert all(words in refused.output for words in said)
    assert "Traceback" not in refused.output
