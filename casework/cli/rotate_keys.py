"""`casework rotate-keys`: a new key, and everything that is sealed put under it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, NoReturn

import click

from casework import crypto
from casework.cli import language_option
from casework.i18n import message
from casework.model import SYSTEM
from casework.operations.reseal import reseal

if TYPE_CHECKING:
    from casework.i18n import Message


@click.command()
@click.option("--continue", "is_continued", is_flag=True, help="No new key: go on with what was not finished.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def rotate_keys(*, is_continued: bool, as_json: bool, language: str) -> None:
    """Make a new key and seal CPR numbers and secrets anew, in batches. Stopped half-way: go on with --continue.

    Older keys stay in the key file: backups of the database need them. Copy the key file into its backup first and after. A
    server that runs meanwhile seals under the older key until it meets a newer seal; run it with --continue once more later.
    """
    if not is_continued:
        crypto.rotate()
    looked_at, resealed = Counter[str](), Counter[str]()
    try:
        for told in reseal(SYSTEM):
            looked_at[told.place] += told.looked_at
            resealed[told.place] += told.resealed
    except KeyboardInterrupt:
        _stop(message("Stopped. Go on with: casework rotate-keys --continue"), language)
    except crypto.UnreadableError as error:
        _stop(message("A value cannot be opened: {reason}", reason=str(error)), language)
    if as_json:
        told_at_last = {"is_new_key": not is_continued, "looked_at": looked_at, "resealed": resealed}
        print(json.dumps(told_at_last, indent=1))
        return
    for place, all_of_it in looked_at.items():
        said = message("{place}: {number} of {all} sealed anew", place=place, number=resealed[place], all=all_of_it)
        print(said.text(language))


def _stop(sentence: Message, language: str) -> NoReturn:
    print(sentence.text(language), file=sys.stderr)
    sys.exit(1)
