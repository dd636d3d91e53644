"""Who acts, with units, led units and roles."""

import hashlib
from uuid import uuid4

import pytest

from casework.database import transaction
from casework.errors import NotFoundError
from casework.model import Employee, Role, ServiceAccount
from casework.queries.load_actor import load_actor
from casework.queries.load_service_actor import load_service_actor
from tests.cast import OPENED


def test_a_caseworker_works_in_one_unit_and_leads_none(cast):
    assert cast.mette.units == {"modtagelse_nord"}
    assert cast.mette.led_units == frozenset()
    assert not cast.mette.is_team_leader


def test_a_team_leader_answers_for_the_unit_and_all_beneath_it(cast):
    assert cast.karin.units == {"familieafdeling_nord"}
    assert cast.karin.led_units == {"familieafdeling_nord", "modtagelse_nord", "familiegruppe_nord"}


def test_roles_that_count_everywhere_come_without_a_unit(cast):
    assert cast.birgit.roles == {Role.PROCESS_OWNER}
    assert cast.birgit.all_units == frozenset()


def test_refuses_who_is_unknown_or_has_left(cast):
    with transaction() as session:
        session.get_one(Employee, cast.mette.id).is_active = False

    for employee_id in (cast.mette.id, uuid4()):
        with pytest.raises(NotFoundError):
            load_actor(employee_id)


def _account(unit_id, **more):
    with transaction() as session:
        key_hash = hashlib.sha256(b"key").digest()
        session.add(
            ServiceAccount(
                name="Skolesystemet",
                key_hash=key_hash,
                scopes=["cases:read"],
                unit_id=unit_id,
                created_at=OPENED,
                **more,
            )
        )


def test_a_service_account_without_a_unit_sees_all_cases(cast):
    _account(None)

    actor = load_service_actor("key")

    assert actor.kind == "service"
    assert actor.scopes == {"cases:read"}
    assert actor.sees_all_cases


def test_a_service_account_of_a_unit_sees_that_units_cases(cast):
    _account("ppr_nord")

    actor = load_service_actor("key")

    assert actor.units == {"ppr_nord"}
    assert not actor.sees_all_cases


def test_refuses_a_wrong_key_and_a_closed_account(cast):
    _account(None, is_active=False)

    for key in ("key", "another"):
        with pytest.raises(NotFoundError):
            load_service_actor(key)
