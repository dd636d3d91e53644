"""Pages as people meet them: a municipality with released processes, visited in process or at a browser."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from api.security import limiter
from casework import database as casework_database
from casework.config import ROOT
from casework.config import settings as current_settings
from casework.model import SYSTEM
from casework.operations.deploy_processes import deploy_processes
from casework.operations.load_municipality import load_municipality
from casework.operations.receive_notification import receive_notification
from casework.operations.turns import units
from casework.queries.load_actor import load_actor
from casework.queries.personas import personas
from tests.services.browser import WAIT_MILLISECONDS
from tests.web.people import Person
from tests.web.visitors import NADIA, Visitor

MUNICIPALITY = ROOT / "casework" / "demo" / "municipality.toml"
#: 14 March 2014; the last four digits fail modulus 11, so nobody has it.
EMIL = {"barnNavn": "Emil Brandt Lauritsen", "foedselsdato": "2014-03-14", "barnCpr": "1403144567"}


@pytest.fixture(scope="session")
def _released(tmp_path_factory, _sqlite_template):
    """The demonstration municipality with its processes released; each test gets a copy."""
    folder = tmp_path_factory.mktemp("town")
    file = folder / "town.sqlite"
    shutil.copy(_sqlite_template, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAGSGANG_DATA", str(folder))
        patch.setenv("DATABASE_URL", f"sqlite:///{file}")
        current_settings.cache_clear()
        load_municipality(SYSTEM, path=MUNICIPALITY)
        deploy_processes(SYSTEM, folder=current_settings().processes, forms=current_settings().forms)
        casework_database.dispose()
    current_settings.cache_clear()
    return file


@pytest.fixture
def town(_released, sqlite_copy, settings, clock):
    """Who plays in it, by username: the personas, and Mette's colleague Nadia."""
    sqlite_copy(_released)
    settings(SAGSGANG_DEMONSTRATION="1")
    units.forget()
    return SimpleNamespace(nadia=load_actor(NADIA), **{one.username: load_actor(one.employee_id) for one in personas()})


@pytest.fixture(scope="session")
def application(tmp_path_factory):
    """One application for all tests; what it keeps lies in the database of each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAGSGANG_DATA", str(tmp_path_factory.mktemp("application")))
        current_settings.cache_clear()
        from api.app import create_app  # noqa: PLC0415  its modules read settings

        made = create_app()
    current_settings.cache_clear()
    return made


@pytest.fixture
def site(application, town):
    """The application with nobody's tries counted yet."""
    with application.app_context():
        limiter.reset()
    return application


@pytest.fixture
def visitor(site, town):
    """Call it with a username for a signed-in client, or without for nobody."""

    def visit(username: str = "") -> Visitor:
        return Visitor(site, getattr(town, username) if username else None)

    return visit


@pytest.fixture
def emil(town):
    """Emil's case, just received by Mette: `case_id`, `task_id` of its registration, `number`."""
    return receive_notification(town.mette, answers=EMIL, received_at=None)


@pytest.fixture
def person(site, serve, context):
    """Call it with a username: somebody at a browser of their own, signed in through the page."""
    address, everybody = serve(site), []

    def sit_down(username: str, *, width: int = 1400, **profile) -> Person:
        usual = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen", "viewport": {"width": width, "height": 900}}
        own = context.browser.new_context(**usual | profile)
        own.set_default_timeout(WAIT_MILLISECONDS)
        everybody.append(Person(own, address))
        return everybody[-1].sign_in(username)

    yield sit_down
    for one in everybody:
        one.context.close()
    assert not [complaint for one in everybody for complaint in one.complaints]
