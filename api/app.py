"""The WSGI application: `granian --interface wsgi api.app:app`. Doors only; what happens behind them is `casework`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import request
from werkzeug.exceptions import NotFound

from api import bell, problems, security
from api.compression import compress
from api.pauses import shorten_pauses
from api.v1 import blueprint as v1
from api.v1.description import ABOUT, CONFIGURATION, finish
from api.web import blueprint as web
from casework.config import ROOT, settings

if TYPE_CHECKING:
    from pathlib import Path

#: Bundles made at setup by `node web/build.mjs`.
STATIC = ROOT / "build" / "static"

#: A form with everything filled in is far smaller; more is refused before it is read.
MAX_BODY_BYTES = 4_000_000
#: Where files come with it. A request holds some of them at a time, each at most 10 MB (`casework.operations.attach_file`).
MAX_BYTES_WITH_FILES = 30_000_000
TAKES_FILES = frozenset(
    {"web.work_on_task", "web.import_draft_files_here", "web.start_imported_process_here", "v1.post_file"}
)


def create_app(static: Path = STATIC) -> APIFlask:
    """Make an application with the settings of the environment."""
    app = APIFlask(
        "api",
        static_folder=str(static),
        static_url_path="/static",
        json_errors=False,
        **ABOUT,
    )
    app.config.update(
        SECRET_KEY=security.session_key(settings().data),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # names carry the hash of their content
        **CONFIGURATION,
        **security.cookies(),
    )
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]  # Danish is read by people too
    app.before_request(_look_at_request)
    security.protect(app)
    compress(app)
    problems.register(app)
    app.register_blueprint(v1)
    app.register_blueprint(web)
    app.spec_processor(finish)  # type: ignore[arg-type]  # JSON, so a dict
    bell.ring_for_workers(settings().redis_url)
    return app


def _look_at_request() -> None:
    """Before anything reads the body. No address of ours has a sign that no database keeps as text."""
    if "\x00" in request.path:
        raise NotFound
    if request.endpoint in TAKES_FILES:
        request.max_content_length = MAX_BYTES_WITH_FILES


@cache
def _application() -> APIFlask:
    made = create_app()
    shorten_pauses()
    return made


def __getattr__(name: str) -> APIFlask:
    """`app` is made when a server asks for it: importing this module reads no settings and writes no key."""
    if name == "app":
        return _application()
    raise AttributeError(name)
