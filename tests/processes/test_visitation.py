"""The referral board: at least two departments, one package that is planned, priced and approved, and a provider's yes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from casework import forms
from casework.model import PriceUnit
from tests.processes.answers import filled
from tests.processes.project import form
from tests.processes.walker import OPEN, Walk

CHEAP, DEAR = {"price": 90_000, "limit": 400_000}, {"price": 900_000, "limit": 400_000}


def invited(*departments):
    """The caseworker has invited them."""
    walk = Walk("sub_visitation", variables={"visitationAnledning": "indsats"})
    return walk.do("inviter", deltagendeAfdelinger=list(departments))


def put_together(**price):
    """Both departments have contributed, the board has put a package together, and it is priced."""
    walk = invited("ppr", "udfoerer").do("bidrag_ppr").do("bidrag_udfoerer")
    return walk.do("droeft", leverandoerSpor="udfoerer").do("planlaeg", **price)


def test_each_invited_department_has_a_task_in_its_own_lane():
    walk = invited("ppr", "udfoerer", "kui")

    assert walk.open() == ["bidrag_kui", "bidrag_ppr", "bidrag_udfoerer"]
    assert {walk.element(walk.find(one)).lane for one in walk.open()} == {"kui", "ppr", "udfoerer"}


def test_one_department_alone_is_no_referral_board():
    for key in ("F13i", "F13"):
        field = next(c for _, c in form(key).walk() if c.key == "deltagendeAfdelinger")
        answers = {"deltagendeAfdelinger": ["ppr"]}
        assert forms.validate(form(key), answers, forms.Context())["deltagendeAfdelinger"], key
        assert field.fewest == 2


def test_the_board_meets_although_a_department_has_not_answered():
    walk = invited("ppr", "skole").do("bidrag_ppr").tell("syvDage")

    assert walk.open() == ["droeft"]
    assert walk.element(walk.find("droeft")).lane == "visitation"


@pytest.mark.parametrize(
    ("price", "element", "lane"),
    [
        (CHEAP, "godkendLeder", "teamleder"),
        (DEAR, "godkendChef", "familiechef"),
        ({"price": 900_000, "limit": None}, "godkendLeder", "teamleder"),
        ({"price": 400_000, "limit": 400_000}, "godkendLeder", "teamleder"),
    ],
)
def test_what_costs_more_than_the_team_leader_may_approve_goes_to_the_head(price, element, lane):
    walk = put_together(**price)

    assert walk.open() == [element]
    assert walk.element(walk.find(element)).lane == lane
    assert walk.variables["pakkePris"] == price["price"]


def test_sent_back_it_is_the_same_package_and_approved_it_goes_to_the_provider():
    walk = put_together(**DEAR).do("godkendChef", afgoerelse="tilbage").do("droeft", leverandoerSpor="udfoerer")
    assert walk.find("planlaeg").inputs["package_id"] == "h1"

    walk.do("planlaeg", **CHEAP).do("godkendLeder", afgoerelse="godkend").do("godkend", **CHEAP)

    assert [sent.name for sent in walk.sent] == ["IndsatspakkeGodkendt"]
    assert walk.sent[0].payload == {"pakkeId": "h1", "leverandoer": "udfoerer"}
    assert walk.variables["pakkeGodkendt"] is True
    assert walk.open() == ["beskriv"]


def test_refused_it_is_given_up_and_nobody_is_asked():
    walk = put_together(**CHEAP).do("godkendLeder", afgoerelse="afvis").do("afvis")

    assert walk.step.is_completed
    assert (walk.ends[-1], walk.sent, walk.variables["pakkeGodkendt"]) == ("slut_nej", [], False)


def test_a_place_is_waited_for_and_the_package_starts_with_the_providers_yes():
    walk = (
        invited("ppr", "skole").tell("syvDage").do("droeft", leverandoerSpor="anbringelsessted").do("planlaeg", **CHEAP)
    )
    walk.do("godkendLeder", afgoerelse="godkend").do("godkend")
    assert walk.find("venteliste").inputs == {"action": "wait", "unit": "anbringelsessted"}

    walk.do("venteliste").do("beskriv")
    assert walk.find("tilbyd").inputs["toLane"] == "anbringelsessted"
    walk.do("tilbyd").tell("svar", state="accepted").do("igang")

    assert walk.step.is_completed
    assert walk.ends[-1] == "slut"


def test_a_placement_that_is_chosen_with_the_decision_is_not_asked_before():
    walk = invited("ppr", "skole").tell("syvDage").do("droeft", leverandoerSpor="senere").do("planlaeg", **CHEAP)

    walk.do("godkendLeder", afgoerelse="godkend").do("godkend")

    assert walk.step.is_completed
    assert walk.ends[-1] == "slut_senere"


@pytest.mark.parametrize("seed", range(40))
def test_the_form_counts_prices_as_the_package_does(seed):
    random = Random(seed)
    first = date(2026, 1, 1) + timedelta(days=random.randrange(800))
    last, per = first + timedelta(days=random.randrange(500)), random.choice(list(PriceUnit))
    row = {"start": first.isoformat(), "slut": last.isoformat(), "prisPer": per.value, "enhedspris": 7}
    answers = filled(form("F13"), random, now=OPEN, known={})
    answers["elementer"] = [{**answers["elementer"][0], **row}] * 2

    settled = forms.settle(form("F13"), answers, forms.Context(now=OPEN))

    assert settled.errors == {}
    assert [one["pris"] for one in settled.answers["elementer"]] == [7 * per.number_of(first, last)] * 2
    assert settled.answers["samletPris"] == 14 * per.number_of(first, last)
