"""The demo's colleagues, coaches and employers, all with the same password."""

from sqlalchemy import select, update

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.users import new_user
from portal.accounts.vocabulary import STAFF_ROLES, UserRole
from portal.demo.world import World
from portal.employers.models import Employer
from portal.employers.vocabulary import EmployersAction
from portal.kernel.permissions import Actor

PASSWORD = "meedraaien-demo"  # noqa: S105  the demo's own, printed at its start
STAFF = (
    ("marleen", "Marleen Visscher", "marleen@team.example", UserRole.TEAM_MEMBER, "+31550001238"),
    ("joris", "Joris Tempelman", "joris@team.example", UserRole.TEAM_MEMBER, "+31550001239"),
    ("samira", "Samira El Amrani", "samira@team.example", UserRole.TEAM_LEAD, "+31550001235"),
    ("beheer", "Beheer", "beheer@team.example", UserRole.ADMINISTRATOR, None),
    ("wouter", "Wouter Dijkgraaf", "wouter@coach.example", UserRole.COACH, "+31689001001"),
    ("marloes", "Marloes Tiemessen", "marloes@coach.example", UserRole.COACH, "+31689001002"),
    ("belhadj", "Samira Belhadj", "belhadj@coach.example", UserRole.COACH, "+31689001003"),
    ("gerdien", "Gerdien Pol", "gerdien@coach.example", UserRole.COACH, "+31689001004"),
    ("fenna", "Fenna Oosterlaar", "fenna@coach.example", UserRole.COACH, "+31689001005"),
)

WELCOME = (
    ("medewerker of the team", "marleen@team.example"),
    ("second medewerker", "joris@team.example"),
    ("team lead", "samira@team.example"),
    ("administrator", "beheer@team.example"),
    ("coach", "wouter@coach.example"),
    ("employer (Tonckensveld)", "h.tonckens@tonckensveld.example"),
)


def make_staff(world: World) -> None:
    """The team and the coaches."""
    stored = hash_password(PASSWORD)
    for key, name, email, role, phone in STAFF:
        with world.as_system() as uow:
            user = new_user(uow, email=email, name=name, role=role, phone=phone)
            user.password_hash = stored
            user.email_confirmed_at = uow.now
        world.staff[key] = Actor(role=STAFF_ROLES[role], user_id=user.id, name=name)


def let_employers_in(world: World) -> None:
    """Give the employers of the list the demo's password, and the team's contact."""
    stored = hash_password(PASSWORD)
    with world.as_system() as uow:
        uow.session.execute(
            update(User).where(User.role == UserRole.EMPLOYER).values(password_hash=stored, email_confirmed_at=uow.now)
        )
        contacts = [world.staff["marleen"].user_id, world.staff["joris"].user_id]
        for number, employer in enumerate(uow.session.scalars(select(Employer).order_by(Employer.id))):
            employer.team_contact_id = contacts[number % 2]
            uow.audit(EmployersAction.EMPLOYER_CHANGED, employer, changed=["team_contact"])
