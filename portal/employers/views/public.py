"""Pages for everybody: signing a company up, 'Bel mij', saying that a call was right."""

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.employers import onboarding
from portal.employers.callbacks import ask_callback
from portal.employers.calls import confirm_call
from portal.employers.company_queries import own_membership
from portal.employers.forms import (
    COMPANY_FIELDS,
    PERSON_FIELDS,
    PLACE_FIELDS,
    CallbackForm,
    SignUpForm,
    sector_choices,
)
from portal.employers.queries import sectors
from portal.employers.rules import callback_due
from portal.employers.trail_queries import deeds_of_call, phone_call
from portal.employers.vocabulary import PHONE_CALL_LINK, CallbackTime, MemberStatus
from portal.kernel.errors import ConflictError, DomainError, NotFoundError
from portal.kernel.i18n import STAFF_LANGUAGES, format_day
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.forms import ActionForm, add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("employers", __name__)
SENT_TO = "aanmelding_verstuurd"
FIELDS = COMPANY_FIELDS | PLACE_FIELDS | PERSON_FIELDS


@bp.get("/werkgevers/aanmelden")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def sign_up() -> ResponseReturnValue:
    """The form to sign a company up, with 'Bel mij' beside it."""
    if _has_company():
        return render("employers/sign_up_known.html")
    return _sign_up_page(_sign_up_form(), _callback_form())


@bp.post("/werkgevers/aanmelden")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def send_sign_up() -> ResponseReturnValue:
    """Sign a company up; the answer is the same for an address that has an account."""
    form = _sign_up_form()
    if not form.sent:
        return _sign_up_page(form, _callback_form(empty=True)), 422
    with work() as uow:
        onboarding.count_caller(uow, what="sign-up", caller=request.remote_addr or "")
    try:
        _sign_up_once_more(form)
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _sign_up_page(form, _callback_form(empty=True)), 422
    if current_actor().signed_in:
        flash(_("Uw bedrijf is aangemeld. U hoort binnen 2 werkdagen van ons."), "good")
        return redirect(url_for("employers_employer.home"), 303)
    session[SENT_TO] = str(form.email.data)
    return redirect(url_for(".signed_up"), 303)


@bp.get("/werkgevers/aanmelden/verstuurd")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def signed_up() -> ResponseReturnValue:
    """Look in your mail."""
    if SENT_TO not in session:
        return redirect(url_for(".sign_up"), 303)
    return render("employers/signed_up.html", email=session[SENT_TO])


@bp.post("/werkgevers/bel-mij")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def call_me() -> ResponseReturnValue:
    """Put somebody on the list of people to call."""
    form = _callback_form()
    if not form.sent:
        return _sign_up_page(_sign_up_form(empty=True), form, errors=list(form.errors)), 422
    with work() as uow:
        onboarding.count_caller(uow, what="call-me", caller=request.remote_addr or "")
    with work() as uow:
        ask_callback(
            uow,
            name=str(form.bel_naam.data),
            phone=str(form.bel_telefoon.number),
            at=CallbackTime(str(form.bel_wanneer.data)),
        )
        day = format_day(callback_due(uow.now))
    flash(_("Wij bellen u, uiterlijk %(day)s.", day=day), "good")
    return redirect(url_for(".sign_up"), 303)


@bp.get("/werkgevers/bel-mij")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def call_me_form() -> ResponseReturnValue:
    """The form stands on the sign-up page."""
    return redirect(url_for(".sign_up", _anchor="bel-mij"), 303)


@bp.get("/gesprek/<string:token>")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def call_summary(token: str) -> ResponseReturnValue:
    """What was done during a call, with one button."""
    call_id = _call_id(token)
    with reading() as db:
        call = phone_call(db, call_id)
        deeds = deeds_of_call(db, call_id)
    if call is None or call.ended_at is None:
        raise NotFoundError
    return render("employers/call_confirm.html", call=call, deeds=deeds, token=token, form=ActionForm(formdata=None))


@bp.post("/gesprek/<string:token>")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def confirm_summary(token: str) -> ResponseReturnValue:
    """The company says that the list is right."""
    with work() as uow:
        confirm_call(uow, call_id=_call_id(token))
    flash(_("Dank u wel. Wij hebben genoteerd dat het klopt."), "good")
    return redirect(url_for(".call_summary", token=token), 303)


def _call_id(token: str) -> int:
    opened = portal().links.open(PHONE_CALL_LINK, token)
    if opened is None:
        raise NotFoundError
    return opened[0]


def _has_company() -> bool:
    """Whether whoever is signed in has a company, asks to join one, or is not an employer at all."""
    actor = current_actor()
    if not actor.signed_in:
        return False
    if actor.employer_id is not None or not actor.can(Permission.EMPLOYERS_OWN_SEE):
        return True
    with reading() as db:
        own = own_membership(db, actor.user_id)
    return own is not None and own.status is MemberStatus.REQUESTED


def _sign_up_form(*, empty: bool = False) -> SignUpForm:
    form = SignUpForm(formdata=None) if empty else SignUpForm()
    with reading() as db:
        form.branche.choices = sector_choices(sectors(db))
    return form


def _callback_form(*, empty: bool = False) -> CallbackForm:
    return CallbackForm(formdata=None) if empty else CallbackForm()


def _sign_up_page(form: SignUpForm, call_form: CallbackForm, errors: object = ()) -> str:
    return render("employers/sign_up.html", form=form, call_form=call_form, errors=errors)


def _sign_up_once_more(form: SignUpForm) -> None:
    """Two at the same moment: the second finds the account or the company that the first just made, and tries again."""
    for last in (False, True):
        try:
            with work() as uow:
                onboarding.sign_up(uow, company=form.company(), location=form.location(), person=form.person())
        except ConflictError as refusal:
            if last or refusal.code not in {"email_taken", "employer_double"}:
                raise
        else:
            return
