"""Pages of the team about employers: the list, one company, letting it in or not, adding one."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers.companies import approve_employer, refuse_employer
from portal.employers.decisions import approve_with_vacancies
from portal.employers.forms import (
    COMPANY_FIELDS,
    PERSON_FIELDS,
    PLACE_FIELDS,
    AddEmployerForm,
    ReasonForm,
    sector_choices,
)
from portal.employers.onboarding import add_employer
from portal.employers.queries import grouped, sectors
from portal.employers.team_queries import (
    EmployerDetail,
    EmployerFilter,
    employer_detail,
    employer_list,
    status_counts,
)
from portal.employers.vocabulary import EmployerStatus
from portal.kernel.errors import ConflictError, DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("employers_team", __name__, url_prefix="/team")
FIELDS = COMPANY_FIELDS | PLACE_FIELDS | PERSON_FIELDS


@bp.get("/werkgevers")
@access(Permission.EMPLOYERS_EMPLOYER_SEE)
def employers() -> ResponseReturnValue:
    """All companies, what waits for the team first."""
    wanted, number = _wanted(), page_number()
    with reading() as db:
        rows, total = employer_list(db, current_actor(), wanted, offset=offset(number), limit=PAGE_SIZE)
        counts = status_counts(db, current_actor())
        known = grouped(sectors(db))
    return render(
        "employers/team_list.html",
        found=Page(rows, total, number),
        wanted=wanted,
        named=[
            (status.value, str(status.label).capitalize(), counts.get(status, 0), status is wanted.status)
            for status in EmployerStatus
        ],
        everything=sum(counts.values()),
        groups=known,
        kept=_kept(wanted),
    )


def _kept(wanted: EmployerFilter) -> dict[str, str]:
    """The filters that stay when somebody searches again."""
    found = {"status": wanted.status.value if wanted.status else "", "branche": wanted.sector}
    return {name: value for name, value in found.items() if value}


def _wanted() -> EmployerFilter:
    status = request.args.get("status", "")
    return EmployerFilter(
        words=request.args.get("zoek", "").strip()[:100],
        status=EmployerStatus(status) if status in EmployerStatus.__members__.values() else None,
        sector=request.args.get("branche", "")[:40],
    )


@bp.get("/werkgevers/<int:employer_id>")
@access(Permission.EMPLOYERS_EMPLOYER_SEE)
def employer(employer_id: int) -> ResponseReturnValue:
    """One company: data, places, people, history."""
    return render("employers/team_employer.html", found=found_employer(employer_id))


def found_employer(employer_id: int) -> EmployerDetail:
    """The company, or the same 404 for hidden and missing."""
    with reading() as db:
        found = employer_detail(db, current_actor(), employer_id)
    if found is None:
        raise NotFoundError
    return found


@bp.get("/werkgevers/toevoegen")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def new_employer() -> ResponseReturnValue:
    """The form to add a company during a call."""
    return render("employers/team_add.html", form=_add_form())


@bp.post("/werkgevers/toevoegen")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def add() -> ResponseReturnValue:
    """Add a company, with or without a mail address."""
    form = _add_form()
    if not form.sent:
        return render("employers/team_add.html", form=form), 422
    try:
        with work() as uow:
            employer_id = add_employer(uow, company=form.company(), location=form.location(), person=form.person())
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return render("employers/team_add.html", form=form), 422
    if form.email.data:
        flash(_("Het bedrijf staat erbij. De contactpersoon krijgt een uitnodiging per mail."), "good")
    else:
        flash(_("Het bedrijf staat erbij. Zonder e-mailadres gaat er niets per mail; het team belt."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


def _add_form() -> AddEmployerForm:
    form = AddEmployerForm()
    with reading() as db:
        form.branche.choices = sector_choices(sectors(db))
    return form


@bp.post("/werkgevers/<int:employer_id>/goedkeuren")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def approve(employer_id: int) -> ResponseReturnValue:
    """Let the company in, and with `plaatsen` put online what it sent in: one decision for both."""
    told = _("Goedgekeurd. Het bedrijf krijgt een mail.")
    if not found_employer(employer_id).can_be_mailed:
        told = _("Goedgekeurd. Er is geen e-mailadres: bel het bedrijf om het te vertellen.")
    if request.form.get("plaatsen"):
        return act(employer_id, lambda uow: approve_with_vacancies(uow, employer_id=employer_id), told)
    return act(employer_id, lambda uow: approve_employer(uow, employer_id=employer_id), told)


@bp.get("/werkgevers/<int:employer_id>/weigeren")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def refuse_form(employer_id: int) -> ResponseReturnValue:
    """The form for the reason."""
    return render("employers/team_refuse.html", form=ReasonForm(), found=found_employer(employer_id))


@bp.post("/werkgevers/<int:employer_id>/weigeren")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def refuse(employer_id: int) -> ResponseReturnValue:
    """Do not let the company in, with the reason."""
    form, found = ReasonForm(), found_employer(employer_id)
    if not form.sent:
        return render("employers/team_refuse.html", form=form, found=found), 422
    reason = str(form.reden.data)
    return act(
        employer_id,
        lambda uow: refuse_employer(uow, employer_id=employer_id, reason=reason),
        _("Niet toegelaten. De reden staat bij het bedrijf."),
    )


def act(employer_id: int, deed: Callable[[UnitOfWork], object], done: str) -> ResponseReturnValue:
    """Do something and go back to the company; when somebody was earlier, say so there."""
    try:
        with work() as uow:
            deed(uow)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(done, "good")
    return redirect(url_for("employers_team.employer", employer_id=employer_id), 303)
