"""A whole case as one PDF: cover, contents with page numbers, and everything that happened, in the order in which it did.

It is written in Danish, as the case is. We chose to enclose letters and attachments as they are instead of drawing their pages,
because PDF/UA takes no foreign pages, and a letter drawn as a picture could be read by nobody who cannot see it; pictures are
shown, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casework.i18n import message
from casework.papers.case_file_parts import Parts
from casework.papers.case_file_sections import part_sections, sections
from casework.papers.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.i18n import Message
    from casework.queries.case_file import CaseFile, FiledDocument

TEMPLATE = Path(__file__).parent / "case_file.typ"
LANGUAGE = "da"
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


def case_file_pdf(file: CaseFile, made_by: str) -> bytes:
    """Make the PDF; `made_by` stands on its cover. The same file gives the same bytes."""
    enclosed = {_name(number, one): one for number, one in enumerate(file.documents, 1) if one.content is not None}
    pictures = {one.id: name for name, one in enclosed.items() if one.media_type in PICTURES}
    made = sections(file, pictures) if file.page.is_whole else part_sections(file, pictures)
    title = message("Case {number}: {name}", number=file.page.number, name=file.page.child.name)
    data = {
        "language": LANGUAGE,
        "title": _said(title),
        "author": made_by,
        "reference": _said(message("Case {number}", number=file.page.number)),
        "kind": _said(message("The whole case") if file.page.is_whole else message("The part that was handed over")),
        "name": file.page.child.name,
        "cover": _cover(file, made_by),
        "about": _said(_about(file)),
        "words": {name: _said(words) for name, words in _WORDS.items()},
        "sections": [{"title": _said(name), "parts": parts.made} for name, parts in made],
        "enclosed": [
            {"file": name, "title": one.title or one.file_name, "media_type": one.media_type}
            for name, one in enclosed.items()
        ],
    }
    contents = {name: one.content or b"" for name, one in enclosed.items()}
    return typeset(TEMPLATE, data, file.made_at, files=contents)


_WORDS = {
    "page": message("Page"),
    "of": message("of"),
    "page_brief": message("p."),
    "contents": message("Contents"),
}


def _cover(file: CaseFile, made_by: str) -> Sequence[tuple[str, str]]:
    """Who sees a part is told no more of the case than on its page."""
    page, child, parts = file.page, file.page.child, Parts()
    whole: list[tuple[Message, Message | str]] = [
        (message("Born"), message("{day:digits_year}", day=child.birth_date) if child.birth_date else ""),
        (message("CPR number"), child.masked_cpr or ""),
        (message("Responsible"), page.responsible.name if page.responsible else ""),
        (message("Opened"), message("{day:digits_year}", day=page.opened_at)),
        (message("Closed"), message("{day:digits_year}", day=page.closed_at) if page.closed_at else ""),
    ]
    parts.facts(
        [
            (message("Case number"), page.number),
            *(whole if page.is_whole else ()),
            (message("Address"), message("Protected: give it to nobody") if child.is_protected else ""),
            (message("Responsible unit"), page.responsible_unit.name),
            (message("Put together"), message("{at:digits_year} at {at:time}", at=file.made_at)),
            (message("By"), made_by),
        ]
    )
    return parts.made[0]["rows"]  # type: ignore[no-any-return]


def _about(file: CaseFile) -> Message:
    if not file.page.is_whole:
        return message(
            "This is what was handed over to your unit, with what your unit has answered. Nothing else of the case is in it. It "
            "holds confidential information. That it was taken out is on record."
        )
    return message(
        "This is the whole case as it stood then. Letters and attachments are enclosed in this file as they are. It holds "
        "confidential information about a child: keep it safe, and destroy it when it has been used. That it was taken out is on "
        "record."
    )


def _name(number: int, document: FiledDocument) -> str:
    """The number first: two letters may have one name."""
    return f"{number:03}-{document.file_name}"


def _said(words: Message) -> str:
    return words.text(LANGUAGE)
