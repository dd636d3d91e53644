"""What people must say when they decide about a process."""

from __future__ import annotations

from casework.errors import InvalidError
from casework.i18n import message

LONGEST = 2_000


def said(**fields: str) -> dict[str, str]:
    """The texts without space around them. Refuses (InvalidError, field by field) what is empty or too long."""
    texts = {name: text.strip().replace("\x00", "") for name, text in fields.items()}
    wrong = {name: [message("This must be filled in.")] for name, text in texts.items() if not text}
    limit = message("Write at most {limit} characters.", limit=LONGEST)
    wrong |= {name: [limit] for name, text in texts.items() if len(text) > LONGEST}
    if wrong:
        raise InvalidError(next(iter(wrong.values()))[0], wrong)
    return texts
