"""`casework`: lists its commands, and says what it refuses without a traceback."""

import subprocess
import sys

from click.testing import CliRunner

from casework.cli import COMMANDS, casework


def test_lists_the_commands_that_are_there():
    result = CliRunner().invoke(casework, ["--help"])

    assert {"due", "layout", "doctor", "feel"} <= set(result.stdout.split())
    assert set(casework.list_commands(None)) <= set(COMMANDS)


def test_an_unknown_command_is_refused_by_name():
    result = CliRunner().invoke(casework, ["dance"])

    assert "dance" in result.stderr
    assert result.exit_code == 2


def test_a_refusal_is_one_sentence_in_a_shell_too():
    command = [
        sys.executable,
        "-m",
        "casework.cli",
        "due",
        "--duration",
        "PT",
        "--calendar",
        "elapsed",
        "--from",
        "2026-03-30",
    ]

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.stderr.startswith("»PT« er ikke en varighed.")
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
