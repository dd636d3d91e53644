"""Hand-offs: the list, composing one with what the receiver will see, every answer, and every refusal."""

from __future__ import annotations

import pytest

from casework.operations.accept_handoff import accept_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.offer_handoff import offer_handoff
from casework.queries.handoff_page import handoff_page
from tests.web.visitors import links

OFFER = {"to_unit_id": "ppr_nord", "subject": "Skoletilbud", "purpose": "Vi beder PPR vurdere støtten i skolen."} | {
    "wanted_answer": "En kort vurdering",
    "due": "27.11.2026",
    "data_classes": "risiko",
    "legal_basis": "law:fvl28",
    "informed": "20.11.2026",
}


@pytest.fixture
def offered(emil, town):
    """Mette's unit asks PPR Nord; what is shared rests on a law."""
    return offer_handoff(
        town.mette,
        case_id=emil.case_id,
        to_unit_id="ppr_nord",
        subject="Skoletilbud",
        purpose="Vi beder PPR vurdere støtten i skolen.",
        data_classes=["risiko"],
        legal_basis="fvl28",
    )


def test_composes_with_the_receivers_view_beside_it(visitor, emil):
    page = visitor("mette").get(f"/cases/{emil.case_id}/handoffs/new")

    for words in ("Sådan ser de det", "De kan ikke se", "26.11.2026", "PPR Nord", "Forvaltningsloven § 28"):
        assert words in page.text


def test_the_preview_follows_what_is_written_and_no_address_holds_it(visitor, emil):
    mette = visitor("mette")

    preview = mette.post(f"/cases/{emil.case_id}/handoffs/preview", OFFER)
    half = mette.post(f"/cases/{emil.case_id}/handoffs/preview", {"due": "snart", "legal_basis": "consent:abc"})

    for words in ("Skoletilbud", "Vi beder PPR vurdere støtten", "PPR Nord kan ikke se", "Underretninger og risiko"):
        assert words in preview.text
    assert "<html" not in preview.text
    assert half.status_code == 200


def test_asks_another_unit(visitor, emil):
    mette = visitor("mette")

    answer = mette.post(f"/cases/{emil.case_id}/handoffs", OFFER)

    assert answer.status_code == 303
    page = mette.get(answer.location)
    assert "Den er sendt. Du har ansvaret, til de siger ja." in page.text
    assert "fre. 27.11." in page.text
    assert answer.location in links(mette.get("/handoffs?box=from_us"))
    assert answer.location in links(visitor("peter").get("/handoffs"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to_unit_id": ""}, "to_unit_id"),
        ({"subject": ""}, "subject"),
        ({"purpose": ""}, "purpose"),
        ({"due": "snart"}, "due"),
        ({"due": "1.5.2020"}, "due"),
        ({"informed": "i går"}, "informed"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"legal_basis": "consent:00000000-0000-0000-0000-000000000000"}, "legal_basis"),
        ({"data_classes": "alt"}, "data_classes"),
    ],
)
def test_a_refused_offer_comes_back_with_what_was_written(visitor, emil, wrong, field):
    written = OFFER | wrong

    page = visitor("mette").post(f"/cases/{emil.case_id}/handoffs", written)

    assert page.status_code == 422
    assert f'href="#offer-{field}"' in page.text
    assert f'id="offer-{field}' in page.text
    assert f'value="{written["subject"]}"' in page.text
    assert written["purpose"] in page.text


def test_the_receiver_sees_the_sheet_and_takes_over(visitor, offered):
    peter, page = visitor("peter"), f"/handoffs/{offered}"

    shown = peter.get(page)
    answer = peter.post(f"{page}/answer", {"answer": "accept", "version": "1"})

    assert "Vi overtager" in shown.text
    assert "Mette Friis Andersen, Modtagelsen Nord, har ansvaret" in shown.text
    assert answer.status_code == 303
    assert "Accepteret" in peter.get(page).text
    assert "Overtaget" in peter.get("/handoffs").text


