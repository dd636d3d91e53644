"""Appeals (S10): looked at again, never rejected by us, forwarded in time, and carried out when the Board has decided."""

from __future__ import annotations

from datetime import date

import pytest

from casework import calendar, feel
from casework.calendar import CalendarKind
from tests.processes.project import definition
from tests.processes.walker import Walk

IN_TIME = {"klager": "foraeldremyndighed", "rettidig": True, "udvalgssag": False}


def appealed(**answers):
    return Walk("klage", start="start", variables={}).do("registrer", **(IN_TIME | answers))


def forwarded(walk):
    return walk.do("skriv").do("oversend").do("orienter")


def test_a_caseworker_can_begin_it_and_another_system_too():
    starts = {e.id: (e.event, e.event_name) for e in definition("klage").start_events()}

    assert starts == {"start": ("", ""), "start_klage": ("message", "KlageModtaget")}
    by_message = Walk("klage", start="start_klage", variables={"modtagetDato": date(2026, 11, 20)})
    assert by_message.open() == ["registrer"]


def test_an_upheld_decision_goes_to_the_board_with_a_copy_to_the_appellant():
    walk = appealed().do("revurder", resultat="fastholdt").do("skriv")

    board = walk.find("oversend").inputs
    assert (board["template"], board["form"]) == ("klage_ankestyrelsen", "F33o")
    assert walk.do("oversend").find("orienter").inputs["recipient"] == "custody"
    assert walk.do("orienter").open() == ["svar"]


def test_a_child_gets_its_own_copy():
    walk = appealed(klager="barn").do("revurder", resultat="fastholdt").do("skriv").do("oversend")

    assert walk.find("orienter").inputs["recipient"] == "child"


def test_a_late_appeal_is_not_rejected_but_forwarded():
    walk = appealed(rettidig=False)

    assert walk.open() == ["skriv"]
    assert forwarded(walk).open() == ["svar"]


def test_whoever_is_right_gets_a_new_decision_and_nothing_goes_to_the_board():
    walk = appealed().do("revurder", resultat="medhold").do("skriv", fysiskBrev=False).do("godkend", godkendt=True)

    walk.do("send", "send")
    assert walk.ends == ["medhold"]
    assert [sent.name for sent in walk.sent] == ["AfgoerelseSendt"]


def test_whoever_is_partly_right_gets_a_new_decision_and_the_rest_goes_to_the_board():
    walk = appealed().do("revurder", resultat="delvist").do("skriv", fysiskBrev=False).do("godkend", godkendt=True)

    assert forwarded(walk.do("send", "send")).open() == ["svar"]


@pytest.mark.parametrize("outcome", ["aendret", "ophaevet", "hjemvist"])
def test_what_the_board_changes_is_carried_out(outcome):
    walk = forwarded(appealed(rettidig=False)).do("svar", udfald=outcome)

    assert walk.open() == ["gennemfoer"]
    assert walk.do("gennemfoer").ends == ["slut_gennemfoert"]


@pytest.mark.parametrize("outcome", ["stadfaestet", "afvist"])
def test_what_the_board_upholds_needs_nothing(outcome):
    assert forwarded(appealed(rettidig=False)).do("svar", udfald=outcome).ends == ["slut"]


def test_an_answer_that_comes_digitally_takes_the_task_away():
    walk = forwarded(appealed(rettidig=False)).tell("digitaltSvar", udfald="aendret")

    assert walk.open() == ["gennemfoer"]
    assert walk.variables["ankeUdfald"] == "aendret"


def test_four_weeks_from_receipt_until_it_has_left_the_house():
    (clock,) = definition("klage").process("klage").deadlines

    assert (clock.key, clock.deadline_class, clock.met, clock.until) == (
        "remonstration",
        "LOV",
        "oversend",
        "medhold",
    )
    due = calendar.due(
        clock.duration, CalendarKind(clock.calendar), feel.evaluate(clock.start, {"klageDato": date(2026, 11, 19)})
    )
    assert calendar.day_of(due.instant) == date(2026, 12, 17)
    shows = {e.id for e in definition("klage").elements.values() if e.deadline_refs == ("remonstration",)}
    assert shows == {"revurder", "skriv"}


def test_the_board_typically_takes_eight_weeks():
    (reminder,) = definition("klage").element("klage", "svar").deadlines

    assert (reminder.deadline_class, reminder.duration) == ("INTERN", "P8W")
