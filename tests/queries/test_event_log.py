"""The event log: what happened when, without a name, in XES and OCEL 2.0; pm4py reads it back where it is installed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from lxml import etree

from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.operations.complete_user_task import complete_user_task
from casework.queries.event_log import asked, ocel, xes
from casework.queries.event_log import rows as log_rows
from tests.diagrams import choice, end, job, process, start
from tests.operations.asking import started, task_at
from tests.operations.moving import rule, task
from tests.operations.processes import a_form, field, release

XES = "{http://www.xes-standard.org/}"
SECRET = "Emil bor hos sin mormor"


@pytest.fixture
def log(cast, clock):
    """Two instances: one is over, the other waits for its first task."""
    first = task("a", ext=rule("P1D")).replace('name="A"', 'name="Læs &amp; &lt;vurdér&gt;"')
    drawn = process(
        start(), first, choice("g"), task("b"), job("send"), end(),
        flows="start a, a g, g b if =x, g send else, b end, send end",
    )  # fmt: skip
    release(drawn, forms={"F01": a_form("F01", field("tekst"))})
    begun = started(cast), started(cast)
    clock.advance(days=3)
    complete_user_task(cast.mette, task_id=begun[0].task_ids[0], answers={"tekst": SECRET}, late_reason="Syg")
    return cast


def file(cast, make, **more):
    return b"".join(make(asked(cast.birgit, "p", **more)))


def test_xes_tells_what_happened_in_order(log):
    root = etree.fromstring(file(log, xes))

    traces = root.findall(f"{XES}trace")
    assert [len(trace.findall(f"{XES}event")) for trace in traces] == [4, 2]
    events = [{one.get("key"): one.get("value") for one in event} for event in traces[0].findall(f"{XES}event")]
    assert [(e["concept:name"], e["lifecycle:transition"]) for e in events] == [
        ("Start", "complete"),
        ("Læs & <vurdér>", "schedule"),
        ("Læs & <vurdér>", "complete"),
        ("G", "complete"),
    ]
    done = next(e for e in events if "org:resource" in e)
    assert (done["sag:late"], done["org:group"], done["time:timestamp"]) == (
        "true",
        "modtagelse_nord",
        "2026-11-26T08:00:00.000+00:00",
    )


def test_xes_holds_what_the_standard_asks(log):
    root = etree.fromstring(file(log, xes))

    assert root.tag == f"{XES}log"
    assert root.get("xes.version")
    prefixes = {one.get("prefix") for one in root.findall(f"{XES}extension")}
    for attribute in root.iter(*(f"{XES}{kind}" for kind in ("string", "date", "int", "boolean", "float"))):
        assert attribute.get("value") is not None
        prefix = attribute.get("key").partition(":")[0]
        assert prefix in prefixes | {"sag"}
    required = {one.get("key") for one in root.find(f"{XES}global[@scope='event']")}
    for event in root.iter(f"{XES}event"):
        assert required <= {one.get("key") for one in event}


def test_ocel_names_every_type_and_object_before_it_is_referred_to(log):
    found = json.loads(file(log, ocel))

    types = {t["name"]: {a["name"] for a in t["attributes"]} for t in found["objectTypes"]}
    objects = {one["id"]: one for one in found["objects"]}
    assert len(objects) == len(found["objects"])
    assert {one["type"] for one in objects.values()} == {"case", "instance", "task", "deadline", "person", "unit"}
    for one in objects.values():
        assert {a["name"] for a in one["attributes"]} <= types[one["type"]]
        assert {r["objectId"] for r in one["relationships"]} <= objects.keys()
    events = {t["name"]: {a["name"] for a in t["attributes"]} for t in found["eventTypes"]}
    for event in found["events"]:
        assert {a["name"] for a in event["attributes"]} <= events[event["type"]]
        assert {r["objectId"] for r in event["relationships"]} <= objects.keys()
        assert event["time"].endswith("Z")
    assert "Læs & <vurdér> [opened]" in events
    assert sum(event["type"].endswith("[deadline]") for event in found["events"]) == 1


@pytest.mark.parametrize("make", [xes, ocel])
def test_nobody_and_no_word_of_a_case_is_in_it(log, make):
    text = file(log, make).decode()

    for secret in (
        SECRET,
        "Syg",
        "Mette",
        "Friis",
        log.number,
        str(log.case_id),
        str(log.mette.id),
        str(task_at("a").id),
    ):
        assert secret not in text
    first, second = file(log, make), file(log, make)
    assert first != second, "codes are drawn anew for each file"


def test_the_same_is_the_same_within_a_file(log):
    found = json.loads(file(log, ocel))

    on = [r["objectId"] for event in found["events"] for r in event["relationships"] if r["qualifier"] == "on"]
    assert len(set(on)) == 1, "both instances run on one case"


def test_what_is_asked_for_is_all_that_is_in_it(log, monkeypatch):
    monkeypatch.setattr(log_rows, "CHUNK", 1)

    assert file(log, xes).count(b"<trace>") == 2
    assert file(log, xes, version=1).count(b"<trace>") == 2
    assert file(log, xes, first=date(2026, 11, 23), last=date(2026, 11, 23)).count(b"<trace>") == 2
    assert file(log, xes, first=date(2026, 11, 24)).count(b"<trace>") == 0
    assert json.loads(file(log, ocel, last=date(2026, 11, 22)))["events"] == []


def test_refuses_who_may_not_and_what_is_not_there(log):
    with pytest.raises(ForbiddenError):
        asked(log.mette, "p")
    with pytest.raises(NotFoundError):
        asked(log.birgit, "hest")
    with pytest.raises(NotFoundError):
        asked(log.birgit, "p", version=9)
    with pytest.raises(InvalidError):
        asked(log.birgit, "p", first=date(2026, 2, 1), last=date(2026, 1, 1))


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore")  # of theirs
def test_pm4py_reads_both_back(log, tmp_path):
    """`pip install -r requirements-mining.in` first: half a gigabyte that no other test needs."""
    pm4py = pytest.importorskip("pm4py")
    for name, make in (("log.xes", xes), ("log.jsonocel", ocel)):
        (tmp_path / name).write_bytes(file(log, make))

    frame = pm4py.read_xes(str(tmp_path / "log.xes"))
    found = pm4py.read_ocel2_json(str(tmp_path / "log.jsonocel"))

    assert (frame["case:concept:name"].nunique(), len(frame)) == (2, 6)
    assert set(pm4py.get_event_attribute_values(frame, "lifecycle:transition")) == {"complete", "schedule"}
    assert set(pm4py.ocel_get_object_types(found)) == {"case", "instance", "task", "deadline", "person", "unit"}
    assert len(found.events) == 7
