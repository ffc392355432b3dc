"""The team's list of users: invite, change, stop, restart, help somebody who lost a phone."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import policies, queries, users
from portal.accounts.forms import InviteForm, UserForm
from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.kernel.errors import DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.kernel.phones import display
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import status_of
from portal.web.forms import Form, add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("accounts_team", __name__, url_prefix="/team/gebruikers")
FIELDS = {
    "coach_needs_phone": "telefoon",
    "email_invalid": "email",
    "email_taken": "email",
    "last_administrator": "rol",
    "role_not_yours": "rol",
}


@bp.get("")
@access(Permission.ACCOUNTS_USER_MANAGE)
def user_list() -> ResponseReturnValue:
    """Everybody with an account."""
    group, words, number = request.args.get("soort", ""), request.args.get("zoek", ""), page_number()
    with reading() as db:
        rows, total = queries.users(db, group=group, words=words, offset=offset(number), limit=PAGE_SIZE)
    page_of_users = Page(rows, total, number)
    return render("accounts/team/user_list.html", users=page_of_users, group=group, words=words)


@bp.get("/uitnodigen")
@access(Permission.ACCOUNTS_USER_MANAGE)
def invite() -> ResponseReturnValue:
    """A form for a new colleague or coach."""
    return _invite_page(_with_roles(InviteForm(rol=request.args.get("rol", ""))))


@bp.post("/uitnodigen")
@access(Permission.ACCOUNTS_USER_MANAGE)
def send_invitation() -> ResponseReturnValue:
    """Make the account and mail the invitation."""
    form = InviteForm()
    _with_roles(form)
    if not form.sent:
        return _invite_page(form), 422
    email, name, phone = str(form.email.data), str(form.naam.data), form.telefoon.number
    try:
        with work() as uow:
            user_id = users.invite_user(uow, email=email, name=name, role=UserRole(form.rol.data), phone=phone)
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _invite_page(form), 422
    flash(_("%(name)s krijgt een uitnodiging per mail.", name=name), "good")
    return redirect(url_for(".user_page", user_id=user_id), 303)


@bp.get("/<int:user_id>")
@access(Permission.ACCOUNTS_USER_MANAGE)
def user_page(user_id: int) -> ResponseReturnValue:
    """One account."""
    user = _user(user_id)
    phone = display(user.phone) if user.phone else ""
    return _user_page(_with_roles(UserForm(data={"naam": user.name, "telefoon": phone, "rol": user.role}), user), user)


@bp.post("/<int:user_id>")
@access(Permission.ACCOUNTS_USER_MANAGE)
def change_user(user_id: int) -> ResponseReturnValue:
    """Save the name, phone and role."""
    user, form = _user(user_id), UserForm()
    _with_roles(form, user)
    if not form.sent:
        return _user_page(form, user), 422
    name, phone, role = str(form.naam.data), form.telefoon.number, UserRole(form.rol.data)
    try:
        with work() as uow:
            users.change_user(uow, user_id=user_id, name=name, phone=phone, role=role)
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _user_page(form, user), status_of(refusal)
    flash(_("De gegevens van %(name)s zijn opgeslagen.", name=name), "good")
    return redirect(url_for(".user_page", user_id=user_id), 303)


@bp.post("/<int:user_id>/uitnodigen")
@access(Permission.ACCOUNTS_USER_MANAGE)
def invite_again(user_id: int) -> ResponseReturnValue:
    """Mail the invitation once more."""
    with work() as uow:
        users.invite_again(uow, user_id=user_id)
    flash(_("Er is een nieuwe uitnodiging gemaild."), "good")
    return redirect(url_for(".user_page", user_id=user_id), 303)


@bp.get("/<int:user_id>/stoppen")
@access(Permission.ACCOUNTS_USER_MANAGE)
def ask_stop(user_id: int) -> ResponseReturnValue:
    """Ask whether it is really to be stopped."""
    return render("accounts/team/user_stop.html", user=_user(user_id))


@bp.post("/<int:user_id>/stoppen")
@access(Permission.ACCOUNTS_USER_MANAGE)
def stop_user(user_id: int) -> ResponseReturnValue:
    """Stop the account."""
    with work() as uow:
        users.stop_user(uow, user_id=user_id)
    flash(_("Het account is gestopt. Inloggen kan niet meer."), "good")
    return redirect(url_for(".user_page", user_id=user_id), 303)


@bp.post("/<int:user_id>/weer-starten")
@access(Permission.ACCOUNTS_USER_MANAGE)
def restart_user(user_id: int) -> ResponseReturnValue:
    """Start the account again."""
    with work() as uow:
        users.restart_user(uow, user_id=user_id)
    flash(_("Het account werkt weer."), "good")
    return redirect(url_for(".user_page", user_id=user_id), 303)


@bp.get("/<int:user_id>/tweede-stap")
@access(Permission.ACCOUNTS_USER_MANAGE)
def ask_remove_second_factor(user_id: int) -> ResponseReturnValue:
    """Ask whether it is really this person."""
    return render("accounts/team/user_second_factor.html", user=_user(user_id))


@bp.post("/<int:user_id>/tweede-stap")
@access(Permission.ACCOUNTS_USER_MANAGE)
def remove_second_factor(user_id: int) -> ResponseReturnValue:
    """Take away the second step of a lost phone."""
    with work() as uow:
        users.remove_lost_second_factor(uow, user_id=user_id)
    flash(_("De tweede stap is weggehaald."), "good")
    return redirect(url_for(".user_page", user_id=user_id), 303)


def _user(user_id: int) -> User:
    with reading() as db:
        user = queries.user_by_id(db, user_id)
    if user is None:
        raise NotFoundError
    return user


def _with_roles(form: UserForm, user: User | None = None) -> UserForm:
    """The roles that this actor may give; the role that somebody has stays a choice."""
    roles = policies.roles_to_give(current_actor())
    if user is not None and user.role not in roles:
        roles = [user.role]
    form.offer(roles)
    return form


def _invite_page(form: Form) -> str:
    return render("accounts/team/user_invite.html", form=form)


def _user_page(form: Form, user: User) -> str:
    actor = current_actor()
    return render(
        "accounts/team/user_page.html",
        form=form,
        user=user,
        may_change=policies.can_manage_user(actor, user),
        may_stop=policies.can_stop_user(actor, user),
    )
