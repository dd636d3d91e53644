"""Running diagrams and released processes: the picture's file, its marks, and the outline that says the same."""

from __future__ import annotations

from tests.web.visitors import links


def test_the_running_diagram_has_its_file_and_its_outline(visitor, emil):
    mette, page = visitor("mette"), f"/instances/{emil.instance_id}"

    shown, file = mette.get(page), mette.get(f"{page}/diagram.bpmn")

    assert "Trin for trin" in shown.text
    assert 'aria-current="step"' in shown.text
    assert file.content_type == "application/xml"
    assert b"bpmndi:BPMNDiagram" in file.data


def test_called_diagrams_are_linked_and_open(visitor, emil):
    mette = visitor("mette")
    page = mette.get(f"/instances/{emil.instance_id}")

    called = [link for link in links(page) if "process=sub_registrering" in link]

    assert called
    assert all(mette.get(link).status_code == 200 for link in called)
    assert "Fra henvendelse til undersøgelse" in mette.get(called[0]).text
    assert mette.get(f"/instances/{emil.instance_id}?process=nonsense").status_code == 404


def test_processes_are_listed_with_their_parts(visitor, emil):
    birgit = visitor("birgit")

    listed = birgit.get("/processes")
    pages = sorted(link for link in links(listed) if link.startswith("/processes/"))

    assert "Fra henvendelse til undersøgelse" in listed.text
    assert "Dele, som andre processer bruger" in listed.text
    assert len(pages) > 15
    for page in pages[:3]:
        opened = birgit.get(page)
        assert opened.status_code == 200
        assert all(birgit.get(link).status_code == 200 for link in links(opened) if link.endswith(".bpmn"))


def test_a_process_that_is_not_there_is_not_there(visitor):
    nowhere = "/processes/00000000-0000-0000-0000-000000000000"

    assert visitor("birgit").get(nowhere).status_code == 404
    assert visitor("birgit").get(f"{nowhere}/diagram.bpmn").status_code == 404
