"""The time line of an issue, in words for the company or for the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.kernel.clock import local
from portal.kernel.i18n import format_moment, ngettext
from portal.kernel.i18n import gettext as _
from portal.placements.queries import ThreadEntry
from portal.placements.rules import minutes_between
from portal.placements.vocabulary import IssueParty, IssueStatus, IssueUrgency

TWO_HOURS, TWO_DAYS = 120, 2880


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the component shows it."""

    when: str
    title: str
    lines: tuple[str, ...] = ()
    note: str = ""
    datetime: str = ""
    state: str = "done"


def steps(
    thread: Sequence[ThreadEntry], *, urgency: IssueUrgency, first_answer_at: datetime | None, for_team: bool
) -> list[Step]:
    """What happened, oldest first."""
    found = []
    first = next((e for e in thread if e.party is IssueParty.TEAM and e.at == first_answer_at), None)
    for index, entry in enumerate(thread):
        title = _reported(urgency, for_team) if index == 0 else _title(entry, for_team)
        waited = entry.at - thread[0].at if entry is first else None
        found.append(
            Step(
                when=_capital(format_moment(entry.at)),
                datetime=local(entry.at).isoformat(timespec="minutes"),
                title=title,
                lines=tuple(line.strip() for line in entry.body.splitlines() if line.strip()),
                note=_note(entry, waited, for_team),
            )
        )
    return found


def next_step(status: IssueStatus, answer_by: datetime, *, waits_for_team: bool, urgency: IssueUrgency) -> Step | None:
    """What the company may expect now; nothing when the issue is closed."""
    if status is IssueStatus.RESOLVED:
        return None
    if not waits_for_team:
        later = _("Is er iets veranderd? Schrijf het hieronder, of bel.")
        return Step(when=_("Nu"), title=_("Wij houden het in de gaten"), lines=(later,), state="now")
    if urgency is IssueUrgency.FOR_INFORMATION:
        return Step(when=_("Nu"), title=_("Wij lezen uw bericht"), state="now")
    return Step(when=_("Uiterlijk %(moment)s", moment=format_moment(answer_by)), title=_("Wij bellen u"), state="now")


def _reported(urgency: IssueUrgency, for_team: bool) -> str:
    what = str(urgency.label).lower()
    return _("De werkgever meldde: %(what)s", what=what) if for_team else _("U meldde: %(what)s", what=what)


def _title(entry: ThreadEntry, for_team: bool) -> str:
    name = entry.author or _("Het team")
    if entry.resolves:
        return _("%(name)s sloot de melding af", name=name)
    if entry.party is IssueParty.TEAM:
        return _("%(name)s opende de melding weer", name=name) if entry.reopens else _("%(name)s antwoordde", name=name)
    if entry.reopens:
        return _("Toch niet opgelost")
    return _("De werkgever schreef") if for_team else _("U schreef")


def _note(entry: ThreadEntry, waited: timedelta | None, for_team: bool) -> str:
    if entry.by_phone:
        return _("Per telefoon, opgeschreven door %(name)s.", name=entry.author or _("het team"))
    if waited is not None:
        return _("Eerste antwoord na %(time)s.", time=_duration(minutes_between(entry.at - waited, entry.at)))
    if for_team and entry.party is IssueParty.EMPLOYER and entry.author:
        return entry.author
    return ""


def _duration(minutes: int) -> str:
    if minutes < 1:
        return _("minder dan een minuut")
    if minutes < TWO_HOURS:
        return ngettext("%(num)d minuut", "%(num)d minuten", minutes)
    if minutes < TWO_DAYS:
        return ngettext("%(num)d uur", "%(num)d uur", minutes // 60)
    return ngettext("%(num)d dag", "%(num)d dagen", minutes // (24 * 60))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
