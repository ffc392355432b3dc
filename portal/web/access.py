"""Deny by default: every view says which permission it needs; one hook enforces it before the view runs."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from portal.kernel.errors import NotAllowedError
from portal.kernel.permissions import Permission, Role
from portal.web.context import current_actor, portal
from portal.web.resume import keep_typed_text, page_to_return_to

F = TypeVar("F", bound=Callable[..., Any])
OPEN_ENDPOINTS = frozenset({"static"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class UnmarkedViewError(RuntimeError):
    """A view without @access: a bug."""


def access(permission: Permission, *, languages: Sequence[str] | None = None) -> Callable[[F], F]:
    """Mark a view with the permission it needs, and, where it differs from its blueprint, its languages."""

    def mark(view: F) -> F:
        view.permission = permission  # type: ignore[attr-defined]
        view.languages = languages  # type: ignore[attr-defined]
        return view

    return mark


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """The permission that a view was marked with."""
    return getattr(view, "permission", None)


def check_access() -> Response | None:
    """The hook: nothing runs without a mark, nobody passes without the permission."""
    g.csrf_ok = request.method in SAFE_METHODS or _csrf_holds()
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    permission = permission_of(current_app.view_functions[request.endpoint])
    if permission is None:
        if not portal().settings.is_production:
            raise UnmarkedViewError(request.endpoint)
        abort(403)
    if permission is Permission.PUBLIC or current_actor().can(permission):
        return None
    return _refuse(permission)


def _refuse(permission: Permission) -> Response:
    actor = current_actor()
    if not actor.signed_in:
        keep_typed_text()
        return redirect(url_for("accounts.sign_in", volgende=page_to_return_to()), 303)
    if actor.role is Role.RESTRICTED:
        return redirect(url_for("accounts.second_factor"), 303)
    raise NotAllowedError(permission=permission.value)


def _csrf_holds() -> bool:
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return True
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def install(app: Flask) -> None:
    """Make the hook run before every request."""
    app.before_request(check_access)
