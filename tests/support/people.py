"""People with an account, and their way in."""

from itertools import count

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.second_factor import new_seed
from portal.accounts.vocabulary import AccountsAction, UserRole
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import UnitOfWork
from tests.support.browser import Browser

PASSWORD = "vier molens draaien mee"

_numbers = count(1)


def a_user(uow: UnitOfWork, role: UserRole, *, with_second_factor: bool = False, **fields: object) -> User:
    """Somebody with an account that works; `password=None` for one that only takes links."""
    number = next(_numbers)
    password = fields.pop("password", PASSWORD)
    values: dict[str, object] = {
        "name": f"Iemand {number}",
        "email": f"iemand{number}@meedraaien.example",
        "email_confirmed_at": uow.now,
        "created_at": uow.now,
        "password_hash": hash_password(str(password)) if password else None,
        **fields,
    }
    if with_second_factor:
        values |= {"second_factor_secret": new_seed(), "second_factor_at": uow.now}
    user = User(role=role, **values)
    uow.session.add(user)
    uow.audit(AccountsAction.USER_ADDED, user)
    return user


def a_team_member(uow: UnitOfWork, name: str = "Marleen Visscher", **fields: object) -> User:
    """Somebody of the werkgeversteam."""
    return a_user(uow, UserRole.TEAM_MEMBER, name=name, phone=fields.pop("phone", "+31550001236"), **fields)


def a_team_lead(uow: UnitOfWork, name: str = "Joris Tempelman", **fields: object) -> User:
    """Somebody who leads the team and manages its users."""
    return a_user(uow, UserRole.TEAM_LEAD, name=name, **fields)


def an_admin(uow: UnitOfWork, name: str = "Noor Kamphuis", **fields: object) -> User:
    """An administrator."""
    return a_user(uow, UserRole.ADMINISTRATOR, name=name, **fields)


def a_coach(uow: UnitOfWork, name: str = "Samira Belhadj", **fields: object) -> User:
    """A coach, who can be called."""
    return a_user(uow, UserRole.COACH, name=name, phone=fields.pop("phone", "+31612345678"), **fields)


def an_employer_user(uow: UnitOfWork, name: str = "Hanneke Bos", **fields: object) -> User:
    """An employer's account, without the membership that says for whom."""
    return a_user(uow, UserRole.EMPLOYER, name=name, **fields)


def actor_of(user: User) -> Actor:
    """Somebody as commands know them; for the team and coaches."""
    return Actor(role=Role(user.role.value), user_id=user.id, name=user.name, language=user.language)


def sign_in(browser: Browser, user: User) -> Browser:
    """Let this browser be signed in as somebody, without the pages in between."""
    with browser.client.session_transaction() as session:
        session["_user_id"] = f"{user.id}:{user.session_version}"
        session["_fresh"] = True
    return browser
