"""Sealed fields: they open for their column only, look different each time, and can be found by a blind index."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casework.crypto import UnreadableError, blind_index, decrypt, encrypt, is_current, rotate

pytestmark = pytest.mark.usefixtures("data_folder")

INVENTED_CPR = "3112094321"  # its control is impossible
COLUMN = "person.cpr"


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_opens_what_it_sealed(text):
    assert decrypt(encrypt(text, COLUMN), COLUMN) == text


def test_seals_the_same_text_differently_each_time():
    assert encrypt(INVENTED_CPR, COLUMN) != encrypt(INVENTED_CPR, COLUMN)


def test_shows_nothing_of_the_text():
    assert INVENTED_CPR.encode() not in encrypt(INVENTED_CPR, COLUMN)
    assert INVENTED_CPR.encode() not in blind_index(INVENTED_CPR, COLUMN)


def test_refuses_a_value_of_another_column():
    sealed = encrypt(INVENTED_CPR, COLUMN)

    with pytest.raises(UnreadableError, match="another column"):
        decrypt(sealed, "person.address")


def test_refuses_a_value_with_any_byte_altered():
    sealed = encrypt(INVENTED_CPR, COLUMN)

    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(UnreadableError):
            decrypt(bytes(altered), COLUMN)


def test_refuses_a_value_that_was_cut():
    sealed = encrypt(INVENTED_CPR, COLUMN)

    for length in range(len(sealed)):
        with pytest.raises(UnreadableError):
            decrypt(sealed[:length], COLUMN)


def test_a_blind_index_finds_equal_texts_of_one_column_only():
    assert blind_index(INVENTED_CPR, COLUMN) == blind_index(INVENTED_CPR, COLUMN)
    assert blind_index(INVENTED_CPR, COLUMN) != blind_index("3112094320", COLUMN)
    assert blind_index(INVENTED_CPR, COLUMN) != blind_index(INVENTED_CPR, "notifier.cpr")
    assert len(blind_index(INVENTED_CPR, COLUMN)) == 32


def test_after_a_rotation_old_values_open_and_new_ones_are_under_the_new_key():
    old, index = encrypt(INVENTED_CPR, COLUMN), blind_index(INVENTED_CPR, COLUMN)

    rotate()

    new = encrypt(INVENTED_CPR, COLUMN)
    assert [decrypt(sealed, COLUMN) for sealed in (old, new)] == [INVENTED_CPR] * 2
    assert [is_current(sealed) for sealed in (old, new)] == [False, True]
    assert blind_index(INVENTED_CPR, COLUMN) == index
