"""Signing in and out."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries
from portal.accounts.forms import CodeForm, EmailForm, SignInForm
from portal.accounts.links import request_link
from portal.accounts.passwords import matches
from portal.accounts.sign_in import MAIL_LIMIT, count_attempt, enter_with_code, enter_with_password
from portal.accounts.views import sessions
from portal.accounts.vocabulary import LinkPurpose, SignInWay
from portal.kernel.errors import ConflictError, DomainError, InvalidError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import status_of
from portal.web.forms import ActionForm, Form, add_domain_error
from portal.web.menus import home_of
from portal.web.templating import render
from portal.web.transactions import StaleFormError, reading, work

bp = Blueprint("accounts", __name__)
Show = Callable[[Form], str]


@bp.get("/inloggen")
@access(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """The sign-in page."""
    actor = current_actor()
    if actor.signed_in:
        return redirect(sessions.own_path(request.args.get(sessions.NEXT, "")) or home_of(actor), 303)
    sessions.remember_next()
    return _sign_in_page(SignInForm(formdata=None))


@bp.post("/inloggen")
@access(Permission.PUBLIC)
def sign_in_with_password() -> ResponseReturnValue:
    """Check the password; the same answer and the same time for an address without account."""
    sessions.remember_next()
    form = SignInForm()
    if not form.sent:
        return _sign_in_page(form), 422
    try:
        user_id = _check_password(str(form.email.data), str(form.wachtwoord.data))
        with work() as uow:
            entry = enter_with_password(uow, user_id=user_id)
    except (InvalidError, ConflictError) as refusal:
        return _refused(form, refusal, _sign_in_page)
    return sessions.enter(entry, SignInWay.PASSWORD)


def _check_password(email: str, password: str) -> int:
    """Whose password this is. The slow comparison holds no transaction."""
    with work() as uow:
        count_attempt(uow, what="sign-in", account=email, caller=sessions.caller())
    with reading() as db:
        found = queries.credentials(db, email)
    if not matches(password, found.password_hash) or found.user_id is None:
        raise InvalidError("sign_in_refused")
    return found.user_id


def _sign_in_page(form: Form) -> str:
    return render("accounts/sign_in.html", form=form)


def _refused(form: Form, refusal: DomainError, show: Show, **fields: str) -> ResponseReturnValue:
    """The page again with the sentence, at its field or on top."""
    add_domain_error(form, refusal, fields)
    status = 429 if status_of(refusal) == 429 else 422
    return show(form), status


@bp.post("/inloggen/link")
@access(Permission.PUBLIC)
def ask_link() -> ResponseReturnValue:
    """Send a link to sign in; always the same answer."""
    form = EmailForm()
    if not form.sent:
        again = SignInForm()
        again.email.errors = form.email.errors
        return _sign_in_page(again), 422
    return _send_link(form, LinkPurpose.SIGN_IN, lambda _form: _sign_in_page(SignInForm()))


@bp.get("/wachtwoord-vergeten")
@access(Permission.PUBLIC)
def forgot_password() -> ResponseReturnValue:
    """Ask for a link to choose a new password."""
    return _forgot_page(EmailForm())


@bp.post("/wachtwoord-vergeten")
@access(Permission.PUBLIC)
def ask_reset() -> ResponseReturnValue:
    """Send a link to choose a new password; always the same answer."""
    form = EmailForm()
    if not form.sent:
        return _forgot_page(form), 422
    return _send_link(form, LinkPurpose.RESET, _forgot_page)


def _forgot_page(form: Form) -> str:
    return render("accounts/forgot_password.html", form=form)


def _send_link(form: EmailForm, purpose: LinkPurpose, show: Show) -> ResponseReturnValue:
    email = str(form.email.data)
    try:
        with work() as uow:
            count_attempt(uow, what="link", account=email, caller=sessions.caller(), most=MAIL_LIMIT)
        with work() as uow:
            request_link(uow, email=email, purpose=purpose)
    except ConflictError as refusal:
        return _refused(form, refusal, show)
    return redirect(url_for(".link_sent"), 303)


@bp.get("/inloggen/link-verstuurd")
@access(Permission.PUBLIC)
def link_sent() -> ResponseReturnValue:
    """Look in your mail; says nothing about whether there is an account."""
    return render("accounts/link_sent.html")


@bp.get("/inloggen/tweede-stap")
@access(Permission.PUBLIC)
def second_step() -> ResponseReturnValue:
    """Ask for the code."""
    if sessions.pending() is None:
        return redirect(url_for(".sign_in"), 303)
    return _code_page(CodeForm())


@bp.post("/inloggen/tweede-stap")
@access(Permission.PUBLIC)
def take_second_step() -> ResponseReturnValue:
    """Check the code and go in."""
    held, form = sessions.pending(), CodeForm()
    if held is None:
        flash(_("Dat duurde te lang. Log opnieuw in."), "few")
        return redirect(url_for(".sign_in"), 303)
    if not form.sent:
        return _code_page(form), 422
    user_id, version, way = held
    try:
        with work() as uow:
            count_attempt(uow, what="second-step", account=str(user_id), caller=sessions.caller())
        with work() as uow:
            entry = enter_with_code(uow, user_id=user_id, session_version=version, way=way, code=str(form.code.data))
    except NotFoundError:
        return redirect(url_for(".sign_in"), 303)
    except (InvalidError, ConflictError) as refusal:
        return _refused(form, refusal, _code_page, code_wrong="code")
    return sessions.enter(entry, way)


def _code_page(form: Form) -> str:
    return render("accounts/second_step.html", form=form)


@bp.post("/uitloggen")
@access(Permission.ACCOUNTS_SESSION_END)
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    if not ActionForm().sent:
        raise StaleFormError("stale_form")
    sessions.end()
    flash(_("U bent uitgelogd."), "good")
    return redirect("/", 303)
