"""Two people in one form: nothing either of them wrote is lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.forms import Clash, choose, clashes_of, merge, undecided
from casework.forms.merge import combined, pieces
from tests.forms.building import choices, component, form, group, rows

ASKED = form(
    component("textarea", "a"),
    group("G", component("number", "b"), path="g"),
    choices("checklist", "c"),
    rows("folk", component("textfield", "navn"), component("checkbox", "bor")),
    component("checkbox", "d"),
)
BASE = {"a": "Emil er træt.", "g": {"b": 1}, "c": ["a"], "folk": [{"navn": "I", "bor": None}, {"navn": "J"}], "d": None}


def merged(mine, theirs, base=BASE):
    return merge(ASKED, base, {**base, **mine}, {**base, **theirs})


def test_fields_that_one_side_changed_come_together_silently():
    found = merged({"a": "Ny.", "d": True}, {"g": {"b": 2}, "c": []})

    assert found.clashes == ()
    assert found.answers == {**BASE, "a": "Ny.", "d": True, "g": {"b": 2}, "c": []}


def test_the_same_change_twice_is_no_clash():
    assert merged({"a": "Ny."}, {"a": "Ny."}).clashes == ()


def test_a_field_both_changed_is_a_clash_and_what_was_saved_stays_saved():
    found = merged({"a": "Min.", "d": True}, {"a": "Deres."})

    (clash,) = found.clashes
    assert (clash.path, clash.base, clash.mine, clash.theirs) == ("a", "Emil er træt.", "Min.", "Deres.")
    assert clash.label.text("da") == "a på dansk"
    assert clash.can_combine
    assert found.answers == {**BASE, "a": "Deres.", "d": True}


def test_only_texts_can_be_combined():
    found = merged({"g": {"b": 2}, "c": ["b"]}, {"g": {"b": 3}, "c": []})

    assert [(clash.path, clash.can_combine) for clash in found.clashes] == [("g.b", False), ("c", False)]


def test_rows_are_compared_field_by_field_while_their_number_stays():
    found = merged(
        {"folk": [{"navn": "Inger", "bor": None}, {"navn": "J"}]},
        {"folk": [{"navn": "I", "bor": True}, {"navn": "Jesper"}]},
    )

    assert found.clashes == ()
    assert found.answers["folk"] == [{"navn": "Inger", "bor": True}, {"navn": "Jesper"}]


def test_a_clash_in_a_row_names_the_row():
    found = merged({"folk": [{"navn": "Inge"}, {"navn": "J"}]}, {"folk": [{"navn": "Inger"}, {"navn": "J"}]})

    assert [clash.path for clash in found.clashes] == ["folk.0.navn"]


def test_a_list_whose_rows_both_changed_is_one_clash():
    found = merged({"folk": [{"navn": "I"}]}, {"folk": [*BASE["folk"], {"navn": "K"}]})

    assert [clash.path for clash in found.clashes] == ["folk"]


def test_rows_added_by_one_are_taken():
    added = [*BASE["folk"], {"navn": "K"}]

    assert merged({"folk": added}, {}).answers["folk"] == added
    assert merged({}, {"folk": added}).answers["folk"] == added


def test_what_was_not_on_the_page_is_left_alone():
    found = merge(ASKED, BASE, {"a": "Min."}, {**BASE, "d": False})

    assert found.answers == {**BASE, "a": "Min.", "d": False}


def test_no_and_unanswered_and_zero_are_different_answers():
    assert merged({"d": False}, {}).answers["d"] is False
    assert merged({"d": None}, {}, {**BASE, "d": False}).answers["d"] is None
    assert [c.path for c in merged({"d": True}, {"d": 1}).clashes] == ["d"]


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ("mine", "Emil er meget træt."),
        ("theirs", "Emil er træt. Mor."),
        ("both", "Emil er meget træt. Mor."),
        ("x", "Emil er meget træt."),
    ],
)
def test_a_button_decides_a_clash(button, text):
    mine, theirs = {**BASE, "a": "Emil er meget træt."}, {**BASE, "a": "Emil er træt. Mor."}

    chosen = choose(ASKED, mine, theirs, {"choose:a": button, "base:a": json.dumps(BASE["a"])})

    assert chosen == {**mine, "a": text}


def test_a_button_decides_a_clash_in_a_row():
    mine, theirs = {"folk": [{"navn": "A"}]}, {"folk": [{"navn": "B"}]}

    assert choose(ASKED, mine, theirs, {"choose:folk.0.navn": "theirs"}) == theirs
    assert choose(ASKED, mine, theirs, {"choose:folk.7.navn": "theirs"}) == mine


@pytest.mark.parametrize("posted", [{}, {"a": "choose:a"}, {"choose:": "mine"}, {"choose:ukendt": "theirs"}])
def test_without_such_a_button_nothing_is_decided(posted):
    assert choose(ASKED, BASE, BASE, posted) is None


@pytest.mark.parametrize("base", ["", "{", "3", '"x"', "[" * 20_000])
def test_combining_survives_a_base_that_was_tampered_with(base):
    mine, theirs = {"a": "min"}, {"a": "deres"}

    both = choose(ASKED, mine, theirs, {"choose:a": "both", "base:a": base})["a"]

    assert "min" in both
    assert "deres" in both


def test_both_texts_come_together_without_doubling():
    base = "Emil har været træt. Han trækker sig."
    mine = "Emil har været træt. Han trækker sig. Mors kæreste er ny."
    theirs = "Emil har været meget træt. Skolen så et mærke. Han trækker sig."

    assert (
        combined(base, mine, theirs)
        == "Emil har været meget træt. Skolen så et mærke. Han trækker sig. Mors kæreste er ny."
    )


def test_texts_of_which_nobody_knows_the_beginning_lose_nothing():
    assert combined(None, "Emil er træt. Mor.", "Emil er glad. Mor.") == "Emil er glad træt. Mor."


def test_different_texts_with_an_unknown_beginning_stand_after_each_other():
    assert combined(None, "Emil er træt hver mandag.", "Nadias ord.") == "Nadias ord.\n\nEmil er træt hver mandag."


def test_clashes_can_be_told_from_both_answers_by_path():
    both = {
        "a": {"theirs": "x", "yours": "y"},
        "folk.0.bor": {"theirs": True, "yours": None},
        "ukendt": {"theirs": 1, "yours": 2},
    }

    found = clashes_of(ASKED, both)

    assert [(c.path, c.mine, c.theirs, c.can_combine) for c in found] == [
        ("a", "y", "x", True),
        ("folk.0.bor", None, True, False),
    ]
    assert all(isinstance(clash, Clash) and clash.base is None for clash in found)


def test_very_long_texts_stand_one_after_the_other():
    mine, theirs = "a " * 5000, "b " * 5000

    assert combined("", mine, theirs) == f"{theirs}\n\n{mine}"


WORDS = st.lists(st.sampled_from(["Emil", "er", "træt", "mor", "far", "skolen", "i", "går"]), max_size=12).map(" ".join)
ANSWERS = st.fixed_dictionaries(
    {
        "a": st.none() | WORDS.map(lambda text: text or None),
        "g": st.fixed_dictionaries({"b": st.none() | st.integers(0, 3)}),
        "c": st.lists(st.sampled_from("abc"), unique=True).map(sorted),
        "folk": st.lists(
            st.fixed_dictionaries(
                {"navn": st.none() | WORDS.map(lambda text: text or None), "bor": st.none() | st.booleans()}
            ),
            max_size=3,
        ),
        "d": st.none() | st.booleans(),
    }
)


@given(ANSWERS, ANSWERS)
def test_one_side_alone_always_wins(base, changed):
    assert merge(ASKED, base, base, changed) == merge(ASKED, base, changed, changed)
    assert merge(ASKED, base, base, changed).answers == changed
    assert merge(ASKED, base, changed, base).answers == changed
    assert merge(ASKED, base, changed, base).clashes == ()


@given(ANSWERS, ANSWERS, ANSWERS)
def test_every_answer_is_that_of_one_side_and_clashes_show_both(base, mine, theirs):
    found = merge(ASKED, base, mine, theirs)

    assert {c.path for c in found.clashes} == {c.path for c in merge(ASKED, base, theirs, mine).clashes}
    for key in ("a", "c", "d"):
        changed = [side[key] for side in (mine, theirs) if side[key] != base[key]]
        assert found.answers[key] in (changed or [base[key]])
        if found.answers[key] != mine[key] and mine[key] != base[key]:
            assert [c.mine for c in found.clashes if c.path == key] == [mine[key]]


@given(WORDS, WORDS, WORDS)
def test_combined_has_every_word_that_either_added(base, mine, theirs):
    both = combined(base, mine, theirs).split()

    for side in (mine, theirs):
        for word in set(side.split()):
            assert side.split().count(word) - base.split().count(word) <= both.count(word)


@given(WORDS, WORDS)
def test_pieces_say_the_whole_text(base, text):
    assert "".join(piece for piece, _ in pieces(base, text)) == text


@given(WORDS, WORDS)
def test_combining_with_an_unchanged_side_gives_the_changed_one(base, changed):
    assert combined(base, base, changed) == changed
    assert combined(base, changed, base) == changed


def test_a_clash_that_was_not_decided_stays_open():
    mine, theirs = BASE | {"a": "Mit a.", "g": {"b": 3}}, BASE | {"a": "Dit a.", "g": {"b": 2}}
    posted = {"choose:a": "mine", "base:a": "null", "base:g.b": "1", "base:ukendt": "1"}

    (open_still,) = undecided(ASKED, mine, theirs, posted)

    assert (open_still.path, open_still.base, open_still.mine, open_still.theirs) == ("g.b", 1, 3, 2)
    assert undecided(ASKED, theirs, theirs, posted) == ()
