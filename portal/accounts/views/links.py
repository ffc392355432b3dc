"""Pages behind the links in mails. Opening a page spends nothing; its button does, once."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import links, queries
from portal.accounts.forms import NewPasswordForm
from portal.accounts.passwords import hash_chosen_password
from portal.accounts.profile import set_password_with_link
from portal.accounts.queries import LinkRow
from portal.accounts.sign_in import MAIL_LIMIT, count_attempt, enter_with_link
from portal.accounts.views import sessions
from portal.accounts.views.public import bp
from portal.accounts.vocabulary import LinkPurpose, SignInWay
from portal.kernel.errors import InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import portal
from portal.web.forms import ActionForm, Form, add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

PASSWORD_FIELDS = dict.fromkeys(("password_short", "password_long", "password_easy"), "nieuw_wachtwoord")


@bp.get("/inloggen/link/<string:token>")
@access(Permission.PUBLIC)
def sign_in_link(token: str) -> ResponseReturnValue:
    """The page with the button that signs in."""
    return _button_page(token, LinkPurpose.SIGN_IN)


@bp.post("/inloggen/link/<string:token>")
@access(Permission.PUBLIC)
def use_sign_in_link(token: str) -> ResponseReturnValue:
    """Spend the link and go in."""
    return _go_in(token, LinkPurpose.SIGN_IN)


@bp.get("/bevestigen/<string:token>")
@access(Permission.PUBLIC)
def confirmation(token: str) -> ResponseReturnValue:
    """The page with the button that confirms a mail address."""
    return _button_page(token, LinkPurpose.CONFIRM)


@bp.post("/bevestigen/<string:token>")
@access(Permission.PUBLIC)
def confirm(token: str) -> ResponseReturnValue:
    """Confirm the mail address and go in."""
    answer = _go_in(token, LinkPurpose.CONFIRM)
    flash(_("Uw e-mailadres is bevestigd."), "good")
    return answer


@bp.get("/wachtwoord/<string:token>")
@access(Permission.PUBLIC)
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    return _password_page(_open_link(token, LinkPurpose.RESET), NewPasswordForm(), token)


@bp.post("/wachtwoord/<string:token>")
@access(Permission.PUBLIC)
def use_reset(token: str) -> ResponseReturnValue:
    """Set the new password and go in."""
    return _set_password(token, LinkPurpose.RESET)


@bp.get("/uitnodiging/<string:token>")
@access(Permission.PUBLIC)
def invitation(token: str) -> ResponseReturnValue:
    """Welcome: choose a password."""
    return _password_page(_open_link(token, LinkPurpose.INVITE), NewPasswordForm(), token)


@bp.post("/uitnodiging/<string:token>")
@access(Permission.PUBLIC)
def accept_invitation(token: str) -> ResponseReturnValue:
    """Set the first password and go in."""
    return _set_password(token, LinkPurpose.INVITE)


@bp.post("/nieuwe-link/<string:token>")
@access(Permission.PUBLIC)
def renew(token: str) -> ResponseReturnValue:
    """Send a new link in place of one that ended, to the same person."""
    link_id = links.id_of_token(portal().links, token)
    with work() as uow:
        count_attempt(uow, what="link", account=f"link {link_id}", caller=sessions.caller(), most=MAIL_LIMIT)
    with work() as uow:
        links.renew_link(uow, link_id=link_id)
    return redirect(url_for("accounts.link_sent"), 303)


def _open_link(token: str, purpose: LinkPurpose) -> LinkRow:
    """The link, when it can still be spent; reading only."""
    link_id = links.id_of_token(portal().links, token)
    with reading() as db:
        found = queries.link_row(db, link_id, portal().database.clock.now())
    if found is None or found.purpose is not purpose or not found.is_open:
        raise links.LinkEndedError
    return found


def _button_page(token: str, purpose: LinkPurpose) -> str:
    link = _open_link(token, purpose)
    return render("accounts/use_link.html", link=link, token=token, form=ActionForm(formdata=None))


def _go_in(token: str, purpose: LinkPurpose) -> ResponseReturnValue:
    link_id = links.id_of_token(portal().links, token)
    with work() as uow:
        entry = enter_with_link(uow, link_id=link_id, purpose=purpose)
    return sessions.enter(entry, SignInWay.LINK)


def _password_page(link: LinkRow, form: Form, token: str) -> str:
    return render("accounts/choose_password.html", link=link, form=form, token=token)


def _set_password(token: str, purpose: LinkPurpose) -> ResponseReturnValue:
    """The password is judged and hashed before the link is spent, and outside the transaction."""
    link, form = _open_link(token, purpose), NewPasswordForm()
    if not form.sent:
        return _password_page(link, form, token), 422
    try:
        hashed = hash_chosen_password(str(form.nieuw_wachtwoord.data), email=link.email, name=link.name)
    except InvalidError as refusal:
        add_domain_error(form, refusal, PASSWORD_FIELDS)
        return _password_page(link, form, token), 422
    with work() as uow:
        entry = set_password_with_link(uow, link_id=link.id, purpose=purpose, password_hash=hashed)
    answer = sessions.enter(entry, SignInWay.LINK)
    flash(_("Uw wachtwoord is ingesteld."), "good")
    return answer


@bp.errorhandler(links.LinkEndedError)
def link_ended(refusal: links.LinkEndedError) -> ResponseReturnValue:
    """A friendly page with the way to a new link."""
    token = _own_token()
    return render("accounts/link_ended.html", token=token), 410


def _own_token() -> str:
    """The token of this address, when it was made here: then a new link can be sent to the same person."""
    token = str((request.view_args or {}).get("token", ""))
    return token if request.endpoint != "accounts.renew" and links.is_ours(portal().links, token) else ""
