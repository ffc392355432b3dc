"""The team's page of one participant: what is known, the tours, another coach, who looked, removing the data."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import coaches
from portal.events import desk_queries
from portal.events.people_removal import remove_participant
from portal.events.rules import may_leave
from portal.events.staff_forms import CoachForm
from portal.events.views.desk import desk_actor, now
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.participants import staff_queries
from portal.participants.contact import channel_of
from portal.participants.models import Participant
from portal.participants.people_edit import assign_coach
from portal.participants.staff_forms import LANGUAGE_WORDS, WISHES
from portal.web.access import access
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events_people_team", __name__, url_prefix="/team/deelnemers")


@bp.get("/<int:participant_id>")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def person(participant_id: int) -> str:
    """One participant. That somebody looked is noted."""
    actor = desk_actor()
    with reading() as session:
        found = staff_queries.person_page(session, actor, participant_id)
        registrations = desk_queries.registrations_of(session, actor, participant_id=participant_id)
        calls = staff_queries.calls_waiting(session, participant_id)
    with work() as uow:
        uow.looked_at(Participant.__tablename__, participant_id)
    moment, wished = now(), {wish.subject for wish in found.wishes}
    return render(
        "events/team_person.html",
        person=found,
        registrations=registrations,
        leaving={
            row.registration.id: may_leave(row.registration.status, row.tour.starts_at, moment) for row in registrations
        },
        calls=calls,
        channel=channel_of(found),
        language=LANGUAGE_WORDS[found.language],
        wishes=[label for subject, label in WISHES if subject in wished],
    )


@bp.get("/<int:participant_id>/coach")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def coach_form(participant_id: int) -> str:
    """Choose who helps."""
    found = _person(participant_id)
    form = CoachForm(data={"helper": str(found.coach_id) if found.coach_id else "naam" if found.coach_name else ""})
    return _coach_page(form, found)


@bp.post("/<int:participant_id>/coach")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def change_coach(participant_id: int) -> ResponseReturnValue:
    """Let another coach help, or the team alone."""
    found, form = _person(participant_id), CoachForm()
    page = _coach_page(form, found)
    if not form.sent:
        return page, 422
    coach_id, coach_name = form.chosen()
    with work() as uow:
        assign_coach(uow, participant_id=participant_id, coach_id=coach_id, coach_name=coach_name)
    flash(_("Opgeslagen. De nieuwe coach ziet deze persoon bij ‘Mijn mensen’."), "good")
    return redirect(url_for(".person", participant_id=participant_id), 303)


@bp.get("/<int:participant_id>/logboek")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def log(participant_id: int) -> str:
    """Who changed and who looked at what is known of somebody: the answer when this person asks."""
    with reading() as session:
        found = staff_queries.person_page(session, desk_actor(), participant_id)
        looks = desk_queries.looks_at(session, participant_id)
        changes = desk_queries.person_log(session, participant_id)
    return render("events/team_person_log.html", person=found, looks=looks, changes=changes)


@bp.get("/<int:participant_id>/verwijderen")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def remove_form(participant_id: int) -> str:
    """Say what goes, and ask."""
    actor = desk_actor()
    with reading() as session:
        found = staff_queries.person_page(session, actor, participant_id)
        rows = desk_queries.registrations_of(session, actor, participant_id=participant_id)
    coming = [row for row in rows if row.registration.status.is_active and row.tour.ends_at > now()]
    return render("events/team_person_remove.html", person=found, coming=coming)


@bp.post("/<int:participant_id>/verwijderen")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def remove(participant_id: int) -> ResponseReturnValue:
    """Remove the data; a place goes to who waits longest."""
    with work() as uow:
        remove_participant(uow, participant_id=participant_id)
    flash(_("De gegevens zijn verwijderd."), "good")
    return redirect(url_for("participants_team.people"), 303)


def _person(participant_id: int) -> Participant:
    with reading() as session:
        return staff_queries.person_page(session, desk_actor(), participant_id)


def _coach_page(form: CoachForm, person: Participant) -> str:
    with reading() as session:
        form.offer([(coach.id, coach.name) for coach in coaches(session)], person)
    return render("events/team_person_coach.html", form=form, person=person)
