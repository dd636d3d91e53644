"""Who makes this request: an employee by session, or another system by its key. Loaded once, then kept for the request."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from uuid import UUID

from flask import g, redirect, request, session, url_for
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from api.security import count_wrong_key
from casework.errors import NotFoundError
from casework.queries.load_actor import load_actor
from casework.queries.load_service_actor import load_service_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.queries.load_actor import Actor

SESSION_KEY = "employee"

P = ParamSpec("P")
R = TypeVar("R")


def signed_in() -> Actor | None:
    """The employee of the session; None when nobody is signed in or the employee has left."""
    if "actor" not in g:
        g.actor = _employee(session.get(SESSION_KEY))
    return g.actor  # type: ignore[no-any-return]


def actor() -> Actor:
    """Who must be there. Refuses (401) who is not: pages lead to the sign-in instead, see `needs_sign_in`."""
    who = signed_in()
    if who is None:
        raise unauthorized()
    return who


def calling_system() -> Actor:
    """The service account whose key stands in `Authorization: Bearer …`; 401 without one."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise unauthorized()
    try:
        g.actor = load_service_actor(key.strip())
    except NotFoundError:
        count_wrong_key()
        raise unauthorized() from None
    return g.actor  # type: ignore[no-any-return]


def unauthorized() -> Unauthorized:
    """Nobody is there, and this is how programs say who they are."""
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer"))


def needs_sign_in(view: Callable[P, R]) -> Callable[P, Any]:
    """Lead to the sign-in page who is not signed in, and back afterwards."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> Any:
        if signed_in() is None:
            return redirect(url_for("web.sign_in_page", to=request.full_path if request.method == "GET" else "/"), 303)
        return view(*args, **kwargs)

    return checked


def _employee(employee_id: str | None) -> Actor | None:
    if not employee_id:
        return None
    try:
        return load_actor(UUID(employee_id))
    except NotFoundError:
        return None
