"""What the editors of process drafts ask of the server, as their scripts do: files with their revisions, findings, the layout."""

import json
import re

import pytest

from casework.operations.process_drafts.start_process_draft import start_process_draft

DIAGRAM = "files/diagram/new_notification"


class Script:
    """A script on the page of one person."""

    def __init__(self, visitor, draft):
        self.visitor, self.at = visitor, f"/process-drafts/{draft}"

    def get(self, path):
        return self.visitor.get(f"{self.at}/{path}")

    def send(self, method, path, data=b"", **headers):
        named = {"X-CSRFToken": self.visitor.token} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.visitor.client.open(f"{self.at}/{path}", method=method, data=data, headers=named)

    def save(self, content, *, revision):
        return self.send("PUT", DIAGRAM, content, If_Match=f'"{revision}"')


@pytest.fixture
def draft(town):
    return start_process_draft(town.birgit, process_id="new_notification")


@pytest.fixture
def birgit(visitor, draft):
    return Script(visitor("birgit"), draft)


def test_a_file_is_saved_on_the_revision_that_was_opened(birgit):
    opened = birgit.get(DIAGRAM)
    content = opened.data.replace(b'duration="P6D"', b'duration="P5D"')
    assert (opened.headers["X-Revision"], opened.headers["X-Changed"]) == ("0", "0")
    assert content != opened.data

    saved = birgit.save(content, revision=0)

    again = birgit.get(DIAGRAM)
    assert saved.json["revision"] == 1
    assert re.fullmatch(r"Gemt kl\. \d\d\.\d\d", saved.json["words"])
    assert (again.data, again.headers["X-Revision"], again.headers["X-Changed"]) == (content, "1", "1")
    assert birgit.get(f"{DIAGRAM}?released=1").data == opened.data


def test_what_somebody_has_saved_since_is_not_overwritten(birgit):
    content = birgit.get(DIAGRAM).data
    birgit.save(content + b"<!-- 1 -->", revision=0)

    refused = birgit.save(content + b"<!-- 2 -->", revision=0)

    assert refused.status_code == 409
    assert refused.json == {"words": "Nogen har gemt filen, siden du åbnede den."}
    assert birgit.get(DIAGRAM).data.endswith(b"<!-- 1 -->")


def test_a_change_can_be_taken_back(birgit):
    content = birgit.get(DIAGRAM).data
    birgit.save(content + b"<!-- 1 -->", revision=0)

    assert birgit.send("DELETE", DIAGRAM).status_code == 204

    assert birgit.get(DIAGRAM).data == content


@pytest.mark.parametrize(("name", "status"), [("", 422), ("x", 422), ('"-1"', 422)])
def test_a_revision_must_be_named(birgit, name, status):
    assert birgit.send("PUT", DIAGRAM, b"<a/>", If_Match=name).status_code == status


def test_a_broken_file_is_kept_and_found(birgit):
    birgit.save(b"<bpmn:definitions", revision=0)

    (found,) = birgit.get("findings?kind=diagram&key=new_notification").json["findings"]

    assert (found["rule"], found["severity"]) == ("not-xml", "error")
    assert birgit.get("").status_code == 200
    assert birgit.get("forms").status_code == 200


def test_a_diagram_is_tidied_without_being_saved(birgit):
    content = birgit.get(DIAGRAM).data

    tidied = birgit.send("POST", "tidy", content)

    assert tidied.status_code == 200
    assert tidied.data.count(b"<bpmndi:BPMNShape") == content.count(b"<bpmndi:BPMNShape")
    assert birgit.send("POST", "tidy", b"<a/>").json["words"]
    assert birgit.get(DIAGRAM).headers["X-Revision"] == "0"


def test_somebody_holds_the_draft_until_another_takes_over(birgit, visitor, draft):
    anders = Script(visitor("anders"), draft)
    assert birgit.send("POST", "hold").json == {"isMine": True, "byName": "Birgit Sand"}
    assert anders.send("POST", "hold").json == {"isMine": False, "byName": "Birgit Sand"}

    assert anders.send("POST", "hold", {"take_over": "1"}).json["isMine"]

    refused = birgit.save(b"<a/>", revision=0)
    assert refused.status_code == 409
    assert refused.json["words"].startswith("Anders")


def test_the_page_tells_its_script_what_can_be_chosen(birgit):
    page = birgit.get("").text
    told = json.loads(re.search(r'<script type="application/json" id="workshop">(.*?)</script>', page, re.DOTALL)[1])
    choices = told["choices"]

    assert {"value": "F03", "label": "F03 Kvittering til underretter"} in choices["forms"]
    assert {"modtagelse", "ppr"} <= {one["value"] for one in choices["units"]}
    assert [one["value"] for one in choices["topics"]] == sorted(one["value"] for one in choices["topics"])
    assert next(one for one in choices["deadlines"] if one["value"] == "kvittering")["label"].startswith(
        "kvittering: 6 hverdage"
    )
    assert next(one for one in choices["decisions"] if one["value"] == "dmn_akutvurdering")["file"].endswith(".dmn")
    assert choices["nextForm"] not in {one["value"] for one in choices["forms"]}


@pytest.mark.parametrize("path", ["", "forms", "decisions", "findings", DIAGRAM])
def test_nobody_but_owners_and_leaders_sees_a_draft(visitor, draft, path):
    assert Script(visitor("mette"), draft).get(path).status_code == 403
    assert Script(visitor("karin"), draft).get(path).status_code == 200
    assert Script(visitor(), draft).get(path).status_code in (303, 401)


def test_a_leader_reads_and_saves_nothing(visitor, draft):
    karin = Script(visitor("karin"), draft)

    assert karin.save(b"<a/>", revision=0).status_code == 403
    assert karin.send("POST", "hold").status_code == 403
    assert karin.send("POST", "tidy", b"<a/>").status_code == 403
    assert '"isMine": false' in karin.get("").text


def test_a_deadline_is_told_by_an_example(birgit):
    def told(duration, calendar):
        return birgit.visitor.get(f"/process-drafts/deadline-example?duration={duration}&calendar={calendar}").json[
            "words"
        ]

    assert told("PT24H", "elapsed").startswith("Eksempel: det, der begynder nu, skal være gjort")
    assert told("P6D", "working-days") != told("P6D", "calendar")
    assert told("soon", "") == told("P1D", "moon") == ""


def test_only_files_of_the_workspace_are_there(birgit):
    assert birgit.get("?key=nowhere").status_code == 404
    assert birgit.get("files/diagram/nowhere").status_code == 404
    assert birgit.get("files/secret/x").status_code == 404
    assert birgit.send("PUT", "files/form/..%2fx", b"{}", If_Match="0").status_code in (404, 422)
