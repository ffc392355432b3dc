"""Pages of the team about a company's people: add, change, let in, take leave."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.employers import members as people
from portal.employers.company_queries import MemberRow, member_of
from portal.employers.forms import PERSON_FIELDS, MemberForm, ReasonForm, TeamMemberForm
from portal.employers.views.people import member_form
from portal.employers.views.team import act, bp, found_employer
from portal.employers.vocabulary import MemberRole
from portal.kernel.errors import ConflictError, DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work


@bp.get("/werkgevers/<int:employer_id>/mensen/nieuw")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def new_person(employer_id: int) -> ResponseReturnValue:
    """The form for one more contact person."""
    return render("employers/team_person_new.html", form=TeamMemberForm(), found=found_employer(employer_id))


@bp.post("/werkgevers/<int:employer_id>/mensen/nieuw")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def add_person(employer_id: int) -> ResponseReturnValue:
    """Add a contact person, with or without a mail address."""
    form, found = TeamMemberForm(), found_employer(employer_id)
    if not form.sent:
        return render("employers/team_person_new.html", form=form, found=found), 422
    try:
        with work() as uow:
            role = MemberRole(str(form.rol.data))
            people.add_member(uow, employer_id=employer_id, person=form.person(), role=role)
    except DomainError as refusal:
        add_domain_error(form, refusal, PERSON_FIELDS)
        return render("employers/team_person_new.html", form=form, found=found), 422
    flash(_("De contactpersoon staat erbij."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@bp.get("/werkgevers/<int:employer_id>/mensen/<int:member_id>")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def person(employer_id: int, member_id: int) -> ResponseReturnValue:
    """One contact person."""
    row = _member(employer_id, member_id)
    return _person_page(row, member_form(row))


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def save_person(employer_id: int, member_id: int) -> ResponseReturnValue:
    """Save one contact person."""
    row, form = _member(employer_id, member_id), MemberForm()
    if not form.sent:
        return _person_page(row, form), 422
    try:
        with work() as uow:
            people.edit_member(uow, member_id=member_id, person=form.person())
    except DomainError as refusal:
        add_domain_error(form, refusal, PERSON_FIELDS)
        return _person_page(row, form), 422
    return _back(employer_id, _("De gegevens zijn opgeslagen."))


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>/beheerder")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def make_owner(employer_id: int, member_id: int) -> ResponseReturnValue:
    """Make a contact person owner."""
    return _change_role(employer_id, member_id, MemberRole.OWNER, _("Deze persoon is nu beheerder."))


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>/contactpersoon")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def make_contact(employer_id: int, member_id: int) -> ResponseReturnValue:
    """Make an owner an ordinary contact person."""
    return _change_role(employer_id, member_id, MemberRole.MEMBER, _("Deze persoon is nu contactpersoon."))


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>/verwijderen")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def remove_person(employer_id: int, member_id: int) -> ResponseReturnValue:
    """A contact person no longer acts for the company."""
    row = _member(employer_id, member_id)
    try:
        with work() as uow:
            people.remove_member(uow, member_id=member_id)
    except ConflictError as refusal:
        return _refused(row, refusal)
    return _back(employer_id, _("%(name)s doet niet meer mee voor dit bedrijf.", name=row.name))


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>/link")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def send_link(employer_id: int, member_id: int) -> ResponseReturnValue:
    """Mail the link to confirm, or the invitation, once more."""
    _member(employer_id, member_id)
    done = _("De mail met de link is opnieuw verstuurd.")
    return act(employer_id, lambda uow: people.send_link_again(uow, member_id=member_id), done)


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>/toelaten")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def accept_person(employer_id: int, member_id: int) -> ResponseReturnValue:
    """Let somebody in who asked to join."""
    row = _member(employer_id, member_id)
    done = _("%(name)s doet nu mee en krijgt een mail.", name=row.name)
    return act(employer_id, lambda uow: people.accept_member(uow, member_id=member_id), done)


@bp.get("/werkgevers/<int:employer_id>/mensen/<int:member_id>/weigeren")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def refuse_person_form(employer_id: int, member_id: int) -> ResponseReturnValue:
    """The form for the reason why somebody may not join."""
    return render("employers/team_person_refuse.html", form=ReasonForm(), row=_member(employer_id, member_id))


@bp.post("/werkgevers/<int:employer_id>/mensen/<int:member_id>/weigeren")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def refuse_person(employer_id: int, member_id: int) -> ResponseReturnValue:
    """Somebody who asked may not join."""
    row, form = _member(employer_id, member_id), ReasonForm()
    if not form.sent:
        return render("employers/team_person_refuse.html", form=form, row=row), 422
    reason, done = str(form.reden.data), _("%(name)s krijgt een mail met de reden.", name=row.name)
    return act(employer_id, lambda uow: people.refuse_member(uow, member_id=member_id, reason=reason), done)


def _member(employer_id: int, member_id: int) -> MemberRow:
    with reading() as db:
        row = member_of(db, current_actor(), member_id)
    if row is None or row.employer_id != employer_id:
        raise NotFoundError
    return row


def _person_page(row: MemberRow, form: MemberForm) -> str:
    return render("employers/team_person.html", row=row, form=form)


def _change_role(employer_id: int, member_id: int, role: MemberRole, done: str) -> ResponseReturnValue:
    row = _member(employer_id, member_id)
    try:
        with work() as uow:
            people.change_role(uow, member_id=member_id, role=role)
    except ConflictError as refusal:
        return _refused(row, refusal)
    return _back(employer_id, done)


def _refused(row: MemberRow, refusal: ConflictError) -> ResponseReturnValue:
    flash(sentence(refusal), "few")
    return redirect(url_for(".person", employer_id=row.employer_id, member_id=row.id), 303)


def _back(employer_id: int, done: str) -> ResponseReturnValue:
    flash(done, "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)
