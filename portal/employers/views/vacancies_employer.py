"""A company's own vacancies: the list, the form, the page as participants see it, sending in and closing."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers import vacancy_desk_queries as queries
from portal.employers.queries import employer_card, sectors
from portal.employers.vacancies import close_vacancy, edit_vacancy, submit_vacancy, write_vacancy
from portal.employers.vacancy_desk_queries import OwnVacancy
from portal.employers.vacancy_findings import Advice, advice, checked_text
from portal.employers.vacancy_forms import KIND_HINTS, VACANCY_FIELDS, VacancyForm, copied, filled
from portal.employers.vacancy_rules import VACANCY_LIFE
from portal.employers.vocabulary import EmployerStatus, VacancyStatus
from portal.kernel.clock import local_day
from portal.kernel.errors import ConflictError, DomainError, InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.errors import sentence, status_of
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("vacancies_employer", __name__, url_prefix="/mijn-bedrijf")


@bp.get("/vacatures")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def vacancy_list() -> ResponseReturnValue:
    """All vacancies of the company, what needs it first."""
    number = page_number()
    with reading() as db:
        rows, total = queries.own_list(db, current_actor(), offset=offset(number), limit=PAGE_SIZE)
    return render("employers/vacancy_own_list.html", vacancies=Page(rows, total, number))


@bp.get("/vacatures/nieuw")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def new_vacancy() -> ResponseReturnValue:
    """An empty form, or one with the texts of an old vacancy."""
    if current_actor().employer_id is None:
        return redirect("/mijn-bedrijf/", 303)
    return _form_page(_offered(VacancyForm(data=_first_values()), None), None)


@bp.post("/vacatures/nieuw")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def add_vacancy() -> ResponseReturnValue:
    """Keep it as a draft and show it."""
    form = _offered(VacancyForm(), None)
    if not form.sent:
        return _form_page(form, None), 422
    try:
        with work() as uow:
            vacancy_id = write_vacancy(uow, vacancy=form.to_input())
    except InvalidError as error:
        add_domain_error(form, error, VACANCY_FIELDS)
        return _form_page(form, None), 422
    flash(_("Bewaard als concept. Kijk het na en stuur het in."), "good")
    return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)


@bp.get("/vacatures/<int:vacancy_id>")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def vacancy(vacancy_id: int) -> ResponseReturnValue:
    """The vacancy as participants see it, with what can be done now."""
    own = _own(vacancy_id)
    return render(
        "employers/vacancy_preview.html",
        own=own,
        vacancy=own.view,
        advice=_advice(own),
        moves=VACANCY_LIFE.moves_for(own.view.status, current_actor()),
        waiting=own.employer_status is not EmployerStatus.APPROVED,
    )


@bp.get("/vacatures/<int:vacancy_id>/wijzigen")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def change_vacancy(vacancy_id: int) -> ResponseReturnValue:
    """The form with the text as it is."""
    own = _own(vacancy_id)
    if own.view.status is VacancyStatus.CLOSED:
        return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)
    return _form_page(_offered(VacancyForm(data=filled(own.vacancy, own.sector_key, own.trial)), own), own)


@bp.post("/vacatures/<int:vacancy_id>/wijzigen")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def save_vacancy(vacancy_id: int) -> ResponseReturnValue:
    """Keep the changed text."""
    own = _own(vacancy_id)
    form = _offered(VacancyForm(), own)
    if not form.sent:
        return _form_page(form, own), 422
    try:
        with work() as uow:
            status = edit_vacancy(uow, vacancy_id=vacancy_id, version=form.version(), vacancy=form.to_input())
    except (InvalidError, ConflictError) as error:
        add_domain_error(form, error, VACANCY_FIELDS)
        return _refused(form, error, vacancy_id)
    flash(_saved(own.view.status, status), "good")
    return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)


@bp.post("/vacatures/<int:vacancy_id>/insturen")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def submit(vacancy_id: int) -> ResponseReturnValue:
    """Ask the team to publish it."""
    try:
        with work() as uow:
            submit_vacancy(uow, vacancy_id=vacancy_id)
    except ConflictError as error:
        flash(sentence(error), "few")
    else:
        flash(_("Ingestuurd. Wij lezen het binnen 2 werkdagen."), "good")
    return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)


@bp.get("/vacatures/<int:vacancy_id>/sluiten")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def ask_close(vacancy_id: int) -> ResponseReturnValue:
    """What closing means, and the button."""
    own = _own(vacancy_id)
    if own.view.status is VacancyStatus.CLOSED:
        return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)
    return render("employers/vacancy_close.html", vacancy=own.view)


@bp.post("/vacatures/<int:vacancy_id>/sluiten")
@access(Permission.EMPLOYERS_VACANCY_WRITE)
def close(vacancy_id: int) -> ResponseReturnValue:
    """Take it down, or throw the draft away."""
    try:
        with work() as uow:
            close_vacancy(uow, vacancy_id=vacancy_id)
    except ConflictError as error:
        flash(sentence(error), "few")
        return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)
    flash(_("Gesloten. Niemand ziet deze plek nog. U kunt de tekst later opnieuw gebruiken."), "good")
    return redirect(url_for(".vacancy_list"), 303)


def _own(vacancy_id: int) -> OwnVacancy:
    with reading() as db:
        return queries.own_vacancy(db, current_actor(), vacancy_id)


def _first_values() -> dict[str, object]:
    """The sector and the place of the company; or the texts of the vacancy that is copied."""
    source = request.args.get("kopie", "")
    with reading() as db:
        if source.isascii() and source.isdecimal() and len(source) < 10:
            own = queries.own_vacancy(db, current_actor(), int(source))
            return copied(own.vacancy, own.sector_key)
        card = employer_card(db, current_actor().employer_id or 0)
    return {"branche": card.sector_key if card else "", "plaats": card.city if card else "", "plekken": "1"}


def _offered(form: VacancyForm, own: OwnVacancy | None) -> VacancyForm:
    with reading() as db:
        return form.offer(sectors(db, also=own.vacancy.sector_id if own else None))


def _form_page(form: VacancyForm, own: OwnVacancy | None) -> str:
    return render(
        "employers/vacancy_form.html",
        form=form,
        own=own,
        kind_hints=KIND_HINTS,
        level_hints={level.value: level.sentence for level in LanguageLevel},
        advice=_advice(own) if own else [],
    )


def _refused(form: VacancyForm, error: DomainError, vacancy_id: int) -> ResponseReturnValue:
    """The form again; after somebody else's edit the next save counts, because the writer was told."""
    own = _own(vacancy_id)
    if isinstance(error, InvalidError):
        return _form_page(form, own), 422
    form.versie.data = str(own.vacancy.details_version)
    return _form_page(form, own), status_of(error)


def _advice(own: OwnVacancy) -> list[Advice]:
    text = checked_text(own.view.title, own.view.tasks, own.view.good_to_know)
    return advice(own.vacancy.findings, text, local_day(portal().database.clock.now()), doubts=True)


def _saved(before: VacancyStatus, after: VacancyStatus) -> str:
    if before is VacancyStatus.PUBLISHED and after is VacancyStatus.SUBMITTED:
        return _("Bewaard. Het team leest de nieuwe tekst eerst; tot die tijd staat de plek niet online.")
    return _("Bewaard.")
