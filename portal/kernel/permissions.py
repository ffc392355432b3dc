"""Who may do what: every permission, every role, and the one table between them (ADR 0006)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.errors import NotAllowedError
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class Permission(StrEnum):
    """Alphabetical; named <slice>:<thing>:<verb>."""

    PUBLIC = "public"
    ACCOUNTS_SECOND_FACTOR_SET_UP = "accounts:second_factor:set_up"
    ACCOUNTS_SELF_MANAGE = "accounts:self:manage"
    ACCOUNTS_SESSION_END = "accounts:session:end"
    ACCOUNTS_USER_MANAGE = "accounts:user:manage"
    EMPLOYERS_CALL_MAKE = "employers:call:make"
    EMPLOYERS_EMPLOYER_IMPORT = "employers:employer:import"
    EMPLOYERS_EMPLOYER_JUDGE = "employers:employer:judge"
    EMPLOYERS_EMPLOYER_SEE = "employers:employer:see"
    EMPLOYERS_MEMBER_MANAGE = "employers:member:manage"
    EMPLOYERS_OWN_EDIT = "employers:own:edit"
    EMPLOYERS_OWN_SEE = "employers:own:see"
    EMPLOYERS_SECTOR_MANAGE = "employers:sector:manage"
    EMPLOYERS_VACANCY_IMPORT = "employers:vacancy:import"
    EMPLOYERS_VACANCY_JUDGE = "employers:vacancy:judge"
    EMPLOYERS_VACANCY_WRITE = "employers:vacancy:write"
    EVENTS_FAIR_MANAGE = "events:fair:manage"
    EVENTS_GROUP_REGISTER = "events:group:register"
    EVENTS_STAND_BOOK = "events:stand:book"
    EVENTS_TOUR_MANAGE = "events:tour:manage"
    EVENTS_TOUR_PROPOSE = "events:tour:propose"
    EVENTS_TOUR_REGISTER = "events:tour:register"
    PARTICIPANTS_CALL_TASK_HANDLE = "participants:call_task:handle"
    PARTICIPANTS_OWN_SEE = "participants:own:see"
    PARTICIPANTS_PARTICIPANT_IMPORT = "participants:participant:import"
    PARTICIPANTS_PARTICIPANT_MANAGE = "participants:participant:manage"
    PLACEMENTS_ISSUE_HANDLE = "placements:issue:handle"
    PLACEMENTS_ISSUE_REPORT = "placements:issue:report"
    PLACEMENTS_OWN_SEE = "placements:own:see"
    PLACEMENTS_PLACEMENT_MANAGE = "placements:placement:manage"
    STORIES_INTRODUCTION_ASK = "stories:introduction:ask"
    STORIES_INTRODUCTION_HANDLE = "stories:introduction:handle"
    STORIES_STORY_READ = "stories:story:read"
    STORIES_STORY_RELEASE = "stories:story:release"
    STORIES_STORY_WRITE = "stories:story:write"
    SYSTEM_JOB_RUN = "system:job:run"
    TEAM_WORK_LIST_SEE = "team:work_list:see"


class Role(Vocabulary):
    """What an actor is at this moment."""

    VISITOR = "visitor", lazy("bezoeker")
    RESTRICTED = "restricted", lazy("medewerker zonder tweede stap")
    EMPLOYER_APPLICANT = "employer_applicant", lazy("werkgever in aanvraag")
    EMPLOYER_MEMBER = "employer_member", lazy("contactpersoon van een werkgever")
    EMPLOYER_OWNER = "employer_owner", lazy("beheerder van een werkgever")
    COACH = "coach", lazy("coach")
    TEAM_MEMBER = "team_member", lazy("medewerker van het werkgeversteam")
    TEAM_LEAD = "team_lead", lazy("teamleider van het werkgeversteam")
    ADMINISTRATOR = "administrator", lazy("beheerder")
    SYSTEM = "system", lazy("het systeem")


P = Permission
_VISITOR = frozenset({P.PUBLIC, P.EVENTS_TOUR_REGISTER})
_RESTRICTED = _VISITOR | {P.ACCOUNTS_SECOND_FACTOR_SET_UP, P.ACCOUNTS_SESSION_END}
_SIGNED_IN = _RESTRICTED | {P.ACCOUNTS_SELF_MANAGE}
_APPLICANT = _SIGNED_IN | {P.EMPLOYERS_OWN_SEE, P.EMPLOYERS_VACANCY_WRITE}
_EMPLOYER_MEMBER = _APPLICANT | {
    P.EMPLOYERS_OWN_EDIT,
    P.EVENTS_STAND_BOOK,
    P.EVENTS_TOUR_PROPOSE,
    P.PLACEMENTS_ISSUE_REPORT,
    P.PLACEMENTS_OWN_SEE,
    P.STORIES_INTRODUCTION_ASK,
    P.STORIES_STORY_READ,
}
_EMPLOYER_OWNER = _EMPLOYER_MEMBER | {P.EMPLOYERS_MEMBER_MANAGE}
_COACH = _SIGNED_IN | {P.EVENTS_GROUP_REGISTER, P.PARTICIPANTS_CALL_TASK_HANDLE, P.PARTICIPANTS_OWN_SEE}
_TEAM_MEMBER = _SIGNED_IN | {
    P.EMPLOYERS_CALL_MAKE,
    P.EMPLOYERS_EMPLOYER_IMPORT,
    P.EMPLOYERS_EMPLOYER_JUDGE,
    P.EMPLOYERS_EMPLOYER_SEE,
    P.EMPLOYERS_VACANCY_IMPORT,
    P.EMPLOYERS_VACANCY_JUDGE,
    P.EVENTS_FAIR_MANAGE,
    P.EVENTS_GROUP_REGISTER,
    P.EVENTS_TOUR_MANAGE,
    P.PARTICIPANTS_CALL_TASK_HANDLE,
    P.PARTICIPANTS_PARTICIPANT_IMPORT,
    P.PARTICIPANTS_PARTICIPANT_MANAGE,
    P.PLACEMENTS_ISSUE_HANDLE,
    P.PLACEMENTS_PLACEMENT_MANAGE,
    P.STORIES_INTRODUCTION_HANDLE,
    P.STORIES_STORY_READ,
    P.STORIES_STORY_RELEASE,
    P.STORIES_STORY_WRITE,
    P.TEAM_WORK_LIST_SEE,
}
_TEAM_LEAD = _TEAM_MEMBER | {P.ACCOUNTS_USER_MANAGE, P.EMPLOYERS_SECTOR_MANAGE}

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.VISITOR: _VISITOR,
    Role.RESTRICTED: _RESTRICTED,
    Role.EMPLOYER_APPLICANT: _APPLICANT,
    Role.EMPLOYER_MEMBER: _EMPLOYER_MEMBER,
    Role.EMPLOYER_OWNER: _EMPLOYER_OWNER,
    Role.COACH: _COACH,
    Role.TEAM_MEMBER: _TEAM_MEMBER,
    Role.TEAM_LEAD: _TEAM_LEAD,
    Role.ADMINISTRATOR: _TEAM_LEAD,
    Role.SYSTEM: frozenset(Permission),
}
TEAM_ROLES = frozenset({Role.TEAM_MEMBER, Role.TEAM_LEAD, Role.ADMINISTRATOR})
EMPLOYER_ROLES = frozenset({Role.EMPLOYER_APPLICANT, Role.EMPLOYER_MEMBER, Role.EMPLOYER_OWNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. During a phone call a team member acts for one employer: then both ids are set."""

    role: Role = Role.VISITOR
    user_id: int | None = None
    name: str = ""
    employer_id: int | None = None
    phone_call_id: int | None = None
    language: str = "nl"

    @property
    def signed_in(self) -> bool:
        """Whether this is a person with an account."""
        return self.user_id is not None

    @property
    def is_team(self) -> bool:
        """Whether this is somebody of the werkgeversteam."""
        return self.role in TEAM_ROLES

    @property
    def by_phone(self) -> bool:
        """Whether a team member acts for an employer during a call."""
        return self.phone_call_id is not None

    def can(self, permission: Permission) -> bool:
        """Whether this actor has the permission."""
        if permission in GRANTS[self.role]:
            return True
        return self.by_phone and permission in GRANTS[Role.EMPLOYER_OWNER]

    def require(self, permission: Permission) -> None:
        """Raise NotAllowedError unless this actor has the permission."""
        if not self.can(permission):
            raise NotAllowedError(permission=permission.value)


VISITOR = Actor()


def system_actor(name: str) -> Actor:
    """The portal itself: the worker, the command line."""
    return Actor(role=Role.SYSTEM, name=name)
