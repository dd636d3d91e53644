"""`casework webhook`: messages of processes go to a system outside."""

from __future__ import annotations

import json

import click

from casework.cli import language_option
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import SYSTEM
from casework.operations.create_webhook import create_webhook
from casework.operations.end_webhook import end_webhook
from casework.queries.webhooks import webhooks


@click.command()
@click.argument("name")
@click.argument("url", default="")
@click.option("--message", "messages", multiple=True, help="A message by name; may be repeated.")
@click.option("--law", "legal_basis", default="", help="What allows the receiver to have them: a key of law.toml.")
@click.option("--unit", help="Only cases of this unit and those below it.")
@click.option("--end", "is_ended", is_flag=True, help="No more messages to NAME.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def webhook(
    *,
    name: str,
    url: str,
    messages: tuple[str, ...],
    legal_basis: str,
    unit: str | None,
    is_ended: bool,
    as_json: bool,
    language: str,  # noqa: ARG001
) -> None:
    """Send messages to URL, known as NAME, and print the key that checks their signatures. It is shown this once."""
    if is_ended:
        _end(name)
        return
    made = create_webhook(SYSTEM, name=name, url=url, messages=messages, legal_basis=legal_basis, unit_id=unit)
    print(json.dumps({"id": str(made.id), "secret": made.secret}) if as_json else made.secret)


def _end(name: str) -> None:
    found = next((one for one in webhooks(SYSTEM) if one.name == name), None)
    if found is None:
        raise NotFoundError(message("There is no such webhook."))
    end_webhook(SYSTEM, webhook_id=found.id)
