"""Setting up, renewing and turning off the second step."""

import segno
from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts import queries, second_factor
from portal.accounts.forms import CodeForm, FirstCodeForm
from portal.accounts.models import User
from portal.accounts.sign_in import count_attempt
from portal.accounts.views import sessions
from portal.accounts.views.account import frame
from portal.accounts.views.public import bp
from portal.kernel.errors import DomainError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.forms import Form, add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

SEED = "zaad"
DIGITS_PER_GROUP = 4


@bp.get("/account/tweede-stap", endpoint="second_factor")
@access(Permission.ACCOUNTS_SECOND_FACTOR_SET_UP)
def show_second_factor() -> ResponseReturnValue:
    """How it stands: set it up, or renew the codes and turn it off."""
    user, codes_left = _me()
    if user.second_factor_at is not None:
        return _on_page(CodeForm(), user, codes_left)
    session[SEED] = session.get(SEED) or second_factor.new_seed()
    return _set_up_page(FirstCodeForm(), user)


@bp.post("/account/tweede-stap")
@access(Permission.ACCOUNTS_SECOND_FACTOR_SET_UP)
def set_up_second_factor() -> ResponseReturnValue:
    """Turn it on with the first code; the recovery codes are shown once, on this answer."""
    form = FirstCodeForm()
    user, _codes_left = _me()
    seed = session.get(SEED)
    if user.second_factor_at is not None or not isinstance(seed, str):
        return redirect(url_for("accounts.second_factor"), 303)
    if not form.sent:
        return _set_up_page(form, user), 422
    try:
        _count(user)
        with work() as uow:
            made = second_factor.set_up_second_factor(uow, seed=seed, code=str(form.code.data))
    except DomainError as refusal:
        add_domain_error(form, refusal, {"code_wrong": "code"})
        return _set_up_page(form, user), 422
    return _codes_page(user, made)


@bp.post("/account/tweede-stap/codes")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def renew_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; shown once, on this answer."""
    form = CodeForm()
    user, codes_left = _me()
    if not form.sent:
        return _on_page(form, user, codes_left), 422
    try:
        _count(user)
        with work() as uow:
            made = second_factor.renew_recovery_codes(uow, code=str(form.code.data))
    except DomainError as refusal:
        add_domain_error(form, refusal, {"code_wrong": "code"})
        return _on_page(form, user, codes_left), 422
    return _codes_page(user, made)


@bp.post("/account/tweede-stap/uit")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def turn_off_second_factor() -> ResponseReturnValue:
    """Turn the second step off."""
    form = CodeForm()
    user, codes_left = _me()
    if not form.sent:
        return _on_page(form, user, codes_left), 422
    try:
        _count(user)
        with work() as uow:
            version = second_factor.turn_off_second_factor(uow, code=str(form.code.data))
    except DomainError as refusal:
        add_domain_error(form, refusal, {"code_wrong": "code"})
        return _on_page(form, user, codes_left), 422
    sessions.begin(user.id, version)
    flash(_("De tweede stap staat uit."), "good")
    return redirect(url_for("accounts.second_factor"), 303)


def _count(user: User) -> None:
    with work() as uow:
        count_attempt(uow, what="second-step", account=str(user.id), caller=sessions.caller())


def _me() -> tuple[User, int]:
    actor = current_actor()
    with reading() as db:
        return queries.own_account(db, actor.user_id or 0), queries.unused_recovery_codes(db, actor.user_id or 0)


def _set_up_page(form: Form, user: User) -> str:
    secret = second_factor.secret_from(portal().settings, user.id, session[SEED])
    groups = [secret[at : at + DIGITS_PER_GROUP] for at in range(0, len(secret), DIGITS_PER_GROUP)]
    address = second_factor.address_for_app(secret, user.email)
    code = segno.make(address, error="m")
    picture = Markup(code.svg_inline(scale=5, border=4, light="#fff"))  # noqa: S704  our own drawing
    return render(
        "accounts/second_factor_set_up.html",
        frame=frame(),
        form=form,
        picture=picture,
        address=address,
        secret=" ".join(groups),
        must=portal().settings.is_production and queries.is_staff(user),
    )


def _on_page(form: Form, user: User, codes_left: int) -> str:
    return render("accounts/second_factor.html", frame=frame(), form=form, user=user, codes_left=codes_left)


def _codes_page(user: User, made: second_factor.RecoveryCodes) -> str:
    """The session goes on with its new version, and the seed is forgotten."""
    sessions.begin(user.id, made.session_version)
    onward = sessions.start_of(user.role)
    return render("accounts/recovery_codes.html", frame=frame(), codes=made.codes, onward=onward)
