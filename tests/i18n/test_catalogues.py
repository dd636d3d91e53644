"""Every sentence has one Danish with the same holes, no catalogue keeps what is said nowhere, and the checks would notice."""

import pytest

from scripts.catalogues import Sentence, Translation, find_sentences, missing, odd, read_catalogues, twice, unused


@pytest.fixture(scope="module")
def translations():
    return list(read_catalogues())


def test_every_sentence_has_its_danish(translations):
    assert list(missing(list(find_sentences()), translations)) == []


def test_no_sentence_has_two_danish_wordings(translations):
    assert list(twice(translations)) == []


def test_danish_and_english_leave_the_same_holes(translations):
    assert list(odd(translations)) == []


def test_no_catalogue_keeps_what_is_said_nowhere(translations):
    assert list(unused(translations)) == []


def test_finds_sentences_of_code():
    said = {sentence.text for sentence in find_sentences() if sentence.place.startswith("casework/calendar/")}

    assert {"Maundy Thursday", "Counted from {start}."} <= said


def test_a_sentence_without_danish_is_found_with_its_place():
    sentences = [Sentence("a.py:1", "Emil was here."), Sentence("a.py:2", "Emil left.")]

    found = list(missing(sentences, [Translation("a.po", "Emil left.", "Emil gik.")]))

    assert found == ["a.py:1: no Danish for: Emil was here."]


def test_a_second_wording_is_found_and_a_repetition_is_not():
    once, again, other = (
        Translation("a.po", "Emil left.", danish) for danish in ("Emil gik.", "Emil gik.", "Emil tog af sted.")
    )

    assert list(twice([once, again])) == []
    assert list(twice([once, other])) == ["a.po: a second Danish for 'Emil left.': 'Emil tog af sted.'"]


@pytest.mark.parametrize(
    ("english", "danish", "is_odd"),
    [
        ("{name} left.", "{name} gik.", False),
        ("{name} left.", "Emil gik.", True),
        ("{name} left.", "{navn} gik.", True),
        ("Left {day:short}.", "Gik {day}.", False),
        ("Left {day:short}.", "Gik {day:kort}.", True),
        ("{share:.0%} done.", "{share:.0%} færdigt.", False),
        ("No holes.", "{et} hul.", True),
    ],
)
def test_other_holes_and_unknown_forms_are_found(english, danish, is_odd):
    assert bool(list(odd([Translation("a.po", english, danish)]))) == is_odd


def test_what_is_said_nowhere_is_found():
    nobody = "Nobody says this" + " sentence."

    assert list(unused([Translation("a.po", nobody, "Det siger ingen.")])) == [f"a.po: said nowhere: {nobody}"]
