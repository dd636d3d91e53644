"""Messages reach who awaits them, start what starts with them, or are kept until somebody awaits them."""

import pytest
from sqlalchemy import select

from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.model import Case, CaseState, MessageState, ProcessInstance, ProcessMessage, Subscription
from casework.operations.close_case import close_case
from casework.operations.complete_user_task import complete_user_task
from casework.operations.deliver_kept_message import deliver_kept_message
from casework.operations.discard_message import discard_message
from casework.operations.receive_message import receive_message
from tests.diagrams import MESSAGE, boundary, catch, end, message, node, process, start, user
from tests.operations.asking import instance, kinds, one, open_elements, rows, started
from tests.operations.processes import one_after_the_other, release

NEW = '<bpmn:message id="ny" name="NyUnderretning"/>'


def task(name, ext=""):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse")


def waiting(*, ext="", name="p", before=""):
    """Waits for `Svar`, then a task."""
    nodes = (start(), *([task(before)] if before else []), catch("vent", message(), ext=ext), task("efter"), end())
    flows = f"start {before}, {before} vent" if before else "start vent"
    return process(*nodes, flows=f"{flows}, vent efter, efter end", shared=MESSAGE, name=name)


def test_a_message_lets_the_wait_go_on_and_its_payload_becomes_variables(cast):
    release(waiting(ext='<sag:output variable="ja" value="=result.ja"/>'))
    begun = started(cast)

    received = receive_message(cast.mette, case_id=cast.case_id, name="Svar", payload={"ja": True, "mere": 7})

    assert (received.state, received.instance_ids) == ("delivered", (begun.instance_id,))
    assert open_elements(cast.case_id) == ["efter"]
    assert instance().variables == {"ja": True}
    assert one(ProcessMessage).instance_id == begun.instance_id


def test_a_message_that_nobody_awaits_is_kept_and_delivered_when_a_wait_opens(cast):
    release(waiting(before="foer"))
    (first,) = started(cast).task_ids

    received = receive_message(cast.mette, case_id=cast.case_id, name="Svar", payload={"ja": True})
    complete_user_task(cast.mette, task_id=first, answers={})

    assert received.state == "kept"
    assert one(ProcessMessage).state is MessageState.DELIVERED
    assert open_elements(cast.case_id) == ["efter"]
    assert rows(select(Subscription.state)) == ["received"]


def test_a_kept_message_is_delivered_once(cast):
    release(waiting(), waiting(name="q"))
    receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    started(cast, "p")
    started(cast, "q")

    assert open_elements(cast.case_id) == ["efter"]


def test_the_correlation_chooses_between_waits(cast):
    release(waiting(ext='<sag:correlation value="=nr"/>'))
    started(cast, variables={"nr": "A1"})
    other = started(cast, variables={"nr": "B2"})

    received = receive_message(cast.mette, case_id=cast.case_id, name="Svar", correlation="B2")

    assert received.instance_ids == (other.instance_id,)
    assert receive_message(cast.mette, case_id=cast.case_id, name="Svar", correlation="C3").state == "kept"


def test_every_instance_that_awaits_the_name_gets_it(cast):
    release(waiting(), waiting(name="q"))
    both = {started(cast, "p").instance_id, started(cast, "q").instance_id}

    received = receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert set(received.instance_ids) == both


def test_within_an_instance_one_message_satisfies_one_wait(cast):
    many = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=[1,2,3]" camunda:elementVariable="nr"/>'
    receive = node("receiveTask", "svar", many, messageRef="m")
    release(process(start(), receive, task("efter"), end(), flows="start svar, svar efter, efter end", shared=MESSAGE))
    started(cast)

    for _ in range(3):
        assert open_elements(cast.case_id) == []
        receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert open_elements(cast.case_id) == ["efter"]


def by_message(name="ny"):
    return process(
        start("ind", message("ny")), task("vurder"), end(), flows="ind vurder, vurder end", shared=NEW, name=name
    )


def test_a_message_starts_the_released_version(cast):
    release(by_message())

    received = receive_message(cast.mette, case_id=cast.case_id, name="NyUnderretning", payload={"akut": True})

    assert received.state == "delivered"
    assert open_elements(cast.case_id) == ["vurder"]
    assert instance().variables == {"akut": True}


def test_each_message_starts_its_own_instance(cast):
    release(by_message())

    for _ in range(2):
        receive_message(cast.mette, case_id=cast.case_id, name="NyUnderretning")

    assert open_elements(cast.case_id) == ["vurder", "vurder"]


