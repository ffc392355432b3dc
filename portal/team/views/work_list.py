"""The team's start page: everything that waits, ordered by promise."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.kernel import i18n
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import ngettext
from portal.kernel.permissions import Permission
from portal.kernel.work import WorkItem
from portal.team import queries
from portal.team.messages import retry_message, set_message_aside
from portal.team.rules import Group, Moment, grouped, matching, moment_of
from portal.web.access import access
from portal.web.context import portal
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("team_team", __name__, url_prefix="/team")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the component shows it."""

    state: str
    due: str
    due_note: str
    tag_kind: str
    tag_text: str
    title: str
    url: str
    facts: tuple[str, ...]
    who: str
    deed_label: str
    deed_url: str
    deed_icon: str
    later_url: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the list, with how much is in it."""

    label: str
    url: str
    current: bool
    count: int


@bp.get("/")
@access(Permission.TEAM_WORK_LIST_SEE)
def work_list() -> str:
    """The work list, of one kind when asked for."""
    now = portal().database.clock.now()
    kind, words = request.args.get("soort", ""), request.args.get("zoek", "")
    with reading() as session:
        items = queries.work_list(session, now)
    groups = grouped(matching(items, kind, words), now)
    return render(
        "team/work_list.html",
        today=now,
        groups=[
            (_head(group), group.moment is Moment.LATE, [_row(item, now) for item in group.items]) for group in groups
        ],
        summary=_summary(groups),
        views=_views(items, kind),
        kind=kind,
        words=words,
    )


def _row(item: WorkItem, now: datetime) -> Row:
    moment = moment_of(item, now)
    due, note = _due(item, moment, now)
    return Row(
        state=moment.value if moment in {Moment.LATE, Moment.TODAY} else "",
        due=due,
        due_note=note,
        tag_kind=item.tag,
        tag_text=str(item.tag_text),
        title=item.title,
        url=item.url,
        facts=item.facts[:3],
        who=item.owner,
        deed_label=str(item.action),
        deed_url=item.url,
        deed_icon=item.action_icon,
    )


def _due(item: WorkItem, moment: Moment, now: datetime) -> tuple[str, str]:
    if item.due_at is None:
        return _("vandaag"), ""
    if moment is Moment.TODAY:
        return _("vandaag"), i18n.format_clock(item.due_at)
    if moment is Moment.LATE:
        days = (now - item.due_at).days
        late = ngettext("%(num)d dag te laat", "%(num)d dagen te laat", days) if days else _("vandaag te laat")
        return i18n.format_short_day(item.due_at), late
    return i18n.format_short_day(item.due_at), ""


def _head(group: Group) -> str:
    return {
        Moment.LATE: _("Te laat"),
        Moment.TODAY: _("Vandaag"),
        Moment.SOON: _("Deze week"),
        Moment.LATER: _("Later"),
    }[group.moment]


def _summary(groups: list[Group]) -> str:
    counts = {group.moment: len(group.items) for group in groups}
    return _(
        "%(late)s te laat, %(today)s vandaag, %(soon)s deze week.",
        late=counts.get(Moment.LATE, 0),
        today=counts.get(Moment.TODAY, 0),
        soon=counts.get(Moment.SOON, 0),
    )


def _views(items: list[WorkItem], kind: str) -> list[View]:
    everything = View(_("Alles"), url_for("team_team.work_list"), not kind, len(items))
    kinds = [
        View(str(label), url_for("team_team.work_list", soort=name), kind == name, sum(i.kind == name for i in items))
        for name, label in queries.KINDS.items()
    ]
    return [everything, *(view for view in kinds if view.count or view.current)]


@bp.get("/berichten")
@access(Permission.TEAM_WORK_LIST_SEE)
def messages() -> str:
    """Messages that did not arrive."""
    with reading() as session:
        rows = queries.undelivered(session)
    return render("team/messages.html", rows=rows)


@bp.post("/berichten/<int:message_id>/opnieuw")
@access(Permission.TEAM_WORK_LIST_SEE)
def retry(message_id: int) -> ResponseReturnValue:
    """Try a message again."""
    with work() as uow:
        retry_message(uow, message_id=message_id)
    flash(_("Het bericht wordt opnieuw verstuurd."), "good")
    return redirect(url_for(".messages"), 303)


@bp.post("/berichten/<int:message_id>/weg")
@access(Permission.TEAM_WORK_LIST_SEE)
def set_aside(message_id: int) -> ResponseReturnValue:
    """Take a message off the list."""
    with work() as uow:
        set_message_aside(uow, message_id=message_id)
    flash(_("Het bericht is van de lijst."), "good")
    return redirect(url_for(".messages"), 303)
