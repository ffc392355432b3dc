"""`portal import` on the lists of the scenario: the counts that scripts depend on, and what is never kept."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.employers.models import Employer, Location, Member, Vacancy
from portal.employers.vocabulary import EmployerSource, EmployerStatus, VacancyStatus
from portal.events.models import Registration
from portal.kernel.db import Base
from portal.kernel.levels import LanguageLevel
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant, ParticipantWish
from tests.support.outbox import Outbox
from tests.support.world import SCENARIO, expected

KEYS = ["rows", "accepted", "changed", "flagged", "duplicates", "refused", "left_out"]
PEOPLE = pytest.mark.parametrize("filename", ["deelnemers.csv", "deelnemers.xlsx"])
PARTICIPANTS = {
    "rows": 130,
    "accepted": 122,
    "changed": [126],
    "flagged": [],
    "duplicates": [75, 92, 105, 126, 128],
    "refused": [56, 110, 124],
    "left_out": [8, 25, 29, 37, 44, 49, 53, 56, 66, 96, 108, 114, 116, 118, 123, 124],
}
EMPLOYERS = {
    "rows": 26,
    "accepted": 24,
    "changed": [10],
    "flagged": [10, 14],
    "duplicates": [26],
    "refused": [27],
    "left_out": [],
}
VACANCIES = {
    "rows": 30,
    "accepted": 28,
    "changed": [],
    "flagged": [19, 21, 29],
    "duplicates": [30],
    "refused": [31],
    "left_out": [],
}
REASON = re.compile(r"[a-z_]+: [A-Z].*\.")
Import = Callable[..., dict[str, Any]]


@pytest.fixture
def take(app: Flask) -> Import:
    """Run the command on a list of the scenario and read its JSON; the portal has its branches."""
    assert app.test_cli_runner().invoke(args=["portal", "db", "upgrade"]).exit_code == 0

    def run(kind: str, filename: str, *options: str) -> dict[str, Any]:
        args = ["portal", "import", kind, str(SCENARIO / filename), *options, "--json"]
        result = app.test_cli_runner().invoke(args=args)
        assert result.exit_code == 0, result.output
        report: dict[str, Any] = json.loads(result.stdout)
        assert list(report) == KEYS
        return report

    return run


def numbers(report: dict[str, Any]) -> dict[str, Any]:
    """The report with row numbers only."""
    return {
        key: [entry["row"] for entry in value] if isinstance(value, list) else value for key, value in report.items()
    }


def stored(database: Database) -> dict[str, list[str]]:
    """Every value of every table, as text."""
    with database.reading() as session:
        return {
            table.name: [str(value) for row in session.execute(select(table)) for value in row if value is not None]
            for table in Base.metadata.sorted_tables
        }


def how_many(database: Database, model: type[Base]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def secret_numbers() -> list[str]:
    """The BSNs of the lists, written without dots; they are of the test series 9999."""
    text = (SCENARIO / "deelnemers.csv").read_text(encoding="utf-8-sig")
    found = [re.sub(r"\D", "", match) for match in re.findall(r"9999[\d.]{5,}", text)]
    assert len(found) == 2
    return found


def digits(text: str) -> str:
    return re.sub(r"(?<=\d)[. -](?=\d)", "", text)


def test_employers(take: Import, database: Database) -> None:
    assert numbers(take("employers", "werkgevers.csv", "--commit")) == EMPLOYERS
    with database.reading() as session:
        rows = session.scalars(select(Employer).order_by(Employer.id)).all()
        assert len(rows) == 24
        assert {row.status for row in rows} == {EmployerStatus.APPROVED}
        assert {row.source for row in rows} == {EmployerSource.IMPORT}
        filled_up = next(row for row in rows if row.name == "Groenvoorziening Lommerhaag")
        assert (filled_up.kvk_number, filled_up.numbers_to_confirm) == ("03772041", True)
        assert sum(row.numbers_to_confirm for row in rows) == 1
        without_mail = session.scalars(select(Member).where(Member.email.is_(None))).one()
        assert (without_mail.name, without_mail.user_id) == ("Jolanda Zwermers", None)
    assert how_many(database, Location) == 24


@PEOPLE
def test_participants_the_same_from_both_kinds_of_file(take: Import, database: Database, filename: str) -> None:
    assert numbers(take("participants", filename, "--commit")) == PARTICIPANTS
    wanted = expected()["deelnemers"]
    with database.reading() as session:
        people = session.scalars(select(Participant)).all()
        levels = [person.level.rank >= LanguageLevel.A2.rank if person.level else None for person in people]
        wishes = session.execute(select(ParticipantWish.subject, func.count()).group_by(ParticipantWish.subject))
        assert dict(wishes.all()) == {**wanted["voorkeuren_per_rondleiding"], "*": 3}
    assert len(people) == wanted["nieuw"] == 122
    assert [levels.count(answer) for answer in (True, False, None)] == [108, 7, 7]
    assert sum(person.email is not None for person in people) == wanted["met_email"] == 53


def test_vacancies_after_their_employers(take: Import, database: Database) -> None:
    take("employers", "werkgevers.csv", "--commit")
    assert numbers(take("vacancies", "vacatures.csv", "--commit")) == VACANCIES
    with database.reading() as session:
        rows = session.scalars(select(Vacancy)).all()
    assert len(rows) == 28
    assert {row.status for row in rows} == {VacancyStatus.SUBMITTED}
    assert sorted(sorted(row.findings) for row in rows if row.findings) == [
        ["age", "sex"],
        ["no_job_intention", "trial_too_long"],
        ["wage_below_minimum"],
    ]


def test_vacancies_of_companies_that_nobody_knows_are_refused(take: Import, database: Database) -> None:
    report = take("vacancies", "vacatures.csv", "--commit")
    assert (report["rows"], report["accepted"], len(report["refused"])) == (30, 0, 30)
    assert how_many(database, Vacancy) == 0


@pytest.mark.parametrize(
    ("kind", "filename", "wanted"),
    [
        ("employers", "werkgevers.csv", EMPLOYERS),
        ("participants", "deelnemers.csv", PARTICIPANTS),
        ("participants", "deelnemers.xlsx", PARTICIPANTS),
    ],
)
def test_without_commit_nothing_is_written(
    take: Import, database: Database, kind: str, filename: str, wanted: dict[str, Any]
) -> None:
    before = stored(database)
    assert numbers(take(kind, filename)) == wanted
    assert stored(database) == before


def test_a_look_at_vacancies_writes_nothing_either(take: Import, database: Database) -> None:
    take("employers", "werkgevers.csv", "--commit")
    before = stored(database)
    assert numbers(take("vacancies", "vacatures.csv")) == VACANCIES
    assert stored(database) == before


def test_a_second_time_adds_nothing(take: Import, database: Database) -> None:
    lists = [
        ("employers", "werkgevers.csv", Employer),
        ("vacancies", "vacatures.csv", Vacancy),
        ("participants", "deelnemers.csv", Participant),
    ]
    first = {model: (take(kind, file, "--commit"), how_many(database, model)) for kind, file, model in lists}
    before = stored(database)
    for kind, file, model in lists:
        report, count = take(kind, file, "--commit"), how_many(database, model)
        assert (report["rows"], report["accepted"]) == (first[model][0]["rows"], 0)
        assert count == first[model][1]
    assert stored(database) == before


@pytest.mark.parametrize(
    ("first", "second"), [("deelnemers.csv", "deelnemers.xlsx"), ("deelnemers.xlsx", "deelnemers.csv")]
)
def test_the_other_file_of_the_same_people_adds_nobody(
    take: Import, database: Database, first: str, second: str
) -> None:
    take("participants", first, "--commit")
    people = stored(database)["participant"]
    report = take("participants", second, "--commit")
    assert report["accepted"] == 0
    assert [entry["row"] for entry in report["refused"]] == PARTICIPANTS["refused"]
    assert len(report["duplicates"]) == 127
    assert how_many(database, Participant) == 122
    assert len(stored(database)["participant"]) == len(people)


@PEOPLE
def test_no_bsn_is_kept_or_said(app: Flask, database: Database, take: Import, filename: str) -> None:
    report = json.dumps(take("participants", filename, "--commit"), ensure_ascii=False)
    words = app.test_cli_runner().invoke(args=["portal", "import", "participants", str(SCENARIO / filename)])
    texts = [*(value for values in stored(database).values() for value in values), report, words.output]
    for number in secret_numbers():
        assert [text for text in texts if number in digits(text)] == []
    assert [text for text in texts if "123456788" in digits(text)] == []


def test_remarks_that_are_left_out_are_nowhere(take: Import, database: Database) -> None:
    report = take("participants", "deelnemers.csv", "--commit")
    lines = (SCENARIO / "deelnemers.csv").read_text(encoding="utf-8-sig").splitlines()
    remarks = [lines[entry["row"] - 1].rsplit(";", 1)[1].strip('"') for entry in report["left_out"]]
    assert len(remarks) == 16
    assert all(remarks)
    texts = "\n".join([*(value for values in stored(database).values() for value in values), json.dumps(report)])
    assert [remark for remark in remarks if remark in texts] == []


def test_a_reason_is_a_code_and_a_sentence_and_never_the_input(take: Import) -> None:
    for kind, filename in (("employers", "werkgevers.csv"), ("participants", "deelnemers.csv")):
        report = take(kind, filename)
        entries = [entry for key in KEYS[2:] for entry in report[key]]
        assert [entry["reason"] for entry in entries if not REASON.fullmatch(entry["reason"])] == []
        table = (SCENARIO / filename).read_bytes().decode("utf-8-sig" if kind == "participants" else "cp1252")
        for entry in entries:
            cells = [cell.strip() for cell in table.splitlines()[entry["row"] - 1].split(";")]
            assert [cell for cell in cells if len(cell) > 4 and cell in entry["reason"]] == []


def test_nobody_is_registered_told_or_mailed(take: Import, database: Database, outbox: Outbox) -> None:
    for kind, filename in (
        ("employers", "werkgevers.csv"),
        ("participants", "deelnemers.xlsx"),
        ("vacancies", "vacatures.csv"),
    ):
        take(kind, filename, "--commit")
    assert outbox.rows() == []
    assert how_many(database, Registration) == 0
    assert how_many(database, CallTask) == 0


def test_a_new_prepaid_number_makes_no_second_person(take: Import, database: Database, tmp_path: Path) -> None:
    take("participants", "deelnemers.csv", "--commit")
    header = "Voornaam;Achternaam;Telefoon;E-mail;Taalniveau;Voorkeurstaal;Trajectbegeleider\n"
    renewed = tmp_path / "nieuw-nummer.csv"
    renewed.write_text(header + "Samer;Alkhatib;06 89 00 99 99;samer.alkhatib@postvak.example;A2;Arabisch;\n", "utf-8")
    report = numbers(take("participants", str(renewed), "--commit"))
    assert (report["accepted"], report["changed"], report["duplicates"]) == (0, [2], [2])
    with database.reading() as session:
        phones = session.scalars(select(Participant.phone).where(Participant.last_name == "Alkhatib")).all()
    assert phones == ["+31689009999"]


@pytest.mark.usefixtures("take")
def test_the_report_in_words(app: Flask) -> None:
    path = str(SCENARIO / "werkgevers.csv")
    look = app.test_cli_runner().invoke(args=["portal", "import", "employers", path]).output.splitlines()
    assert look[0] == "26 rows, 24 accepted (nothing was written)"
    assert [line.split(":")[0] for line in look[1:]] == [
        "  row 10, changed",
        "  row 10, to look at",
        "  row 14, to look at",
        "  row 26, double",
        "  row 27, refused",
    ]
    done = app.test_cli_runner().invoke(args=["portal", "import", "employers", path, "--commit"]).output
    assert done.splitlines()[0] == "26 rows, 24 accepted"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leeg.csv", b"", "file_empty"),
        ("foto.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "file_kind"),
        ("kapot.xlsx", b"PK\x03\x04 no zip at all", "file_unreadable"),
        ("anders.csv", b"Kleur;Maat\nrood;L\n", "columns_missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    app: Flask, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for kind in ("employers", "participants", "vacancies"):
        result = app.test_cli_runner().invoke(args=["portal", "import", kind, str(path), "--commit", "--json"])
        assert result.exit_code == 1
        assert re.fullmatch(rf"Error: {code}: [A-Z].*\.\s*", result.output), result.output


def test_another_kind_of_list_or_no_file_is_a_usage_error(app: Flask, tmp_path: Path) -> None:
    for kind, path in (("coaches", SCENARIO / "deelnemers.csv"), ("participants", tmp_path / "missing.csv")):
        assert app.test_cli_runner().invoke(args=["portal", "import", kind, str(path)]).exit_code == 2
