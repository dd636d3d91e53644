"""A scenario happens with the real operations; what differs from it is said at its line."""

from __future__ import annotations

import pytest

from casework.database import engine
from casework.demo.load import MUNICIPALITY
from casework.scenarios import play, prepared, read_text
from casework.scenarios.flows import Flows
from tests import diagrams as d
from tests.operations.processes import a_form


@pytest.fixture(scope="session")
def flows(sandbox):
    return Flows.of(sandbox.diagrams)


@pytest.fixture
def told(sandbox, flows):
    """Play what is told; `text` are the entries of one scenario."""

    def tell(text):
        lines = "".join(f"    {line}\n" for line in text.strip().splitlines())
        (scenario,) = read_text(f"scenarier:\n  - navn: Prøve\n{lines}", "scenarios.yaml")
        return play(sandbox, scenario, flows)

    return tell


def said(outcome):
    return [(problem.line, problem.message.text("en")) for problem in outcome.problems]


TALK = "start: sub_boernesamtale\nforløb:\n"


def test_what_happens_as_it_is_told_is_fine(told):
    outcome = told(TALK + "  - F09f\n  - F09: {samtaleHoldt: ja}\n  - F09r\nslut: slut")

    assert said(outcome) == []
    assert ("sub_boernesamtale", "f_g_holdt_referat") in outcome.taken
    assert ("sub_boernesamtale", "f_g_holdt_undladelse") not in outcome.taken


def test_nothing_of_it_reaches_the_configured_database(told, sqlite_database):
    told(TALK + "  - resten\nslut: slut")

    with engine().connect() as connection:
        assert connection.exec_driver_sql("select count(*) from cases").scalar() == 0


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("  - F01", 5, "The task F01 does not stand. There stand: forbered (F09f)."),
        ("  - F09f: {hest: 1}", 5, "F09f does not ask for hest"),
        ("  - F09f\n  - F09: {samtaleHoldt: måske}", 6, "F09.samtaleHoldt cannot be 'måske' here"),
        ("  - indtil: vurder", 5, "vurder never came; nothing else stands."),
        ("  - vent: til seksUger", 5, "Nothing waits for that moment (seksUger)."),
        ("  - vent: til 2020-01-01", 5, "That is past"),
        ("  - besked: Hest", 5, "Nobody awaits the message Hest."),
        ("  - overlevering: accepteret", 5, "There is no hand-off."),
        ("  - samtykke: trukket", 5, "There is no consent that counts."),
        ("  - forvent: {opgaver: [vurder]}", 5, "The task vurder should stand. There stand: forbered."),
        ("  - forvent: {ingen_opgaver: [alle]}", 5, "No task should stand."),
        ("  - forvent: {ingen_opgaver: [forbered]}", 5, "The task forbered should not stand."),
        ("  - forvent: {breve: [kvittering]}", 5, "The letter kvittering should have been sent."),
        ("  - forvent: {beskeder: [UdfaldKlar]}", 5, "The message UdfaldKlar should have been sent."),
        (
            "  - forvent: {frister: {bfu: 2027-01-01}}",
            5,
            "The deadline bfu should be Friday 1 January 2027, and is not there.",
        ),
        ("  - forvent: {oplysninger: {erAnbragt: ja}}", 5, "erAnbragt should be True, and is not known."),
        ("  - forvent: {ansvarlig: ppr}", 5, "ppr should be responsible, and modtagelse_nord is."),
        ("  - resten\nslut: slut_undladt", 6, "sub_boernesamtale should end at slut_undladt, and is at slut."),
        ("  - F09f\nslut: slut", 6, "sub_boernesamtale should end at slut, and is at no end."),
    ],
)
def test_what_differs_is_said_at_its_line(told, text, line, sentence):
    (problem,) = said(told(TALK + text))

    assert problem[0] == line
    assert sentence in problem[1]


def test_an_unknown_beginning_is_said(told):
    assert said(told("start: hest")) == [(3, "Nobody awaits the message hest.")]


def test_where_it_got_stuck_is_said_too(tmp_path):
    drawn = d.process(
        d.start(), d.user("a", camunda_candidateGroups="modtagelse"),
        d.node("intermediateCatchEvent", "g", d.timer("=alder")), d.end(),
        flows="start a, a g, g end",
    )  # fmt: skip
    (tmp_path / "p.bpmn").write_bytes(drawn)
    (tmp_path / "F01.form").write_text(a_form("F01"))
    (scenario,) = read_text("scenarier:\n  - navn: x\n    start: p\n    forløb: [resten]\n    slut: end", "x.yaml")

    with prepared(processes=tmp_path, forms=tmp_path, municipality=MUNICIPALITY) as own:
        outcome = play(own, scenario, Flows.of(own.diagrams))

    assert "It got stuck at g" in said(outcome)[0][1]
    assert said(outcome)[1] == (5, "p should end at end, and is at no end.")


def test_everybody_does_what_comes_while_time_passes(told):
    outcome = told(
        "start: sub_frivillig\nellers: {F31k: venter}\nforløb:\n  - gå: 6 uger\n  - forvent: {opgaver: [foelgOp]}"
    )

    assert said(outcome) == []


def test_what_goes_round_in_a_circle_is_answered_otherwise_after_a_while(told):
    """The first answer of F04 is to talk once more."""
    outcome = told("start: sub_afklaring\nforløb:\n  - resten")

    assert said(outcome) == []


def test_what_was_answered_wrong_is_put_right(told):
    outcome = told(
        TALK + "  - F09f\n  - F09: {samtaleHoldt: nej}\n  - ret: samtale\n    svar: {samtaleHoldt: ja}\n"
        "  - forvent: {opgaver: [referat], ingen_opgaver: [undladelse]}\n  - ret: samtale\n    til: igen\n"
        "  - forvent: {opgaver: [samtale]}"
    )

    assert said(outcome) == []


def test_facts_that_are_told_move_deadlines(told):
    outcome = told(
        "start: Underretning\nmed: {modtagetTid: nu, kendskabsDato: i dag, erUnderretning: ja}\n"
        "barn: {alder: 14}\nforløb:\n  - oplysninger: {foedselsdato: 2012-03-01}\n"
        "  - forvent: {oplysninger: {foedselsdato: 2012-03-01}, frister: {vurdering24: {klasse: LOV, tilstand: løber}}}"
    )

    assert said(outcome) == []
    assert {one.key for one in outcome.deadlines} >= {"vurdering24", "kvittering"}
