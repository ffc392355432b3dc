"""The own account: who I am, my password, where I signed in."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import profile, queries
from portal.accounts.forms import ChangePasswordForm, NewPasswordForm, ProfileForm
from portal.accounts.models import User
from portal.accounts.passwords import hash_chosen_password, matches
from portal.accounts.sign_in import count_attempt
from portal.accounts.views import sessions
from portal.accounts.views.links import PASSWORD_FIELDS
from portal.accounts.views.public import bp
from portal.kernel.errors import DomainError, InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.kernel.phones import display
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.forms import Form, add_domain_error
from portal.web.language import KEY as LANGUAGE
from portal.web.menus import audience
from portal.web.templating import render
from portal.web.transactions import reading, work


def frame() -> str:
    """The layout around pages of the own account: that of the person's part of the portal."""
    part = audience(current_actor())
    return f"layouts/{part}.html" if part != "public" else "layouts/account.html"


@bp.get("/account")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def account() -> ResponseReturnValue:
    """The own account."""
    with reading() as db:
        user = queries.own_account(db, _me())
        sign_ins = queries.recent_sign_ins(db, user.id)
    form = ProfileForm(
        data={"naam": user.name, "telefoon": display(user.phone) if user.phone else "", "taal": user.language}
    )
    return _account_page(form, user, sign_ins)


@bp.post("/account")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def change_profile() -> ResponseReturnValue:
    """Save the own name, phone and language."""
    form = ProfileForm()
    if form.sent:
        try:
            with work() as uow:
                profile.change_profile(
                    uow, name=str(form.naam.data), phone=form.telefoon.number, language=str(form.taal.data)
                )
        except InvalidError as refusal:
            add_domain_error(form, refusal, {"coach_needs_phone": "telefoon"})
        else:
            session[LANGUAGE] = form.taal.data
            flash(_("Uw gegevens zijn opgeslagen."), "good")
            return redirect(url_for(".account"), 303)
    with reading() as db:
        user, sign_ins = queries.own_account(db, _me()), queries.recent_sign_ins(db, _me())
    return _account_page(form, user, sign_ins), 422


def _account_page(form: Form, user: User, sign_ins: list[queries.SignInRow]) -> str:
    return render("accounts/account.html", frame=frame(), form=form, user=user, sign_ins=sign_ins)


@bp.get("/account/wachtwoord")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def password() -> ResponseReturnValue:
    """Choose another password."""
    with reading() as db:
        user = queries.own_account(db, _me())
    return _password_page(_password_form(user), user)


@bp.post("/account/wachtwoord")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def change_password() -> ResponseReturnValue:
    """Check the password of now, set the new one, end the other sessions."""
    with reading() as db:
        user = queries.own_account(db, _me())
    form = _password_form(user)
    if not form.sent:
        return _password_page(form, user), 422
    try:
        _check_old_password(form, user)
        hashed = hash_chosen_password(str(form.nieuw_wachtwoord.data), email=user.email, name=user.name)
        with work() as uow:
            version = profile.change_password(uow, password_hash=hashed, replaces=user.password_hash)
    except DomainError as refusal:
        add_domain_error(form, refusal, {**PASSWORD_FIELDS, "password_wrong": "wachtwoord"})
        return _password_page(form, user), 429 if refusal.code == "too_often" else 422
    sessions.begin(user.id, version)
    flash(_("Uw wachtwoord is veranderd. Op andere apparaten bent u uitgelogd."), "good")
    return redirect(url_for(".account"), 303)


def _password_form(user: User) -> NewPasswordForm:
    """Somebody who came in with a link may have no password yet; then none is asked."""
    return ChangePasswordForm() if user.password_hash else NewPasswordForm()


def _check_old_password(form: NewPasswordForm, user: User) -> None:
    if not user.password_hash:
        return
    with work() as uow:
        count_attempt(uow, what="change-password", account=str(user.id), caller=sessions.caller())
    if not matches(str(form["wachtwoord"].data), user.password_hash):
        raise InvalidError("password_wrong")


def _password_page(form: Form, user: User) -> str:
    return render("accounts/change_password.html", frame=frame(), form=form, user=user)


@bp.post("/account/overal-uitloggen")
@access(Permission.ACCOUNTS_SELF_MANAGE)
def end_all_sessions() -> ResponseReturnValue:
    """Sign out everywhere."""
    with work() as uow:
        profile.end_all_sessions(uow)
    sessions.end()
    flash(_("U bent overal uitgelogd."), "good")
    return redirect(url_for("accounts.sign_in"), 303)


def _me() -> int:
    """The id of whoever is signed in."""
    user_id = current_actor().user_id
    if user_id is None:
        raise LookupError("nobody is signed in")
    return user_id
