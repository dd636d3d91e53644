"""Letters as PDF: what a reader, and a screen reader, gets."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest

from casework.papers.letters.compose import Letterhead, compose, read_letterhead
from casework.papers.letters.wording import LetterError, Wording

HEAD = Letterhead("Fjordby Kommune", "Børn og Familie", "99 99 00 00", "boernogfamilie@fjordby.example")
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
WORDING = Wording(
    "Kvittering for din underretning", "Kære {modtager}\n\n## Hvad sker der nu?\n\n- Vi vurderer.\n- Vi ringer."
)
VALUES = {
    "sagsnummer": "S-2026-0417",
    "barn": "Emil Brandt Lauritsen",
    "modtager": "Kirsten Holm",
    "sagsbehandler": "Mette Friis Andersen",
    "stilling": "Børne- og ungerådgiver",
    "telefon": "76 00 00 12",
    "epost": "mette@kommune.example",
    "enhed": "Modtagelsen Nord",
}


def pdf_of(wording=WORDING, **values) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(compose(wording, HEAD, {**VALUES, **values}, AT).content))


def text_of(pdf: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def test_a_letter_says_who_writes_to_whom_about_what_and_whom_to_ask():
    text = text_of(pdf_of())

    for words in (
        "Fjordby Kommune", "Børn og Familie", "Kirsten Holm", "23. november 2026", "S-2026-0417", "Mette Friis Andersen",
        "76 00 00 12", "Kvittering for din underretning", "Hvad sker der nu?", "Vi ringer.", "Venlig hilsen",
        "Modtagelsen Nord", "Side 1 af 1",
    ):  # fmt: skip
        assert words in text


def test_a_letter_is_tagged_in_danish_and_says_that_it_is_pdf_ua():
    pdf = pdf_of()
    catalogue = pdf.trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "da"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Kvittering for din underretning"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_headings_and_lists_are_tagged_as_such():
    tags = tags_of(pdf_of().trailer["/Root"]["/StructTreeRoot"])

    assert {"/H1", "/H2", "/L", "/LI", "/P"} <= tags


def tags_of(node) -> set[str]:
    node = node.get_object()
    if isinstance(node, list):
        return set().union(*map(tags_of, node))
    if not isinstance(node, dict):
        return set()
    own = {node["/S"]} if "/S" in node else set()
    return own | tags_of(node["/K"]) if "/K" in node else own


def test_a_long_letter_counts_its_pages():
    pdf = pdf_of(Wording("Afgørelse", "\n\n".join(["Vi har lagt vægt på, hvad barnet selv siger. " * 8] * 12)))

    assert len(pdf.pages) == 2
    assert "Side 2 af 2" in pdf.pages[1].extract_text()


def test_what_people_wrote_is_shown_as_it_is_and_never_read_as_markup():
    text = text_of(pdf_of(modtager='#sys.inputs *Kirsten* $x$ @ref "#panic()" \\'))

    assert '#sys.inputs *Kirsten* $x$ @ref "#panic()" \\' in text


def test_without_a_caseworker_the_unit_and_the_municipality_answer():
    text = text_of(pdf_of(sagsbehandler="", stilling="", telefon="", epost=""))

    assert "Kontakt: Modtagelsen Nord" in text
    assert "99 99 00 00" in text


def test_the_same_letter_is_the_same_file():
    assert compose(WORDING, HEAD, VALUES, AT).content == compose(WORDING, HEAD, VALUES, AT).content


def test_refuses_a_hole_that_nothing_fills():
    with pytest.raises(LetterError, match="frist"):
        compose(Wording("Brev", "Svar inden {frist}."), HEAD, VALUES, AT)


def test_refuses_a_letterhead_that_is_missing_or_incomplete(tmp_path):
    with pytest.raises(LetterError, match="letterhead"):
        read_letterhead(tmp_path)
    (tmp_path / "letterhead.toml").write_text('name = "Fjordby Kommune"', encoding="utf-8")

    with pytest.raises(LetterError, match="letterhead"):
        read_letterhead(tmp_path)