def test_what_one_process_sends_another_receives_in_the_same_breath(cast):
    sender = process(
        start(),
        node("sendTask", "send", ext='<sag:input name="akut" value="=1 = 1"/>', messageRef="ny"),
        end(),
        flows="start send, send end",
        shared=NEW,
    )
    release(sender, by_message())

    started(cast)

    assert open_elements(cast.case_id) == ["vurder"]
    assert one(ProcessMessage).payload == {"akut": True}
    assert one(ProcessInstance, ProcessInstance.process_id == "p").state == "completed"


def test_what_is_told_outside_waits_for_nobody(cast):
    told = node("intermediateThrowEvent", "send", message(), **{"sag:outward": "true"})
    release(process(start(), told, end(), flows="start send, send end", shared=MESSAGE))

    started(cast)

    assert one(ProcessMessage).state is MessageState.SENT
    assert one(Case).kept_messages == 0


def test_the_same_key_again_changes_nothing(cast):
    release(by_message())
    words = {"case_id": cast.case_id, "name": "NyUnderretning", "dedupe_key": "skole-17"}

    first = receive_message(cast.mette, **words)
    again = receive_message(cast.mette, **words)

    assert (again.message_id, again.state) == (first.message_id, "delivered")
    assert open_elements(cast.case_id) == ["vurder"]


def test_a_repeating_boundary_message_hears_each_of_them(cast):
    diagram = process(
        start(),
        task("arbejd"),
        boundary("svar", "arbejd", message(), interrupting=False),
        task("laes"),
        end(),
        end("end2"),
        flows="start arbejd, arbejd end, svar laes, laes end2",
        shared=MESSAGE,
    )
    release(diagram)
    started(cast)

    for _ in range(3):
        receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert open_elements(cast.case_id) == ["arbejd", "laes", "laes", "laes"]


def test_a_kept_message_can_be_delivered_by_hand_when_somebody_awaits_it(cast):
    message_id = receive_message(cast.mette, case_id=cast.case_id, name="NyUnderretning").message_id

    with pytest.raises(ConflictError):
        deliver_kept_message(cast.mette, message_id=message_id)
    release(by_message())
    delivered = deliver_kept_message(cast.mette, message_id=message_id)

    assert delivered.state == "delivered"
    assert open_elements(cast.case_id) == ["vurder"]
    with pytest.raises(ConflictError):
        deliver_kept_message(cast.mette, message_id=message_id)


def test_a_person_may_put_a_message_aside(cast):
    message_id = receive_message(cast.mette, case_id=cast.case_id, name="Klage").message_id

    discard_message(cast.mette, message_id=message_id, reason="Hører til en anden sag")

    assert one(ProcessMessage).state is MessageState.DISCARDED
    assert kinds(cast.case_id)[-1] == "message_discarded"
    with pytest.raises(ConflictError):
        discard_message(cast.mette, message_id=message_id, reason="Igen")


def test_processes_that_set_each_other_off_without_end_are_stopped(cast):
    def ping(name, hears, says):
        shared = f'<bpmn:message id="m1" name="{hears}"/><bpmn:message id="m2" name="{says}"/>'
        send = node("sendTask", "send", messageRef="m2")
        return process(start("ind", message("m1")), send, end(), flows="ind send, send end", shared=shared, name=name)

    release(ping("a", "Ping", "Pong"), ping("b", "Pong", "Ping"))

    receive_message(cast.mette, case_id=cast.case_id, name="Ping")

    assert kinds(cast.case_id).count("incident_raised") == 1


def test_who_does_not_see_the_case_cannot_send_to_it(cast):
    with pytest.raises(NotFoundError):
        receive_message(cast.sofie, case_id=cast.case_id, name="Svar")


def test_a_message_needs_a_name(cast):
    with pytest.raises(InvalidError):
        receive_message(cast.mette, case_id=cast.case_id, name=" ")


def test_the_new_notification_is_never_merged_into_what_runs(cast):
    release(one_after_the_other("arbejd"), by_message())
    started(cast)

    receive_message(cast.mette, case_id=cast.case_id, name="NyUnderretning")

    assert open_elements(cast.case_id) == ["arbejd", "vurder"]


def test_what_a_message_starts_opens_a_closed_case(cast):
    release(process(start(inner=message()), task("a"), end(), flows="start a, a end", shared=MESSAGE))
    close_case(cast.mette, case_id=cast.case_id, reason="Familien klarer sig.")

    receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert one(Case).state is CaseState.OPEN
    assert kinds(cast.case_id)[1:3] == ["message_received", "case_reopened"]
