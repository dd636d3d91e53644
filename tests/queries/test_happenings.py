"""What a person may tell the case that it has happened: what diagrams mark, while something awaits or would begin with it."""

from casework.operations.receive_message import receive_message
from casework.queries.case_page import case_page
from tests.diagrams import catch, end, message, node, process, start, user
from tests.operations.asking import open_elements, started
from tests.operations.processes import release

SHARED = '<bpmn:message id="m" name="Hjem"/><bpmn:message id="n" name="Brud"/><bpmn:message id="k" name="Svar"/>'


def by_hand(xml):
    return xml.replace(" id=", ' sag:byHand="true" id=', 1)


def told(cast):
    return [(one.message, one.name.text("da")) for one in case_page(cast.mette, cast.case_id).happenings]


def test_lists_what_is_marked_and_awaited_or_begins_something(cast):
    waits = process(
        start(), by_hand(catch("vent", message())), catch("svar", message("k")), end(),
        flows="start vent, vent svar, svar end", shared=SHARED,
    )  # fmt: skip
    begins = process(
        by_hand(node("startEvent", "brud", message("n"))), user("se", camunda_candidateGroups="modtagelse"), end(),
        flows="brud se, se end", shared=SHARED, name="q",
    )  # fmt: skip
    release(waits, begins)
    before = told(cast)
    started(cast)

    assert before == [("Brud", "Brud")]
    assert told(cast) == [("Brud", "Brud"), ("Hjem", "Vent")]

    receive_message(cast.mette, case_id=cast.case_id, name="Hjem")
    receive_message(cast.mette, case_id=cast.case_id, name="Brud")
    assert told(cast) == [("Brud", "Brud")]
    assert open_elements(cast.case_id) == ["se"]