@pytest.mark.parametrize(("answer", "state"), [("ask", "more_asked"), ("decline", "declined")])
def test_the_receiver_asks_or_declines_in_words(visitor, offered, town, answer, state):
    peter, page = visitor("peter"), f"/handoffs/{offered}"

    silent = peter.post(f"{page}/answer", {"answer": answer, "version": "1", "text": ""})
    said = peter.post(f"{page}/answer", {"answer": answer, "version": "1", "text": "Hvor bor mor?"})

    assert silent.status_code == 422
    assert 'href="#answer-text"' in silent.text
    assert f'value="{answer}" checked' in silent.text
    assert said.status_code == 303
    assert handoff_page(town.mette, offered).row.state == state
    assert "Hvor bor mor?" in visitor("mette").get(page).text


def test_the_sender_answers_or_takes_it_back(visitor, offered, town):
    ask_about_handoff(town.peter, handoff_id=offered, question="Hvor bor mor?")
    mette, page = visitor("mette"), f"/handoffs/{offered}"

    told = mette.post(f"{page}/answer", {"answer": "tell", "text": "I skoledistrikt Nord."})
    back = mette.post(f"{page}/answer", {"answer": "withdraw", "text": "Der er ikke brug for det mere."})

    assert (told.status_code, back.status_code) == (303, 303)
    assert "I skoledistrikt Nord." in mette.get(page).text
    assert "Det, der blev delt, er lukket igen." in visitor("peter").get(page).text


@pytest.mark.parametrize(("answer", "state"), [("return", "returned"), ("complete", "completed")])
def test_what_was_taken_over_is_given_back_or_done(visitor, offered, town, answer, state):
    accept_handoff(town.peter, handoff_id=offered)
    peter, page = visitor("peter"), f"/handoffs/{offered}"

    done = peter.post(f"{page}/answer", {"answer": answer, "text": "Vi har talt med skolen."})

    assert done.status_code == 303
    assert handoff_page(town.mette, offered).row.state == state
    assert page in links(peter.get("/handoffs?state=closed"))


def test_an_answer_to_what_has_changed_comes_back_with_what_was_written(visitor, offered, town):
    accept_handoff(town.peter, handoff_id=offered)
    text = "Vi kan ikke, for Emil hører til PPR Syd."

    page = visitor("peter").post(f"/handoffs/{offered}/answer", {"answer": "decline", "version": "1", "text": text})

    assert page.status_code == 409
    assert "Overleveringen er ændret, siden du åbnede den" in page.text
    assert text in page.text


def test_an_answer_must_be_chosen(visitor, offered):
    page = visitor("peter").post(f"/handoffs/{offered}/answer", {"text": "Vi ser på det."})

    assert page.status_code == 422
    assert 'href="#answer-answer"' in page.text
    assert "Vi ser på det." in page.text


def test_the_sender_cannot_answer_for_the_receiver(visitor, offered):
    page = visitor("mette").post(f"/handoffs/{offered}/answer", {"answer": "accept"})

    assert page.status_code == 403
    assert "Skoletilbud" in page.text


@pytest.mark.parametrize("query", ["", "?box=from_us", "?state=closed", "?box=from_us&state=closed", "?box=x&state=y"])
def test_every_list_opens_full_and_empty(visitor, offered, query):
    assert visitor("mette").get(f"/handoffs{query}").status_code == 200
    assert visitor("sofie").get(f"/handoffs{query}").status_code == 200


def test_only_who_may_hand_off_gets_the_form(visitor, emil):
    assert visitor("lars").get(f"/cases/{emil.case_id}/handoffs/new").status_code == 404
    assert visitor("lars").post(f"/cases/{emil.case_id}/handoffs", OFFER).status_code == 404
    assert visitor("lars").post(f"/cases/{emil.case_id}/handoffs/preview", OFFER).status_code == 404
