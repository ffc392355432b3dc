"""The menus of each audience: words and addresses, in one place."""

from dataclasses import dataclass

from flask import request

from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.permissions import EMPLOYER_ROLES, Actor, Permission, Role

Entry = tuple[LazyString, str, Permission]
P = Permission

PUBLIC: tuple[Entry, ...] = (
    (lazy("Werk zoeken"), "/vacatures", P.PUBLIC),
    (lazy("Rondleidingen"), "/rondleidingen", P.PUBLIC),
    (lazy("Voor werkgevers"), "/werkgevers/aanmelden", P.PUBLIC),
    (lazy("Subsidies"), "/subsidies", P.PUBLIC),
    (lazy("Verhalen"), "/verhalen", P.PUBLIC),
)
EMPLOYER: tuple[Entry, ...] = (
    (lazy("Mijn bedrijf"), "/mijn-bedrijf/", P.EMPLOYERS_OWN_SEE),
    (lazy("Vacatures"), "/mijn-bedrijf/vacatures", P.EMPLOYERS_VACANCY_WRITE),
    (lazy("Rondleidingen"), "/mijn-bedrijf/rondleidingen", P.EVENTS_TOUR_PROPOSE),
    (lazy("Werkmarkt"), "/mijn-bedrijf/werkmarkten", P.EVENTS_STAND_BOOK),
    (lazy("Plaatsingen"), "/mijn-bedrijf/plaatsingen", P.PLACEMENTS_OWN_SEE),
    (lazy("Verhalen"), "/verhalen", P.STORIES_STORY_READ),
    (lazy("Subsidies"), "/subsidies", P.PUBLIC),
)
COACH: tuple[Entry, ...] = (
    (lazy("Mijn mensen"), "/mijn-mensen/", P.PARTICIPANTS_OWN_SEE),
    (lazy("Rondleidingen"), "/rondleidingen", P.PUBLIC),
    (lazy("Vacatures"), "/vacatures", P.PUBLIC),
)
TEAM: tuple[Entry, ...] = (
    (lazy("Werklijst"), "/team/", P.TEAM_WORK_LIST_SEE),
    (lazy("Werkgevers"), "/team/werkgevers", P.EMPLOYERS_EMPLOYER_SEE),
    (lazy("Vacatures"), "/team/vacatures", P.EMPLOYERS_VACANCY_JUDGE),
    (lazy("Rondleidingen"), "/team/rondleidingen", P.EVENTS_TOUR_MANAGE),
    (lazy("Werkmarkten"), "/team/werkmarkten", P.EVENTS_FAIR_MANAGE),
    (lazy("Deelnemers"), "/team/deelnemers", P.PARTICIPANTS_PARTICIPANT_MANAGE),
    (lazy("Plaatsingen"), "/team/plaatsingen", P.PLACEMENTS_PLACEMENT_MANAGE),
    (lazy("Verhalen"), "/team/verhalen", P.STORIES_STORY_WRITE),
)
TEAM_MORE: tuple[Entry, ...] = (
    (lazy("Lijsten inlezen"), "/team/importeren", P.EMPLOYERS_EMPLOYER_IMPORT),
    (lazy("Gebruikers"), "/team/gebruikers", P.ACCOUNTS_USER_MANAGE),
    (lazy("Branches"), "/team/branches", P.EMPLOYERS_SECTOR_MANAGE),
    (lazy("Mijn account"), "/account", P.ACCOUNTS_SELF_MANAGE),
)


FOOTER: tuple[Entry, ...] = (
    (lazy("Privacy"), "/privacy", P.PUBLIC),
    (lazy("Toegankelijkheid"), "/toegankelijkheid", P.PUBLIC),
)
HOMES = frozenset({"/", "/team/", "/mijn-bedrijf/", "/mijn-mensen/"})


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link of a menu."""

    label: LazyString
    url: str
    current: bool


def menu(entries: tuple[Entry, ...], actor: Actor) -> list[MenuItem]:
    """The links that this actor may follow; the longest address that begins this page's is the current one."""
    allowed = [entry for entry in entries if actor.can(entry[2])]
    fitting = [url for _label, url, _permission in allowed if _covers(url, request.path)]
    current = max(fitting, key=len, default="")
    return [MenuItem(label, url, url == current) for label, url, _permission in allowed]


def _covers(url: str, path: str) -> bool:
    return path == url or (url not in HOMES and path.startswith(f"{url}/"))


def audience(actor: Actor) -> str:
    """Whose part of the portal this page is in."""
    blueprint = request.blueprint or ""
    for name in ("employer", "coach", "team"):
        if blueprint.endswith(f"_{name}"):
            return name
    return own_audience(actor) if blueprint == "accounts" else "public"


def own_audience(actor: Actor) -> str:
    """The part of the portal where somebody is at home."""
    if actor.is_team:
        return "team"
    if actor.role is Role.COACH:
        return "coach"
    return "employer" if actor.role in EMPLOYER_ROLES else "public"


def entries_for(name: str) -> tuple[Entry, ...]:
    """The menu of an audience."""
    return {"employer": EMPLOYER, "coach": COACH, "team": TEAM}.get(name, PUBLIC)


def home_of(actor: Actor) -> str:
    """Where somebody starts after signing in."""
    if actor.is_team:
        return "/team/"
    if actor.role is Role.COACH:
        return "/mijn-mensen/"
    if actor.role is Role.RESTRICTED:
        return "/account/tweede-stap"
    return "/mijn-bedrijf/" if actor.signed_in else "/"
