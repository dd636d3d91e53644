"""The command line: `casework COMMAND …`. Each command is a file of its name, read only when it is called.

What a command refuses is one sentence and exit code 2; what it found wrong is its own output and exit code 1.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import click

from casework.errors import CaseworkError
from casework.i18n import DEFAULT_LANGUAGE

COMMANDS = (
    "bench",
    "decide",
    "demo",
    "deploy",
    "doctor",
    "due",
    "feel",
    "layout",
    "lint",
    "migrate",
    "verify-journal",
    "walk",
)


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click gives it
        return [name for name in COMMANDS if find_spec(_module(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(_module(cmd_name)), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands)
def casework() -> None:
    """Case processes for children, young people and families: commands for those who run it and those who draw it."""


def main() -> None:
    """What the program `casework` does."""
    try:
        casework(prog_name="casework")
    except CaseworkError as error:
        print(error.message.text(DEFAULT_LANGUAGE), file=sys.stderr)
        sys.exit(2)


def _module(command: str) -> str:
    return f"{__name__}.{command.replace('-', '_')}"
