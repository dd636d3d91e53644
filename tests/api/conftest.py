"""The API as callers meet it: in process, as a service account or as a signed-in employee."""

from __future__ import annotations

import pytest
from itsdangerous import URLSafeTimedSerializer

from casework.config import settings as current_settings
from casework.operations.create_service_account import SCOPES, create_service_account
from casework.operations.turns import units

CSRF = "a token of a page"


@pytest.fixture
def database(request):
    """SQLite, unless a test asks for both databases (`tests.api.problems.ON_BOTH`): doors hold no SQL."""
    return request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_database")


@pytest.fixture(autouse=True)
def _fresh_units():
    units.forget()


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
def api(application, cast):
    """Callers: `api.mette`, `api.system(...)`, `api.nobody`."""
    return Callers(application, cast)


class Callers:
    """Clients with `/api/v1` before each path."""

    def __init__(self, application, cast):
        self._application, self._cast = application, cast
        self._accounts = 0

    def __getattr__(self, username):
        return self.employee(getattr(self._cast, username))

    @property
    def nobody(self):
        return Caller(self._application.test_client(), {})

    def employee(self, actor):
        """With a session and the token of a page."""
        client = self._application.test_client()
        with client.session_transaction() as session:
            session["employee"], session["csrf_token"] = str(actor.id), CSRF
        sign = URLSafeTimedSerializer(self._application.secret_key, salt="wtf-csrf-token")
        return Caller(client, {"X-CSRFToken": sign.dumps(CSRF)})

    def system(self, *scopes, unit=None):
        """A service account with these scopes (none given: all), for the cases of `unit` (None: of all units)."""
        self._accounts += 1
        made = create_service_account(
            self._cast.anders, name=f"System {self._accounts}", scopes=scopes or sorted(SCOPES), unit_id=unit
        )
        return Caller(self._application.test_client(), {"Authorization": f"Bearer {made.key}"})


class Caller:
    """`get`, `post`, ... as of Flask's test client; bodies are JSON unless `data` is given."""

    def __init__(self, client, headers):
        self.client, self.headers = client, headers

    def open(self, method, path, json=None, **more):
        headers = {**self.headers, **more.pop("headers", {})}
        base = "" if path.startswith("/api") else "/api/v1"
        return self.client.open(f"{base}{path}", method=method, json=json, headers=headers, **more)

    def get(self, path, **more):
        return self.open("GET", path, **more)

    def post(self, path, json=None, **more):
        return self.open("POST", path, json, **more)

    def put(self, path, json=None, **more):
        return self.open("PUT", path, json, **more)

    def patch(self, path, json=None, **more):
        return self.open("PATCH", path, json, **more)

    def delete(self, path, **more):
        return self.open("DELETE", path, **more)
