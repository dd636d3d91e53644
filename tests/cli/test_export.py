"""`casework export`: what is released, as files; deployed again they release nothing new."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from casework.cli.export import export
from casework.database import transaction
from casework.errors import ConflictError
from casework.model import SYSTEM, Artifact, ProcessVersion
from casework.operations.deploy_processes import deploy_processes
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from tests.diagrams import end, process, start, user
from tests.operations.asking import rows
from tests.operations.drafting import changed
from tests.operations.processes import a_form, field, one_after_the_other


def written(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def a_folder(tmp_path):
    second = process(start(), user("b", camunda_candidateGroups="modtagelse"), end(), name="q", flows="start b, b end")
    files = {
        "processes/one/p.bpmn": one_after_the_other("a"),
        "processes/two/another_name.bpmn": second,
        "processes/two/scenarios.yaml": b"scenarier: []\n",
        "forms/the_first.form": a_form("F01").encode(),
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return files


def test_files_lie_where_they_lay_and_deployed_again_they_release_nothing_new(cast, tmp_path, settings):
    files = a_folder(tmp_path)
    settings(SAGSGANG_PROCESSES=str(tmp_path / "processes"), SAGSGANG_FORMS=str(tmp_path / "forms"))
    deploy_processes(SYSTEM, folder=tmp_path / "processes", forms=tmp_path / "forms")
    out = tmp_path / "out"

    first = CliRunner().invoke(export, [str(out)])
    again = deploy_processes(SYSTEM, folder=out / "processes", forms=out / "forms")

    assert first.exit_code == 0
    assert written(out) == files
    assert [one.is_new for one in again] == [False, False]
    assert len(rows(select(ProcessVersion))) == 2


def test_files_that_were_deployed_before_anybody_noted_where_they_lay(cast, tmp_path, settings):
    files = a_folder(tmp_path)
    folders = {"folder": tmp_path / "processes", "forms": tmp_path / "forms"}
    settings(SAGSGANG_PROCESSES=str(folders["folder"]), SAGSGANG_FORMS=str(folders["forms"]))
    deploy_processes(SYSTEM, **folders)
    with transaction() as session:
        session.execute(update(Artifact).values(path=""))

    CliRunner().invoke(export, [str(tmp_path / "before")])
    deploy_processes(SYSTEM, **folders)
    CliRunner().invoke(export, [str(tmp_path / "after")])

    assert {"processes/p/p.bpmn", "forms/F01.form"} <= written(tmp_path / "before").keys()
    assert written(tmp_path / "after") == files


def test_what_owners_released_in_the_browser_is_not_undone_by_an_old_folder(cast, tmp_path, settings):
    a_folder(tmp_path)
    folders = {"folder": tmp_path / "processes", "forms": tmp_path / "forms"}
    settings(SAGSGANG_PROCESSES=str(folders["folder"]), SAGSGANG_FORMS=str(folders["forms"]))
    deploy_processes(SYSTEM, **folders)
    draft = changed(cast, one_after_the_other("a", "ny"))
    submit_process_draft(cast.birgit, process_draft_id=draft, reason="x", legal_basis="x")
    approve_process_draft(cast.anders, process_draft_id=draft)
    release_process_draft(cast.birgit, process_draft_id=draft, scenario_failures=lambda _: [])
    out = tmp_path / "out"

    with pytest.raises(ConflictError) as refused:
        deploy_processes(SYSTEM, **folders)
    CliRunner().invoke(export, [str(out)])
    (out / "forms" / "the_first.form").write_text(a_form("F01", field("andet")))
    edited = deploy_processes(SYSTEM, folder=out / "processes", forms=out / "forms")

    assert "one/p.bpmn" in refused.value.message.text("da")
    assert [(one.version, one.is_new) for one in edited] == [(3, True), (2, True)]
    assert [one.is_new for one in deploy_processes(SYSTEM, **folders, overwrite=True)] == [True, True]


def test_a_folder_with_something_in_it_is_left_alone(cast, tmp_path):
    (tmp_path / "mine.txt").write_text("mit")

    refused = CliRunner().invoke(export, [str(tmp_path)])

    assert refused.exit_code == 1
    assert CliRunner().invoke(export, [str(tmp_path), "--overwrite"]).exit_code == 0
