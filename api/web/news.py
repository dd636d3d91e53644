"""What has happened on a case since the reader looked last: the latest of its journal, parted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import day_of
from casework.i18n import Message, message
from casework.queries.journal import MOST_NEWS

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.queries.case_page import CasePage
    from casework.queries.journal import JournalRow


@dataclass(frozen=True)
class News:
    """`count` of `new` are by others than the reader. `is_all`: everything since then is among them."""

    since: Message | None
    new: tuple[JournalRow, ...]
    older: tuple[JournalRow, ...]
    count: int
    is_all: bool


def news(page: CasePage, reader: UUID | None) -> News:
    """Part the journal's last entries. Where nobody else has written anything, nothing is news."""
    since = page.last_look
    new = tuple(row for row in page.journal if since is not None and row.at > since)
    count = sum(row.actor_id != reader for row in new)
    if not count:
        return News(None, (), page.journal, 0, is_all=True)
    return News(_said(since), new, page.journal[len(new) :], count, is_all=len(new) < MOST_NEWS)


def _said(moment: datetime | None) -> Message | None:
    if moment is None:
        return None
    if day_of(moment).year == day_of(clock.now()).year:
        return message("{at:digits} at {at:time}", at=moment)
    return message("{at:digits_year} at {at:time}", at=moment)
