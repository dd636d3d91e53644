"""The words of letters and what fills their holes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from casework.papers.letters.wording import LetterError, blocks, filled, read_wording, worded

TEMPLATE = '''
subject = "Kvittering for din underretning"
body = """
Kære {modtager}

Vi har {modtagetTid} modtaget din underretning.
"""
'''


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "kvittering.toml").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_reads_a_template_by_its_name(folder):
    wording = read_wording(folder, "kvittering")

    assert wording.subject == "Kvittering for din underretning"
    assert wording.greeting == "Venlig hilsen"


@pytest.mark.parametrize("name", ["ukendt", "../law", "Kvittering", ""])
def test_refuses_a_template_that_is_not_there_or_lies_elsewhere(folder, name):
    with pytest.raises(LetterError, match="template"):
        read_wording(folder, name)


@pytest.mark.parametrize("text", ["subject = ", 'subject = "Uden tekst"'])
def test_refuses_a_broken_template_and_says_which(folder, text):
    (folder / "kvittering.toml").write_text(text, encoding="utf-8")

    with pytest.raises(LetterError, match="'kvittering' is broken"):
        read_wording(folder, "kvittering")


def test_fills_holes_with_danish_words():
    text = filled("{modtager} skrev {tid}.", {"modtager": "Kirsten", "tid": datetime(2026, 11, 23, 8, tzinfo=UTC)})

    assert text == "Kirsten skrev 23. november 2026 kl. 09.00."


def test_refuses_a_hole_that_nothing_fills_by_its_name():
    with pytest.raises(LetterError, match="modtagetTid"):
        filled("Den {modtagetTid}", {"modtager": "Kirsten"})


def test_what_fills_a_hole_is_not_read_again():
    assert filled("{a}", {"a": "{b} {a}", "b": "hemmelig"}) == "{b} {a}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 3), "3. november 2026"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2. juli 2026 kl. 00.30"),
        (True, "ja"),
        (False, "nej"),
        (Decimal("1234.5"), "1.234,5"),
        (6, "6"),
        (["skole", "ppr"], "skole, ppr"),
        (None, ""),
        ("Emil", "Emil"),
    ],
)
def test_words_values_as_danes_do(value, words):
    assert worded(value) == words


def test_parts_a_body_into_paragraphs_headings_and_lists():
    body = (
        "Kære Kirsten\n\n## Hvad sker der nu?\n\n- Vi vurderer.\n- Vi taler med barnet.\n\nFørste linje\nanden linje\n"
    )

    assert blocks(body) == [
        {"kind": "text", "lines": ["Kære Kirsten"]},
        {"kind": "heading", "text": "Hvad sker der nu?"},
        {"kind": "list", "items": ["Vi vurderer.", "Vi taler med barnet."]},
        {"kind": "text", "lines": ["Første linje", "anden linje"]},
    ]
