"""The WSGI application: `granian --interface wsgi api.app:app`. Doors only; what happens behind them is `casework`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIFlask

from api import bell, problems, security
from api.v1 import blueprint as v1
from api.web import blueprint as web
from casework.config import ROOT, settings
from casework.logs import configure_logs

if TYPE_CHECKING:
    from pathlib import Path

#: Bundles made at setup by `node web/build.mjs`.
STATIC = ROOT / "build" / "static"

#: A form with everything filled in is far smaller; more is refused before it is read.
MAX_BODY_BYTES = 4_000_000


def create_app(static: Path = STATIC) -> APIFlask:
    """Make an application with the settings of the environment."""
    app = APIFlask(
        "api",
        title="Sagsgang",
        version="1",
        static_folder=str(static),
        static_url_path="/static",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.config.update(
        SECRET_KEY=security.session_key(settings().data),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        OPENAPI_VERSION="3.1.0",
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # names carry the hash of their content
        **security.COOKIES,
    )
    security.protect(app)
    problems.register(app)
    app.register_blueprint(v1)
    app.register_blueprint(web)
    bell.ring_for_workers(settings().redis_url)
    return app


configure_logs()
app = create_app()
