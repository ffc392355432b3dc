"""What people in several journeys do: sign in, and open what was mailed to them."""

import re
from datetime import datetime

import pyotp

from portal.accounts.models import User
from portal.accounts.second_factor import secret_from
from portal.employers.models import Employer
from portal.employers.vocabulary import MemberRole
from portal.kernel.config import Settings
from portal.kernel.permissions import system_actor
from portal.kernel.uow import UnitOfWork
from tests.factories.employers import a_member, an_employer
from tests.support.chromium import Person
from tests.support.outbox import Outbox
from tests.support.people import PASSWORD, an_employer_user

BUILDER = system_actor("test")


def an_owner_with_password(uow: UnitOfWork, name: str, **fields: object) -> tuple[Employer, User]:
    """An approved company whose owner signs in with a password."""
    employer = an_employer(uow, name, **fields)  # type: ignore[arg-type]
    user = an_employer_user(uow, f"Eigenaar van {name}")
    a_member(uow, employer, user=user, role=MemberRole.OWNER)
    return employer, user


def signs_in(somebody: Person, user: User) -> Person:
    """With the password, on the page."""
    somebody.opens("/inloggen").fills(email=user.email, wachtwoord=PASSWORD).presses("Inloggen")
    return somebody


def gives_code(somebody: Person, user: User, settings: Settings, now: datetime) -> Person:
    """The second step, with the code of the app."""
    code = pyotp.TOTP(secret_from(settings, user.id, str(user.second_factor_secret))).at(now)
    return somebody.fills(code=code).presses("Inloggen")


def opens_mail(somebody: Person, outbox: Outbox, email: str, path: str) -> Person:
    """Follow the link that begins with this path, in the newest mail to this address that has one."""
    for mail in reversed(outbox.to(email)):
        body = mail.get_body(("plain",))
        found = re.search(rf"http://localhost({re.escape(path)}\S*)", body.get_content()) if body else None
        if found:
            return somebody.opens(found[1])
    raise AssertionError(f"no mail to {email} with a link to {path}")
