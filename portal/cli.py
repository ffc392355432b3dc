"""The command line: `flask --app wsgi portal ...`."""

import json
import signal
import sys
import threading
from pathlib import Path

import click
from flask.cli import AppGroup

from portal import schema
from portal.accounts.users import add_first_user
from portal.accounts.vocabulary import UserRole
from portal.demo.load import load_demo
from portal.demo.people import PASSWORD, WELCOME
from portal.duties import DUTIES
from portal.employers.sector_data import ensure_sectors
from portal.events.checks import wrong_counters
from portal.kernel.errors import ConfigurationError, DomainError
from portal.kernel.permissions import system_actor
from portal.kernel.tabular import read_table
from portal.team.imports import IMPORTERS
from portal.team.vocabulary import ImportKind
from portal.web.context import portal
from portal.web.errors import sentence
from portal.worker import Worker

ROLES = {"team": UserRole.TEAM_MEMBER, "lead": UserRole.TEAM_LEAD, "admin": UserRole.ADMINISTRATOR}
ACTOR = system_actor("command line")
HEADINGS = {
    "changed": "changed",
    "flagged": "to look at",
    "duplicates": "double",
    "refused": "refused",
    "left_out": "remark left out",
}

portal_commands = AppGroup("portal", help="Run the portal: database, users, lists, worker.")
db_commands = AppGroup("db", help="The database.")
user_commands = AppGroup("user", help="Accounts.")
portal_commands.add_command(db_commands)
portal_commands.add_command(user_commands)
demo_commands = AppGroup("demo", help="The demo with invented people.")
portal_commands.add_command(demo_commands)


def refuse(refusal: DomainError) -> click.ClickException:
    """A refusal as the command line says it."""
    return click.ClickException(f"{refusal.code}: {sentence(refusal)}")


@db_commands.command("upgrade")
def db_upgrade() -> None:
    """Migrate the database of DATABASE_URL to the newest version and add the branches that are missing."""
    database = portal().database
    schema.upgrade(database.engine)
    with database.work(ACTOR) as uow:
        ensure_sectors(uow)
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
        with portal().database.work(ACTOR) as uow:
            add_first_user(uow, email=email, role=ROLES[role], name=name or email, password=password)
    except DomainError as refusal:
        raise refuse(refusal) from refusal
    click.echo("The account was added.")


@portal_commands.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in ImportKind]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commit", is_flag=True, help="Write; without it nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def import_list(kind: str, file: Path, commit: bool, as_json: bool) -> None:
    """Read a list of employers, participants or vacancies, and say row by row what it does."""
    importer = IMPORTERS[ImportKind(kind)]
    database = portal().database
    try:
        table = read_table(file.read_bytes(), file.name)
        if commit:
            with database.work(ACTOR) as uow:
                uow.without_audit("a list may hold nothing new")
                plan = importer.write(uow, table)
        else:
            with database.reading() as session:
                plan = importer.plan(session, table, database.clock.now())
    except DomainError as refusal:
        raise refuse(refusal) from refusal
    report = plan.as_json()
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _in_words(report, commit))


def _in_words(report: dict[str, object], commit: bool) -> str:
    lines = [f"{report['rows']} rows, {report['accepted']} accepted" + ("" if commit else " (nothing was written)")]
    for key, heading in HEADINGS.items():
        findings = report[key]
        if isinstance(findings, list):
            lines += [f"  row {finding['row']}, {heading}: {finding['reason']}" for finding in findings]
    return "\n".join(lines)


@portal_commands.command("worker")
@click.option("--once", is_flag=True, help="One round, then stop.")
def run_worker(once: bool) -> None:
    """Deliver messages and run what is due, until told to stop."""
    parts = portal()
    worker = Worker(parts.database, parts.links, DUTIES)
    if once:
        worker.round()
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    worker.run(stop)


@portal_commands.command("check")
def check() -> None:
    """Compare what is kept twice: the counters of places with the registrations."""
    with portal().database.reading() as session:
        wrong = wrong_counters(session)
    for tour_id, kept, counted in wrong:
        click.echo(f"tour {tour_id}: the counter says {kept}, the registrations say {counted}")
    if wrong:
        sys.exit(1)
    click.echo("All counters are right.")


@demo_commands.command("load")
@click.option("--once", is_flag=True, help="Do nothing when the demo is there already.")
def demo_load(once: bool) -> None:
    """Fill an empty portal with the demo's invented people."""
    try:
        loaded = load_demo(portal().database, once=once)
    except ConfigurationError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("The demo is loaded." if loaded else "The demo was loaded before; its data is kept.")


@demo_commands.command("welcome")
def demo_welcome() -> None:
    """Print where the portal is and who can sign in."""
    settings = portal().settings
    click.echo(f"\nMeedraaien is on {settings.base_url}   (Ctrl-C stops it)")
    click.echo(f"Mails are on {settings.base_url}/dev/mail\n" if settings.is_demo and not settings.smtp_url else "")
    click.echo(f"Sign in on {settings.base_url}/inloggen with the password {PASSWORD}:")
    for who, email in WELCOME:
        click.echo(f"  {who:32} {email}")
