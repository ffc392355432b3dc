"""Pages of a company about its people: who acts for it, inviting, letting in, taking leave."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.employers import members as people
from portal.employers.company_queries import MemberRow, locations, member_of
from portal.employers.company_queries import members as members_of
from portal.employers.forms import PERSON_FIELDS, InviteForm, MemberForm, ReasonForm
from portal.employers.views.employer import bp, own_id
from portal.employers.vocabulary import MemberRole
from portal.kernel.errors import ConflictError, DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.kernel.phones import display
from portal.kernel.uow import UnitOfWork
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work


@bp.get("/mensen")
@access(Permission.EMPLOYERS_OWN_SEE)
def people_list() -> ResponseReturnValue:
    """Who acts for the company, and who wants to."""
    with reading() as db:
        rows = members_of(db, current_actor(), own_id())
        places = {place.id: place for place in locations(db, own_id())}
    return render(
        "employers/own_people.html",
        active=[row for row in rows if row.is_active],
        asking=[row for row in rows if not row.is_active],
        places=places,
        may_manage=current_actor().can(Permission.EMPLOYERS_MEMBER_MANAGE),
    )


@bp.get("/mensen/uitnodigen")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def invite_form() -> ResponseReturnValue:
    """The form to invite a colleague."""
    own_id()
    return render("employers/own_invite.html", form=InviteForm())


@bp.post("/mensen/uitnodigen")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def invite() -> ResponseReturnValue:
    """Invite a colleague by mail."""
    form = InviteForm()
    if not form.sent:
        return render("employers/own_invite.html", form=form), 422
    try:
        with work() as uow:
            people.add_member(uow, employer_id=own_id(), person=form.person(), role=MemberRole(str(form.rol.data)))
    except DomainError as refusal:
        add_domain_error(form, refusal, PERSON_FIELDS)
        return render("employers/own_invite.html", form=form), 422
    flash(_("Uw collega krijgt een mail met een uitnodiging."), "good")
    return redirect(url_for(".people_list"), 303)


@bp.get("/mensen/<int:member_id>")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def person(member_id: int) -> ResponseReturnValue:
    """One colleague: data, role, taking leave."""
    row = _own_member(member_id)
    return _person_page(row, member_form(row))


@bp.post("/mensen/<int:member_id>")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def save_person(member_id: int) -> ResponseReturnValue:
    """Save the data of one colleague."""
    row, form = _own_member(member_id), MemberForm()
    if not form.sent:
        return _person_page(row, form), 422
    try:
        with work() as uow:
            people.edit_member(uow, member_id=row.id, person=form.person())
    except DomainError as refusal:
        add_domain_error(form, refusal, PERSON_FIELDS)
        return _person_page(row, form), 422
    flash(_("De gegevens zijn opgeslagen."), "good")
    return redirect(url_for(".people_list"), 303)


@bp.post("/mensen/<int:member_id>/beheerder")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def make_owner(member_id: int) -> ResponseReturnValue:
    """Make a colleague owner."""
    return _change_role(member_id, MemberRole.OWNER, _("Uw collega is nu beheerder."))


@bp.post("/mensen/<int:member_id>/contactpersoon")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def make_contact(member_id: int) -> ResponseReturnValue:
    """Make an owner an ordinary contact person."""
    return _change_role(member_id, MemberRole.MEMBER, _("Deze collega is nu contactpersoon."))


@bp.post("/mensen/<int:member_id>/verwijderen")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def remove(member_id: int) -> ResponseReturnValue:
    """A colleague no longer acts for the company."""
    row = _own_member(member_id)
    try:
        with work() as uow:
            people.remove_member(uow, member_id=row.id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
        return redirect(url_for(".person", member_id=row.id), 303)
    flash(_("%(name)s doet niet meer mee voor uw bedrijf.", name=row.name), "good")
    return redirect(url_for(".people_list"), 303)


@bp.post("/mensen/<int:member_id>/toelaten")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def accept(member_id: int) -> ResponseReturnValue:
    """Let somebody in who asked to join."""
    row = _own_member(member_id)
    done = _("%(name)s doet nu mee voor uw bedrijf en krijgt een mail.", name=row.name)
    return _act(lambda uow: people.accept_member(uow, member_id=row.id), done)


@bp.get("/mensen/<int:member_id>/weigeren")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def refuse_form(member_id: int) -> ResponseReturnValue:
    """The form for the reason why somebody may not join."""
    return render("employers/own_refuse.html", form=ReasonForm(), row=_own_member(member_id))


@bp.post("/mensen/<int:member_id>/weigeren")
@access(Permission.EMPLOYERS_MEMBER_MANAGE)
def refuse(member_id: int) -> ResponseReturnValue:
    """Somebody who asked may not join."""
    row, form = _own_member(member_id), ReasonForm()
    if not form.sent:
        return render("employers/own_refuse.html", form=form, row=row), 422
    reason, done = str(form.reden.data), _("%(name)s krijgt een mail met uw reden.", name=row.name)
    return _act(lambda uow: people.refuse_member(uow, member_id=row.id, reason=reason), done)


def member_form(row: MemberRow) -> MemberForm:
    """The form filled with a contact person."""
    return MemberForm(
        data={
            "naam": row.name,
            "functie": row.job_title,
            "email": row.email,
            "telefoon": display(row.phone) if row.phone else "",
        }
    )


def _own_member(member_id: int) -> MemberRow:
    """Somebody of this company, also for a team member who acts for it by phone."""
    with reading() as db:
        row = member_of(db, current_actor(), member_id)
    if row is None or row.employer_id != own_id():
        raise NotFoundError
    return row


def _act(deed: Callable[[UnitOfWork], object], done: str) -> ResponseReturnValue:
    """Do something and go back to the list; when somebody was earlier, say so there."""
    try:
        with work() as uow:
            deed(uow)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(done, "good")
    return redirect(url_for("employers_employer.people_list"), 303)


def _person_page(row: MemberRow, form: MemberForm) -> str:
    return render("employers/own_person.html", row=row, form=form)


def _change_role(member_id: int, role: MemberRole, done: str) -> ResponseReturnValue:
    row = _own_member(member_id)
    try:
        with work() as uow:
            people.change_role(uow, member_id=row.id, role=role)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
        return redirect(url_for(".person", member_id=row.id), 303)
    flash(done, "good")
    return redirect(url_for(".people_list"), 303)
