"""The command line: `flask --app wsgi portal ...`."""

import sys

import click
from flask.cli import AppGroup

from portal import schema
from portal.accounts.users import add_first_user
from portal.accounts.vocabulary import UserRole
from portal.kernel.errors import DomainError
from portal.kernel.permissions import system_actor
from portal.web.context import portal

ROLES = {"team": UserRole.TEAM_MEMBER, "lead": UserRole.TEAM_LEAD, "admin": UserRole.ADMINISTRATOR}

portal_commands = AppGroup("portal", help="Run the portal: database, users, lists, worker.")
db_commands = AppGroup("db", help="The database.")
user_commands = AppGroup("user", help="Accounts.")
portal_commands.add_command(db_commands)
portal_commands.add_command(user_commands)


@db_commands.command("upgrade")
def db_upgrade() -> None:
    """Migrate the database of DATABASE_URL to the newest version."""
    schema.upgrade(portal().database.engine)
    click.echo("The database is up to date.")


@user_commands.command("add")
@click.option("--email", required=True)
@click.option("--role", type=click.Choice(sorted(ROLES)), required=True)
@click.option("--name", default="", help="What colleagues see; the mail address when left out.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def user_add(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Make an account for somebody of the team."""
    if not password_stdin:
        raise click.UsageError("Give the password on standard input, with --password-stdin.")
    password = sys.stdin.readline().rstrip("\n")
    try:
        with portal().database.work(system_actor("command line")) as uow:
            add_first_user(uow, email=email, role=ROLES[role], name=name or email, password=password)
    except DomainError as refusal:
        raise click.ClickException(f"Not added: {refusal.code.replace('_', ' ')}.") from refusal
    click.echo("The account was added.")
