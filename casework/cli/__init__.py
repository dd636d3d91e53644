"""The command line: `casework COMMAND …`. Each command is a file of its name, read only when it is called.

What a command refuses is one sentence and exit code 2; what it found wrong is its own output and exit code 1.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from casework.errors import CaseworkError, InvalidError
from casework.i18n import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")

COMMANDS = (
    "bench",
    "compare",
    "decide",
    "demo",
    "deploy",
    "doctor",
    "due",
    "event-log",
    "export",
    "feel",
    "layout",
    "lint",
    "migrate",
    "municipality",
    "rotate-keys",
    "scenarios",
    "service-account",
    "simulate",
    "verify-journal",
    "walk",
    "webhook",
)
_LANGUAGE = "casework.language"


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click gives it
        return [name for name in COMMANDS if find_spec(_module(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(_module(cmd_name)), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CaseworkError as error:
            raise _Refused(_said(error, ctx.meta.get(_LANGUAGE, DEFAULT_LANGUAGE))) from error


class _Refused(click.ClickException):
    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        print(self.message, file=file or sys.stderr)


@click.group(cls=_Commands)
def casework() -> None:
    """Case processes for children, young people and families: commands for those who run it and those who draw it."""


def main() -> None:
    """What the program `casework` does."""
    casework(prog_name="casework")


def language_option(function: Function) -> Function:
    """Give a command `--language`, in which its refusals are said too."""
    option = click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default=DEFAULT_LANGUAGE,
        callback=_remember,
        help="Of the sentences.",
    )
    return option(function)


def _remember(ctx: click.Context, _: click.Parameter, language: str) -> str:
    ctx.meta[_LANGUAGE] = language
    return language


def _said(error: CaseworkError, language: str) -> str:
    """The sentence, and what is wrong with each field that it does not speak of."""
    fields = error.fields.items() if isinstance(error, InvalidError) else ()
    named = [
        f"{field}: {said.text(language)}" for field, all_said in fields for said in all_said if said != error.message
    ]
    return " ".join([error.message.text(language), *named])


def _module(command: str) -> str:
    return f"{__name__}.{command.replace('-', '_')}"
