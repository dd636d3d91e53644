"""`casework event-log`: the event log of a process as a file, or on standard output."""

import json

from click.testing import CliRunner

from casework.cli.event_log import event_log
from tests.operations.asking import started
from tests.operations.processes import one_after_the_other, release


def test_writes_either_format(cast, tmp_path):
    release(one_after_the_other("a"))
    started(cast)
    file = tmp_path / "p.jsonocel"

    said = CliRunner().invoke(event_log, ["p"])
    written = CliRunner().invoke(event_log, ["p", "--format", "ocel", "--from", "2026-01-01", "-o", str(file)])

    assert (said.exit_code, written.exit_code, written.output) == (0, 0, "")
    assert said.output.count("<trace>") == 1
    assert {event["type"] for event in json.loads(file.read_text(encoding="utf-8"))["events"]} == {
        "Start",
        "A [opened]",
    }
