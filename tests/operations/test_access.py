"""Looks, numbers, sign-in, systems, the municipality, notifications: who may, and what stays on record."""

import pytest
from sqlalchemy import select

from casework.config import ROOT
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import SYSTEM, AccessEntry, Actor, Employee, Notification, ServiceAccount, Unit
from casework.operations.create_service_account import create_service_account
from casework.operations.load_municipality import load_municipality
from casework.operations.log_access import log_access
from casework.operations.mark_notifications_read import mark_notifications_read
from casework.operations.reveal_cpr import reveal_cpr
from casework.operations.sign_in import sign_in
from casework.queries.access_log import access_log
from casework.queries.load_actor import load_actor
from casework.queries.load_service_actor import load_service_actor
from tests.cast import OPENED
from tests.factories import save
from tests.operations.asking import one, rows


def test_a_number_is_shown_for_a_reason_that_stays_on_record(cast):
    shown = reveal_cpr(cast.mette, case_id=cast.case_id, person_id=cast.emil_id, reason="Skal skrive til skolen")

    assert shown == "140314-4567"
    entry = one(AccessEntry)
    assert (entry.kind, entry.actor_id, entry.case_id, entry.person_id, entry.detail) == (
        "reveal",
        cast.mette.id,
        cast.case_id,
        cast.emil_id,
        "Skal skrive til skolen",
    )


def test_no_number_without_a_reason_without_the_case_or_for_machines(cast):
    service = Actor(id=cast.mette.id, name="System", kind="service", sees_all_cases=True)

    with pytest.raises(InvalidError):
        reveal_cpr(cast.mette, case_id=cast.case_id, person_id=cast.emil_id, reason=" ")
    with pytest.raises(ForbiddenError):
        reveal_cpr(service, case_id=cast.case_id, person_id=cast.emil_id, reason="x")
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.torben):
        with pytest.raises(NotFoundError):
            reveal_cpr(outsider, case_id=cast.case_id, person_id=cast.emil_id, reason="x")
    with pytest.raises(NotFoundError):
        reveal_cpr(cast.mette, case_id=cast.case_id, person_id=cast.mother_id, reason="x")
    assert rows(select(AccessEntry)) == []


def test_looks_are_read_by_auditors_alone_newest_first(cast, clock):
    log_access(cast.mette, kind="read", subject="case", subject_id=cast.case_id, case_id=cast.case_id)
    clock.advance(minutes=1)
    log_access(cast.lars, kind="search", subject="cases", detail="x" * 500)

    page = access_log(cast.torben, limit=1)
    rest = access_log(cast.torben, limit=1, cursor=page.next_cursor)

    assert [(row.actor, row.kind, len(row.detail)) for row in page.rows] == [("Lars Bo Kjeldsen", "search", 200)]
    assert [(row.actor, row.case_number) for row in rest.rows] == [("Mette Friis Andersen", "S-2026-0417")]
    assert rest.next_cursor is None
    assert len(access_log(cast.torben, case_id=cast.case_id).rows) == 1
    assert len(access_log(cast.torben, employee_id=cast.lars.id).rows) == 1
    for other in (cast.mette, cast.karin, cast.anders, cast.birgit, cast.sofie):
        with pytest.raises(NotFoundError):
            access_log(other)


@pytest.fixture
def demonstration(cast, settings):
    settings(SAGSGANG_DEMONSTRATION="1")
    with transaction() as session:
        session.get_one(Employee, cast.mette.id).is_persona = True
        session.get_one(Employee, cast.lars.id).subject = "oidc|lars"
    return cast


def test_a_persona_signs_in_on_this_machine_in_a_demonstration(demonstration):
    assert sign_in(username="mette", from_loopback=True).employee_id == demonstration.mette.id


def test_an_employee_signs_in_by_the_providers_subject(demonstration):
    assert sign_in(subject="oidc|lars").employee_id == demonstration.lars.id


@pytest.mark.parametrize(
    "who",
    [
        {"username": "mette"},
        {"username": "lars", "from_loopback": True},
        {"username": "nobody", "from_loopback": True},
        {"subject": "oidc|nobody"},
        {},
    ],
)
def test_nobody_else_signs_in(demonstration, who):
    with pytest.raises(ForbiddenError):
        sign_in(**who)


def test_personas_do_not_exist_on_a_real_installation(demonstration, settings):
    settings(SAGSGANG_DEMONSTRATION="0")

    with pytest.raises(ForbiddenError):
        sign_in(username="mette", from_loopback=True)


def test_another_system_gets_a_key_that_is_shown_once(cast):
    made = create_service_account(cast.anders, name="Skolesystemet", scopes=["notifications:write"], unit_id="ppr_nord")

    actor = load_service_actor(made.key)
    assert (actor.id, actor.units, actor.scopes) == (made.id, {"ppr_nord"}, {"notifications:write"})
    assert made.key.encode() not in one(ServiceAccount).key_hash


def test_keys_are_given_by_administrators_for_what_is_known(cast):
    for other in (cast.mette, cast.karin, cast.birgit, cast.torben):
        with pytest.raises(ForbiddenError):
            create_service_account(other, name="X", scopes=[])
    with pytest.raises(InvalidError):
        create_service_account(cast.anders, name="X", scopes=["everything:write"])
    with pytest.raises(InvalidError):
        create_service_account(cast.anders, name="X", scopes=[], unit_id="findes_ikke")
    create_service_account(cast.anders, name="X", scopes=[])
    with pytest.raises(ConflictError):
        create_service_account(cast.anders, name="X", scopes=[])


def test_one_marks_ones_own_notifications_read(cast):
    for employee in (cast.mette, cast.mette, cast.lars):
        save(Notification(employee_id=employee.id, kind="task", created_at=OPENED))
    first = rows(select(Notification).where(Notification.employee_id == cast.mette.id))[0]

    mark_notifications_read(cast.mette, notification_ids=[first.id])
    assert len(rows(select(Notification).where(Notification.read_at.is_(None)))) == 2

    mark_notifications_read(cast.mette)
    assert [row.employee_id for row in rows(select(Notification).where(Notification.read_at.is_(None)))] == [
        cast.lars.id
    ]


MUNICIPALITY = ROOT / "casework" / "demo" / "municipality.toml"


def test_the_demonstrations_municipality_is_loaded_and_loaded_again(database):
    first = load_municipality(SYSTEM, path=MUNICIPALITY)
    again = load_municipality(SYSTEM, path=MUNICIPALITY)

    assert first == again
    assert len(rows(select(Unit))) == first.units
    karin = load_actor(one(Employee, Employee.username == "karin").id)
    assert "modtagelse_nord" in karin.led_units
    assert one(Unit, Unit.id == "modtagelse_nord").path.endswith("/familieafdeling_nord/modtagelse_nord/")


def test_a_ring_of_units_is_refused(database, tmp_path):
    file = tmp_path / "ring.toml"
    file.write_text('[[unit]]\nid="a"\nname="A"\nparent="b"\n[[unit]]\nid="b"\nname="B"\nparent="a"\n')

    with pytest.raises(InvalidError):
        load_municipality(SYSTEM, path=file)


def test_only_administrators_load_a_municipality(cast):
    with pytest.raises(ForbiddenError):
        load_municipality(cast.karin, path=MUNICIPALITY)
