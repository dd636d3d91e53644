"""The legal basis: shown with its number only when the number was read, and refused by key when it is not there."""

from datetime import date

import pytest

from casework.errors import InvalidError, NotFoundError
from casework.law import Confidence, law, laws

SAMPLE = """
[bl136]
paragraph = "§ 136"
act = "Barnets lov"
act_en = "Act on the Child"
confidence = "C"
read = "2026-11-03"
source = "https://lov.example/136"
text_da = "Vurder inden for 24 timer."
text_en = "Assess within 24 hours."

[kvittering]
paragraph = "§ 138"
act = "Barnets lov"
act_en = "Act on the Child"
confidence = "I"
read = 2026-11-03
text_da = "Kvittér inden for 6 hverdage."
text_en = "Acknowledge within 6 working days."

[screening]
act = "Lokal praksis"
act_en = "Local practice"
confidence = "P"
text_da = "Screen inden for 10 hverdage."
text_en = "Screen within 10 working days."
"""


@pytest.fixture
def kept(settings, tmp_path):
    def write(text):
        (tmp_path / "law.toml").write_text(text, encoding="utf-8")
        settings(SAGSGANG_PROCESSES=str(tmp_path))

    return write


def test_a_rule_that_was_read_is_shown_with_its_number(kept):
    kept(SAMPLE)

    rule = law("bl136")

    assert rule.citation("da") == "Barnets lov § 136"
    assert rule.citation("en") == "Act on the Child § 136"
    assert rule.text("da") == "Vurder inden for 24 timer."
    assert rule.read == date(2026, 11, 3)
    assert rule.is_confirmed


@pytest.mark.parametrize(
    ("confidence", "citation"),
    [
        ("C", "Barnets lov § 138"),
        ("C-old", "Barnets lov § 138"),
        ("I", "Barnets lov"),
        ("M", "Barnets lov"),
        ("P", "Barnets lov"),
    ],
)
def test_the_number_shows_only_when_it_is_confirmed(kept, confidence, citation):
    kept(SAMPLE.replace('"I"', f'"{confidence}"'))

    assert law("kvittering").citation("da") == citation
    assert law("kvittering").confidence is Confidence(confidence)


def test_local_practice_needs_no_number(kept):
    kept(SAMPLE)

    assert law("screening").citation("en") == "Local practice"
    assert law("screening").read is None


def test_gives_all_keys_and_cannot_be_changed(kept):
    kept(SAMPLE)

    assert set(laws()) == {"bl136", "kvittering", "screening"}
    with pytest.raises(TypeError):
        laws()["bl136"] = law("screening")


def test_refuses_an_unknown_key_by_name(kept):
    kept(SAMPLE)

    with pytest.raises(NotFoundError, match=r'no law "bl999" in law\.toml'):
        law("bl999")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('confidence = "C"\n', "confidence"),
        ('act_en = "Act on the Child"\n', "act_en"),
        ('text_da = "Vurder inden for 24 timer."\n', "text_da"),
    ],
)
def test_refuses_a_rule_with_a_missing_part(kept, line, reason):
    kept(SAMPLE.replace(line, "", 1))

    with pytest.raises(InvalidError, match=f'"bl136" is not written as it should be: .*{reason}'):
        laws()


@pytest.mark.parametrize(
    ("before", "after"), [('"C"', '"sure"'), ("source =", "sauce ="), ('"§ 136"', "136"), ('"2026-11-03"', '"3/11"')]
)
def test_refuses_a_rule_with_a_wrong_part(kept, before, after):
    kept(SAMPLE.replace(before, after, 1))

    with pytest.raises(InvalidError, match='"bl136" is not written'):
        laws()


@pytest.mark.parametrize("text", ["bl136 = 1", "bl136 = 'x'", "bl136 = []"])
def test_refuses_a_rule_that_is_no_table(kept, text):
    kept(text)

    with pytest.raises(InvalidError, match='"bl136" is not written'):
        laws()


@pytest.mark.parametrize("text", ["[bl136", "[a]\n[a]\n"])
def test_refuses_what_is_not_toml(kept, text):
    kept(text)

    with pytest.raises(InvalidError, match=r"law\.toml is not TOML"):
        laws()


def test_a_missing_file_is_named(settings, tmp_path):
    settings(SAGSGANG_PROCESSES=str(tmp_path / "nowhere"))

    with pytest.raises(InvalidError, match="cannot be read"):
        laws()
