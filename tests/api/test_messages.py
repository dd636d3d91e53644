"""Messages over the API: delivered to who waits, else kept, shown, delivered later or put aside."""

from __future__ import annotations

from tests.api.problems import refused, wrong_fields
from tests.diagrams import MESSAGE, catch, end, message, process, start, user
from tests.factories import a_message
from tests.operations.asking import open_elements, started
from tests.operations.processes import release

WAITS = process(
    start(),
    catch("venter", message()),
    user("a", camunda_candidateGroups="modtagelse"),
    end(),
    flows="start venter, venter a, a end",
    shared=MESSAGE,
)


def name_of_message():
    return MESSAGE.partition('name="')[2].partition('"')[0]


def test_goes_to_who_waits(api, cast):
    release(WAITS)
    instance = started(cast)

    answer = api.system("messages:write").post(f"/cases/{cast.case_id}/messages", {"name": name_of_message()})

    body = answer.get_json()
    assert (answer.status_code, body["state"]) == (201, "delivered")
    assert body["instance_ids"] == [str(instance.instance_id)]
    assert open_elements(cast.case_id) == ["a"]


def test_nobody_waits_for_is_kept_and_can_be_delivered_later(api, cast):
    release(WAITS)
    system = api.system("messages:write", "messages:read")
    kept = system.post(f"/cases/{cast.case_id}/messages", {"name": "Klage", "payload": {"ja": True}}).get_json()

    listed = system.get("/messages", query_string={"case_id": str(cast.case_id)}).get_json()["items"]
    body = refused(system.post(f"/messages/{kept['message_id']}/delivery"), 409)

    assert (kept["state"], kept["instance_ids"]) == ("kept", [])
    assert [(row["id"], row["name"], row["awaited_by"]) for row in listed] == [(kept["message_id"], "Klage", [])]
    assert body["title"]


def test_is_put_aside_with_a_reason(api, cast):
    kept = api.mette.post(f"/cases/{cast.case_id}/messages", {"name": "Klage"}).get_json()["message_id"]

    assert wrong_fields(api.mette.post(f"/messages/{kept}/discarding", {})) == ["reason"]
    done = api.mette.post(f"/messages/{kept}/discarding", {"reason": "Sendt to gange"})

    assert done.get_json() == {"message_id": kept, "state": "discarded"}
    assert api.mette.get("/messages").get_json()["items"] == []
    refused(api.mette.post(f"/messages/{kept}/discarding", {"reason": "x"}), 409)


def test_holds_no_long_text(api, cast):
    answer = api.mette.post(f"/cases/{cast.case_id}/messages", {"name": "Klage", "payload": {"tekst": "x" * 5_000}})

    refused(answer, 413, "limit")


def test_pages_with_the_oldest_first(api, cast, clock):
    ids = []
    for _ in range(3):
        ids.append(str(a_message(cast.case_id).id))
        clock.advance(minutes=1)

    first = api.mette.get("/messages?limit=2").get_json()
    second = api.mette.get("/messages", query_string={"cursor": first["next_cursor"]}).get_json()

    assert [row["id"] for row in first["items"] + second["items"]] == ids
