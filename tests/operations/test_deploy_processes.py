"""Releasing processes: checked first, frozen with all that they use, and again only when something changed."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from casework.cli.deploy import deploy as command
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.model import SYSTEM, Artifact, ProcessVersion, ProcessVersionState, StartMessage, Unit
from casework.operations.complete_user_task import complete_user_task
from casework.operations.deploy_processes import Deployed, deploy_processes
from casework.operations.start_process import start_process
from tests.diagrams import MESSAGE, end, job, message, node, process, start, user
from tests.operations.asking import rows, started, task_at
from tests.operations.processes import a_form, field, one_after_the_other


@pytest.fixture
def deploy(tmp_path, cast):
    """Write files and deploy them; later calls write over earlier ones."""

    def write_and_deploy(actor=SYSTEM, forms=("F01",), **diagrams):
        processes, form_folder = tmp_path / "processes", tmp_path / "forms"
        for name, content in diagrams.items():
            (processes / name).mkdir(parents=True, exist_ok=True)
            (processes / name / f"{name}.bpmn").write_bytes(content)
        form_folder.mkdir(exist_ok=True)
        for form in forms:
            key, content = form if isinstance(form, tuple) else (form, a_form(form))
            (form_folder / f"{key}.form").write_text(content)
        return deploy_processes(actor, folder=processes, forms=form_folder)

    return write_and_deploy


def test_a_new_process_becomes_version_one_and_can_start(deploy, cast):
    assert deploy(a=one_after_the_other("a")) == [Deployed("p", 1, is_new=True)]

    assert len(started(cast).task_ids) == 1
    assert task_at("a").form_id is not None


def test_the_same_again_is_no_new_version(deploy):
    deploy(a=one_after_the_other("a"))

    assert deploy(a=one_after_the_other("a")) == [Deployed("p", 1, is_new=False)]

    assert len(rows(select(ProcessVersion))) == 1


def test_a_change_retires_the_version_before_and_leaves_running_instances_on_it(deploy, cast):
    deploy(a=one_after_the_other("a", "b"))
    (old,) = started(cast).task_ids

    assert deploy(a=one_after_the_other("a", "c")) == [Deployed("p", 2, is_new=True)]
    complete_user_task(cast.mette, task_id=old, answers={})
    (new,) = started(cast).task_ids
    complete_user_task(cast.mette, task_id=new, answers={})

    assert rows(select(ProcessVersion.state).order_by(ProcessVersion.version)) == [
        ProcessVersionState.RETIRED,
        ProcessVersionState.RELEASED,
    ]
    assert task_at("b").state == task_at("c").state == "open"


def test_a_changed_form_is_a_new_version_of_who_uses_it(deploy):
    other = one_after_the_other("b", camunda_formKey="F02").replace(b'id="p"', b'id="q"')
    deploy(a=one_after_the_other("a"), b=other, forms=("F01", "F02"))

    changed = deploy(forms=("F01", ("F02", a_form("F02", field("nyt")))))

    assert changed == [Deployed("p", 1, is_new=False), Deployed("q", 2, is_new=True)]
    assert len(rows(select(Artifact).where(Artifact.key == "F02"))) == 2


def calling():
    call = node("callActivity", "kald", calledElement="sub")
    main = process(start(), call, end(), flows="start kald, kald end")
    sub = process(start(), user("inde", camunda_candidateGroups="modtagelse"), end(), name="sub",
                  flows="start inde, inde end")  # fmt: skip
    return main, sub


def test_what_is_called_is_pinned_and_cannot_be_started_by_hand(deploy, cast):
    main, sub = calling()
    deploy(main=main, sub=sub)
    started(cast)

    deploy(sub=sub.replace(b'name="Inde"', b'name="Udenfor"'))
    started(cast)

    found = rows(select(ProcessVersion.is_startable).order_by(ProcessVersion.process_id, ProcessVersion.version))
    assert found == [True, True, False, False]
    assert sorted(name for name in (task_at("inde").name, "Inde")) == ["Inde", "Udenfor"]


def test_messages_that_start_it_are_known(deploy):
    deploy(a=process(start("ind", message()), user("a"), end(), flows="ind a, a end", shared=MESSAGE))

    assert rows(select(StartMessage.name)) == ["Svar"]


def test_errors_are_named_by_file_and_element_and_nothing_is_written(deploy):
    broken = process(start(), user("a", camunda_formKey="F99"), end(), flows="start a, a end", name="q")

    with pytest.raises(InvalidError) as refused:
        deploy(a=one_after_the_other("a"), b=broken)

    assert "b/b.bpmn:a" in refused.value.fields
    assert rows(select(ProcessVersion)) == []


@pytest.mark.parametrize(
    ("wrong", "missing"),
    [
        (user("a", camunda_candidateGroups="heksemesteren"), "heksemesteren"),
        (job("a", topic="trylleri"), "trylleri"),
        (job("a", ext='<sag:input name="template" value="trylleformular"/>'), "trylleformular"),
        (user("a", camunda_formKey="F99"), "F99"),
        (node("businessRuleTask", "a", camunda_decisionRef="dmn_spaadom"), "dmn_spaadom"),
        (node("callActivity", "a", calledElement="andenVerden"), "andenVerden"),
    ],
)
def test_what_a_diagram_names_must_exist_and_the_refusal_says_where_and_what(deploy, wrong, missing):
    with pytest.raises(InvalidError) as refused:
        deploy(b=process(start(), wrong, end(), flows="start a, a end"))

    (said,) = refused.value.fields["b/b.bpmn:a"]
    assert missing in said.text("da")
    assert missing in said.text("en")
    assert rows(select(ProcessVersion)) == []


def test_a_lane_of_a_unit_that_is_closed_is_answered_for_by_nobody(deploy, cast):
    diagram = one_after_the_other("a", camunda_candidateGroups="ppr")
    deploy(a=diagram)
    with transaction() as session:
        session.execute(update(Unit).where(Unit.lane == "ppr").values(is_active=False))

    with pytest.raises(InvalidError) as refused:
        deploy(a=diagram)

    assert "a/a.bpmn:a" in refused.value.fields


def test_only_who_owns_processes_may_release(deploy, cast):
    with pytest.raises(ForbiddenError):
        deploy(cast.mette, a=one_after_the_other("a"))

    assert deploy(cast.birgit, a=one_after_the_other("a"))[0].is_new


def test_the_command_releases_and_says_what_is_new(tmp_path, cast):
    (tmp_path / "a.bpmn").write_bytes(one_after_the_other("a"))
    (tmp_path / "F01.form").write_text(a_form("F01"))
    words = ["--folder", str(tmp_path), "--forms", str(tmp_path), "--json"]

    fine = CliRunner().invoke(command, words)
    (tmp_path / "a.bpmn").write_bytes(b"<nothing/>")
    broken = CliRunner().invoke(command, words)

    assert json.loads(fine.output) == [{"process_id": "p", "version": 1, "is_new": True}]
    assert broken.exit_code == 1
    assert "a.bpmn" in broken.output


def test_a_process_that_does_not_exist_cannot_start(cast):
    with pytest.raises(NotFoundError):
        start_process(cast.mette, case_id=cast.case_id, process_id="ukendt")
