"""Pictures of tables as geometry: what is long where, and what is not drawn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from api.web.chart import MOST_BARS, Series, bars, can_draw
from api.web.plot import HEAD, PLOT, line, months
from casework.i18n import message
from casework.tables import Column, Kind, Row, Table

COLUMNS = (
    Column("name", message("Age"), Kind.TEXT),
    Column("on_time", message("On time")),
    Column("late", message("Late")),
    Column("percent", message("On time, %"), Kind.PERCENT),
)
SERIES = (Series("on_time", "accent"), Series("late", "overdue"))
PERCENT = (Series("percent", "accent"),)


def table(*rows):
    return Table("t", message("Timeliness"), COLUMNS, tuple(Row(str(row[0]), tuple(row)) for row in rows))


def say(cell, _column):
    return cell.text("en") if hasattr(cell, "text") else str(cell)


def name(row):
    return str(row.cells[0])


def spans(chart):
    return [(piece.tone, piece.x, piece.width, piece.words) for piece in chart.pieces]


def test_the_longest_row_is_as_wide_as_the_picture_and_the_sum_is_no_bar():
    found = bars(table(("a", 3, 1, None), ("b", 1, 0, None), ("total", 4, 1, None)), SERIES, say, name)

    assert spans(found) == [
        ("accent", 0, 75, "On time: 3"),
        ("overdue", 75, 25, "Late: 1"),
        ("accent", 0, 25, "On time: 1"),
    ]
    assert [label.words for label in found.labels] == ["a", "3 · 1", "b", "1 · 0"]
    assert [tone for tone, _ in found.legend] == ["accent", "overdue"]


def test_no_bar_is_longer_than_the_picture_where_a_whole_is_known():
    found = bars(table(("a", 0, 0, Decimal(50)), ("b", 0, 0, Decimal(200))), PERCENT, say, name, of=100)

    assert [span[:3] for span in spans(found)] == [
        ("base", 0, 50),
        ("accent", 0, 25),
        ("base", 0, 50),
        ("accent", 0, 100),
    ]


def test_a_row_with_a_number_that_is_not_told_has_words_and_no_bar():
    few = message("fewer than {limit}", limit=5)

    found = bars(table(("a", 30, few, None), ("b", 10, 0, None)), SERIES, say, name)

    assert spans(found) == [("accent", 0, 100, "On time: 10")]
    assert "30 · fewer than 5" in [label.words for label in found.labels]


def test_long_names_take_two_lines_and_bars_stand_below_each_other():
    found = bars(table(("ord " * 12, 1, 0, None), ("ord " * 40, 1, 0, None)), SERIES, say, name)

    starts = [label for label in found.labels if label.anchor == "start"]
    assert [len(label.words) <= 40 for label in starts] == [True] * 4
    assert starts[-1].words.endswith("…")
    assert found.pieces[0].y < starts[2].y < starts[3].y < found.pieces[1].y < found.height


def test_draws_the_largest_of_many_in_the_order_of_the_table():
    found = bars(table(*((f"n{size:02}", size, 0, None) for size in range(1, 21))), SERIES, say, name)

    names = [label.words for label in found.labels if label.anchor == "start"]
    assert len(names) == MOST_BARS
    assert names == sorted(names)
    assert names[-1] == "n20"


def test_months_stand_on_the_ground_on_top_of_each_other():
    found = months(table(("2026-10", 3, 1, None), ("2026-11", 0, 0, None)), SERIES, say, name)

    below, above = found.pieces
    assert below.y + below.height == HEAD + PLOT
    assert above.y + above.height == below.y
    assert above.y == HEAD  # four of four
    assert above.words == "2026-10, Late: 1"


@pytest.mark.parametrize(("most", "numbers"), [(0, "01"), (3, "0123"), (7, "02468"), (10, ["0", "5", "10"])])
def test_a_plot_is_measured_in_round_numbers(most, numbers):
    found = months(table(("2026-10", most, 0, None)), SERIES, say, name)

    assert [label.words for label in found.labels if label.anchor == "end"] == list(numbers)


def test_a_line_is_broken_where_there_is_nothing():
    rows = [("a", 0, 0, Decimal(100)), ("b", 0, 0, Decimal(50)), ("c", 0, 0, None), ("d", 0, 0, Decimal(0))]

    found = line(table(*rows), "percent", say, name)

    assert [dot.y for dot in found.dots] == [HEAD, HEAD + PLOT / 2, HEAD + PLOT]
    assert [(stroke.y1, stroke.y2) for stroke in found.strokes] == [(HEAD, HEAD + PLOT / 2)]


def test_names_at_most_twelve_months():
    found = months(table(*((str(place), 1, 0, None) for place in range(30))), SERIES, say, name)

    assert [label.words for label in found.labels if label.anchor == "middle"] == [str(one) for one in range(0, 30, 3)]


def test_what_has_nothing_to_show_is_not_drawn():
    few = message("fewer than {limit}", limit=5)

    assert can_draw(table(("a", 1, 0, None)), SERIES)
    assert not can_draw(table(("a", 0, 0, None)), SERIES)
    assert not can_draw(table(("a", 9, 0, None), ("b", few, 0, None), ("c", few, 0, None)), SERIES)
    assert not can_draw(table(("a", 1, 0, None)), (Series("gone", "accent"),))
    assert not can_draw(table(), SERIES)
