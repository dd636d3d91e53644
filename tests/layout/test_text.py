"""Words measured and broken into lines without a browser."""

from casework.layout.text import label_size, text_width, wrap


def test_wide_letters_are_wider():
    assert text_width("mmm", 12) > text_width("iii", 12)
    assert text_width("abc", 24) == 2 * text_width("abc", 12)


def test_breaks_at_spaces_and_hyphens_but_never_inside_of_a_word():
    assert wrap("Send kvittering til underretter", 90, 12) == ["Send kvittering", "til underretter"]
    assert wrap("24-timers", 40, 12) == ["24-", "timers"]
    assert wrap("Familiebehandlingsafdeling", 40, 12) == ["Familiebehandlingsafdeling"]


def test_no_text_has_no_size():
    assert wrap("", 90, 12) == [""]
    assert label_size("", 90) == (0, 0)


def test_a_label_is_as_high_as_its_lines():
    assert label_size("Send kvittering til underretter", 90)[1] > label_size("Send", 90)[1]
