"""The matrix: every route for every role. A new route without a line fails."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.accounts.models import User
from portal.accounts.vocabulary import AccountsAction, UserRole
from portal.employers.models import Employer, Member, Sector
from portal.employers.vocabulary import EmployerSource, EmployerStatus, MemberRole, MemberStatus, SectorGroup
from portal.kernel.permissions import GRANTS, Permission, Role
from portal.kernel.uow import Database, UnitOfWork
from portal.web.access import permission_of
from tests.conftest import TEAM
from tests.permission_matrix import MATRIX

LETTERS = {
    "V": Role.VISITOR,
    "A": Role.EMPLOYER_APPLICANT,
    "M": Role.EMPLOYER_MEMBER,
    "O": Role.EMPLOYER_OWNER,
    "C": Role.COACH,
    "T": Role.TEAM_MEMBER,
    "L": Role.TEAM_LEAD,
    "D": Role.ADMINISTRATOR,
}
STAFF = {
    Role.COACH: UserRole.COACH,
    Role.TEAM_MEMBER: UserRole.TEAM_MEMBER,
    Role.TEAM_LEAD: UserRole.TEAM_LEAD,
    Role.ADMINISTRATOR: UserRole.ADMINISTRATOR,
}
VALUES = {"int": 987654, "string": "bestaat-niet", "path": "bestaat-niet", "default": "bestaat-niet"}


def a_user(uow: UnitOfWork, role: Role, number: int) -> User:
    user = User(
        email=f"{role.value}@voorbeeld.example",
        name="Iemand",
        role=STAFF.get(role, UserRole.EMPLOYER),
        email_confirmed_at=uow.now,
        created_at=uow.now,
    )
    uow.session.add(user)
    uow.audit(AccountsAction.USER_ADDED, user)
    if role not in STAFF:
        sector = Sector(key=f"s{number}", name="Bouw", group=SectorGroup.CONSTRUCTION)
        uow.session.add(sector)
        uow.flush()
        approved = role is not Role.EMPLOYER_APPLICANT
        employer = Employer(
            name=f"Bedrijf {number}",
            kvk_number=f"{number:08}",
            sector_id=sector.id,
            status=EmployerStatus.APPROVED if approved else EmployerStatus.SUBMITTED,
            source=EmployerSource.WEB,
            created_at=uow.now,
            details_changed_at=uow.now,
        )
        uow.session.add(employer)
        uow.flush()
        member = Member(
            employer_id=employer.id,
            user_id=user.id,
            name="Iemand",
            role=MemberRole.MEMBER if role is Role.EMPLOYER_MEMBER else MemberRole.OWNER,
            status=MemberStatus.ACTIVE,
            created_at=uow.now,
        )
        uow.session.add(member)
        uow.flush()
    return user


def client_as(app: Flask, database: Database, role: Role, number: int) -> FlaskClient:
    client = app.test_client()
    if role is not Role.VISITOR:
        with database.work(TEAM) as uow:
            user = a_user(uow, role, number)
        with client.session_transaction() as session:
            session["_user_id"] = f"{user.id}:{user.session_version}"
            session["_fresh"] = True
    return client


def address(app: Flask, rule: Rule) -> str:
    values = {name: VALUES[_converter(rule, name)] for name in rule.arguments}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def _converter(rule: Rule, name: str) -> str:
    kind = type(rule._converters[name]).__name__
    return {"IntegerConverter": "int", "PathConverter": "path"}.get(kind, "string")


def routes(app: Flask) -> list[tuple[Rule, str]]:
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found += [(rule, method) for method in methods]
    return found


def test_every_route_has_a_line_and_every_line_a_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule, _method in routes(app)}
    assert endpoints - set(MATRIX) == set(), "add these to tests/permission_matrix.py"
    assert set(MATRIX) - endpoints == set(), "these routes are gone"


def test_the_marks_grant_what_the_matrix_says(app: Flask) -> None:
    wrong = {}
    for endpoint, letters in MATRIX.items():
        permission = permission_of(app.view_functions[endpoint])
        assert permission is not None
        granted = {letter for letter, role in LETTERS.items() if permission in GRANTS[role]}
        if permission is Permission.PUBLIC:
            granted = set(LETTERS)
        if granted != set(letters):
            wrong[endpoint] = "".join(letter for letter in LETTERS if letter in granted)
    assert wrong == {}


@pytest.mark.parametrize("letter", LETTERS)
def test_nobody_passes_without_the_permission(app: Flask, database: Database, letter: str) -> None:
    role = LETTERS[letter]
    client = client_as(app, database, role, ord(letter))
    for rule, method in routes(app):
        if rule.endpoint == "accounts.sign_out":
            continue
        allowed = letter in MATRIX[rule.endpoint]
        response = client.open(address(app, rule), method=method)
        where = f"{method} {rule.rule} as {role.value}: {response.status_code}"
        sent_away = response.status_code == 303 and "/inloggen" in response.headers.get("Location", "")
        if allowed:
            assert response.status_code != 403, where
            assert response.status_code < 500, where
        elif role is Role.VISITOR:
            assert sent_away, where
        else:
            assert response.status_code == 403, where


def test_every_permission_is_used() -> None:
    root = Path(__file__).parents[1] / "portal"
    sources = [path.read_text(encoding="utf-8") for path in root.rglob("*.py") if path.name != "permissions.py"]
    text = "\n".join(sources)
    assert [permission.name for permission in Permission if f"Permission.{permission.name}" not in text] == []
