"""Vacancies at the desk: read what came in, publish it, send it back, close it; the company too when it waits."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers import vacancy_desk_queries as queries
from portal.employers.decisions import approve_and_publish
from portal.employers.vacancies import close_vacancy_by_team, publish_vacancy, return_vacancy
from portal.employers.vacancy_findings import advice, checked_text
from portal.employers.vacancy_forms import VacancyReasonForm
from portal.employers.vacancy_rules import VACANCY_LIFE
from portal.employers.vocabulary import EmployerStatus, VacancyStatus
from portal.kernel.clock import local_day
from portal.kernel.errors import ConflictError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.errors import sentence
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("vacancies_team", __name__, url_prefix="/team")


@bp.get("/vacatures")
@access(Permission.EMPLOYERS_VACANCY_JUDGE)
def vacancy_list() -> ResponseReturnValue:
    """All vacancies, what waits for the team first."""
    status, words, number = _status(), request.args.get("zoek", "").strip()[:120], page_number()
    with reading() as db:
        rows, total = queries.desk_list(
            db, current_actor(), status=status, words=words, offset=offset(number), limit=PAGE_SIZE
        )
        counts = queries.status_counts(db, current_actor())
    return render(
        "employers/vacancy_desk_list.html",
        vacancies=Page(rows, total, number),
        views=_views(counts, status),
        status=status,
        words=words,
    )


@bp.get("/vacatures/<int:vacancy_id>")
@access(Permission.EMPLOYERS_VACANCY_JUDGE)
def vacancy(vacancy_id: int) -> ResponseReturnValue:
    """One vacancy with its findings, its company and what can be done now."""
    return _desk_page(vacancy_id, VacancyReasonForm())


@bp.post("/vacatures/<int:vacancy_id>/plaatsen")
@access(Permission.EMPLOYERS_VACANCY_JUDGE)
def publish(vacancy_id: int) -> ResponseReturnValue:
    """Put it online."""
    return _do(vacancy_id, lambda uow: publish_vacancy(uow, vacancy_id=vacancy_id), _("De plek staat online."))


@bp.post("/vacatures/<int:vacancy_id>/goedkeuren-en-plaatsen")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def approve_and_publish_both(vacancy_id: int) -> ResponseReturnValue:
    """Let the company in and put its vacancy online."""
    done = _("Het bedrijf is goedgekeurd en de plek staat online.")
    return _do(vacancy_id, lambda uow: approve_and_publish(uow, vacancy_id=vacancy_id), done)


@bp.get("/vacatures/<int:vacancy_id>/terugsturen")
@access(Permission.EMPLOYERS_VACANCY_JUDGE)
def ask_give_back(vacancy_id: int) -> ResponseReturnValue:
    """The same page at the address of its form, for another language and for who signed in again."""
    return _desk_page(vacancy_id, VacancyReasonForm())


@bp.post("/vacatures/<int:vacancy_id>/terugsturen")
@access(Permission.EMPLOYERS_VACANCY_JUDGE)
def give_back(vacancy_id: int) -> ResponseReturnValue:
    """Send it back with a reason."""
    form = VacancyReasonForm()
    if not form.sent:
        return _desk_page(vacancy_id, form, 422)
    reason = form.reden.data or ""
    return _do(
        vacancy_id, lambda uow: return_vacancy(uow, vacancy_id=vacancy_id, reason=reason), _("De plek is terug.")
    )


@bp.post("/vacatures/<int:vacancy_id>/sluiten")
@access(Permission.EMPLOYERS_VACANCY_JUDGE)
def close(vacancy_id: int) -> ResponseReturnValue:
    """Take it down."""
    return _do(vacancy_id, lambda uow: close_vacancy_by_team(uow, vacancy_id=vacancy_id), _("De plek is gesloten."))


def _views(counts: Mapping[VacancyStatus, int], shown: VacancyStatus | None) -> list[dict[str, object]]:
    """The list per state, with how many are in it."""
    every = {
        "label": _("Alle"),
        "url": url_for(".vacancy_list"),
        "current": shown is None,
        "count": sum(counts.values()),
    }
    states: list[dict[str, object]] = [
        {
            "label": _("Teruggestuurd") if state is VacancyStatus.RETURNED else state.label,
            "url": url_for(".vacancy_list", status=state.value),
            "current": state is shown,
            "count": counts.get(state, 0),
        }
        for state in queries.DESK_ORDER
    ]
    return [every, *states]


def _desk_page(vacancy_id: int, form: VacancyReasonForm, status: int = 200) -> ResponseReturnValue:
    with reading() as db:
        desk = queries.vacancy_desk(db, current_actor(), vacancy_id)
    text = checked_text(desk.view.title, desk.view.tasks, desk.view.good_to_know)
    page = render(
        "employers/vacancy_desk.html",
        desk=desk,
        vacancy=desk.view,
        advice=advice(desk.vacancy.findings, text, local_day(portal().database.clock.now())),
        moves=VACANCY_LIFE.moves_for(desk.view.status, current_actor()),
        approved=desk.employer_status is EmployerStatus.APPROVED,
        may_approve=desk.employer_status is EmployerStatus.SUBMITTED,
        reason_form=form,
    )
    return page, status


def _do(vacancy_id: int, command: Callable[..., bool], done: str) -> ResponseReturnValue:
    """Make one move and say whether the company hears of it; a refusal is told on the page of the vacancy."""
    try:
        with work() as uow:
            mailed = command(uow)
    except ConflictError as error:
        flash(sentence(error), "bad")
    else:
        told = _("Het bedrijf krijgt een mail.") if mailed else _("Het bedrijf heeft geen e-mailadres: bel het zelf.")
        flash(f"{done} {told}", "good" if mailed else "few")
    return redirect(url_for(".vacancy", vacancy_id=vacancy_id), 303)


def _status() -> VacancyStatus | None:
    text = request.args.get("status", "")
    return VacancyStatus(text) if text in VacancyStatus.__members__.values() else None
