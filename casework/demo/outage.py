"""A time at which no letter goes out: letters are told to take a mail server that does not answer.

The jobs fail as they would, are tried again as they would, and leave incidents behind; afterwards a retry sends the letters.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from casework.config import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LASTS = timedelta(minutes=15)
#: Port 9 of this machine (discard): nobody answers there.
_ENVIRONMENT = {
    "SAGSGANG_LETTERS": "smtp",
    "SAGSGANG_LETTERS_TO": "brevhuset@kommune.example",
    "SAGSGANG_SMTP": "127.0.0.1:9",
}


def is_out(since: datetime | None, now: datetime) -> bool:
    """Whether it is as bad as that now."""
    return since is not None and since <= now <= since + LASTS


@contextmanager
def no_letters() -> Iterator[None]:
    """Inside of the `with`, letters do not go out."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        settings.cache_clear()
