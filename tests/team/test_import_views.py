"""Lists in the browser: choose, look at what would happen, say yes; and what never waits in between."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from portal.accounts.models import User
from portal.employers.models import Employer, Vacancy
from portal.employers.sector_data import ensure_sectors
from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock
from portal.kernel.db import Base
from portal.kernel.uow import Database
from portal.participants.models import Participant
from portal.team.models import ImportBatch
from portal.team.retention import count_lists, remove_lists
from portal.team.vocabulary import TeamAction
from tests.conftest import TEAM, WorkAs
from tests.support.browser import Browser, Page
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, sign_in
from tests.support.queries import at_most
from tests.support.world import SCENARIO

URL = "/team/importeren"
HEADER = "Bedrijfsnaam;KVK-nummer;Branche;Postcode;Plaats;E-mail;Opmerking;Geheim\n"
Send = Callable[..., Page]


@pytest.fixture
def colleague(work_as: WorkAs) -> User:
    """Marleen of the team, in a portal with its branches."""
    with work_as(TEAM) as uow:
        ensure_sectors(uow)
        return a_team_member(uow)


@pytest.fixture
def desk(app: Flask, colleague: User) -> Browser:
    """Marleen's browser."""
    return sign_in(Browser(app), colleague)


@pytest.fixture
def send(desk: Browser) -> Send:
    """Choose a file of the scenario, or give its bytes, and send it."""

    def give(kind: str, filename: str, data: bytes | None = None, status: int = 200) -> Page:
        content = (SCENARIO / filename).read_bytes() if data is None else data
        desk.get(URL)
        page = desk.submit({"bestand": (io.BytesIO(content), filename), "soort": kind}, status=status)
        page.response.request.environ["wsgi.input"].close()  # the client keeps what is large in a temporary file
        return page

    return give


def figures(page: Page) -> list[int]:
    """The five figures of the preview: rows, new, double, refused, left out."""
    assert page.tree is not None
    return [int("".join(figure.itertext())) for figure in page.tree.iter("dd")][:5]


def tables(page: Page) -> dict[str, list[int]]:
    """The tables of the preview with their row numbers."""
    assert page.tree is not None
    found = {}
    for table in page.tree.iter("table"):
        caption = " ".join("".join(next(table.iter("caption")).itertext()).split())
        heads = [head for head in table.iter("th") if head.get("scope") == "row"]
        found[caption] = [int("".join(head.itertext())) for head in heads]
    return found


def how_many(database: Database, model: type[Base]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def batches(database: Database) -> list[ImportBatch]:
    with database.reading() as session:
        return list(session.scalars(select(ImportBatch).order_by(ImportBatch.id)))


def test_the_work_list_leads_to_the_form(desk: Browser, engine: Engine) -> None:
    with at_most(3, engine):
        page = desk.get(URL)
    assert "Pas daarna wordt er iets opgeslagen." in page.text
    assert 'enctype="multipart/form-data"' in page.html
    assert [e.get("value") for e in page.form(with_field="bestand").iter("input") if e.get("name") == "soort"] == [
        "employers",
        "participants",
        "vacancies",
    ]


def test_employers_from_file_to_portal(desk: Browser, send: Send, database: Database, engine: Engine) -> None:
    preview = send("employers", "werkgevers.csv")
    assert figures(preview) == [26, 24, 1, 1, 0]
    assert tables(preview) == {
        "Geweigerd": [27],
        "Kijk hier even naar": [10, 14],
        "Dubbel": [26],
        "Gewijzigd": [10],
    }
    assert "Er is nog niets opgeslagen." in preview.text
    assert "Het e-mailadres is ongeldig. Wij raden niet wat het moet zijn." in preview.text
    assert how_many(database, Employer) == 0
    with at_most(4, engine):
        desk.get(preview.url)
    done = desk.submit(button="Neem 24 rijen over")
    assert "24 rijen zijn overgenomen." in done.text
    assert "Overgenomen op " in done.text
    assert "Neem 24 rijen over" not in done.text
    assert figures(done) == [26, 24, 1, 1, 0]
    assert how_many(database, Employer) == 24


@pytest.mark.parametrize("filename", ["deelnemers.csv", "deelnemers.xlsx"])
def test_participants_from_file_to_portal(
    desk: Browser, send: Send, database: Database, outbox: Outbox, filename: str
) -> None:
    preview = send("participants", filename)
    assert figures(preview) == [130, 122, 5, 3, 16]
    assert tables(preview)["Geweigerd"] == [56, 110, 124]
    assert len(tables(preview)["Opmerking weggelaten"]) == 16
    assert how_many(database, Participant) == 0
    assert "122 rijen zijn overgenomen." in desk.submit(button="Neem 122 rijen over").text
    assert how_many(database, Participant) == 122
    assert outbox.rows() == []


def test_vacancies_from_file_to_portal(desk: Browser, send: Send, database: Database) -> None:
    send("employers", "werkgevers.csv")
    desk.submit(button="Neem 24 rijen over")
    preview = send("vacancies", "vacatures.csv")
    assert figures(preview) == [30, 28, 1, 1, 0]
    assert tables(preview)["Kijk hier even naar"] == [19, 21, 29]
    desk.submit(button="Neem 28 rijen over")
    assert how_many(database, Vacancy) == 28
    assert "Vacatures" in desk.get("/team/").text


def test_the_same_list_again_has_nothing_new(desk: Browser, send: Send, database: Database) -> None:
    for _time in range(2):
        preview = send("employers", "werkgevers.csv")
        done = desk.submit(button="over")
    assert figures(preview) == [26, 0, 25, 1, 0]
    assert "0 rijen zijn overgenomen." in done.text
    assert how_many(database, Employer) == 24


def test_rows_are_judged_anew_when_they_are_taken_over(
    app: Flask, desk: Browser, send: Send, database: Database
) -> None:
    first, second = send("employers", "werkgevers.csv"), send("employers", "werkgevers.csv")
    assert first.url != second.url
    desk.submit(on=first, button="Neem 24 rijen over")
    late = desk.submit(on=second, button="Neem 24 rijen over")
    assert "0 rijen zijn overgenomen." in late.text
    assert how_many(database, Employer) == 24


def test_a_second_tap_is_told_that_it_is_done(desk: Browser, send: Send, database: Database) -> None:
    preview = send("employers", "werkgevers.csv")
    desk.submit(on=preview, button="Neem 24 rijen over")
    page = desk.submit(on=preview, button="Neem 24 rijen over", status=409)
    assert "Deze lijst is al overgenomen." in page.text
    assert how_many(database, Employer) == 24


def test_a_list_without_remarks_says_that_all_is_well(desk: Browser, send: Send) -> None:
    good = HEADER + "Molenaar De Wiek;98000001;Bakkerij;7311 AB;Apeldoorn;post@wiek.example;;\n"
    page = send("employers", "een.csv", good.encode())
    assert figures(page) == [1, 1, 0, 0, 0]
    assert "Elke rij is goed." in page.text
    assert "1 rij is overgenomen." in desk.submit(button="Neem 1 rij over").text


@pytest.mark.parametrize("filename", ["deelnemers.csv", "deelnemers.xlsx"])
def test_only_what_may_be_kept_waits_for_the_yes(send: Send, database: Database, filename: str) -> None:
    send("participants", filename)
    [batch] = batches(database)
    assert "remark" not in str(batch.rows).lower()
    assert "Opmerking" not in batch.rows["header"]
    numbers = [row[0] for row in batch.rows["rows"]]
    assert len(numbers) == 127
    assert {56, 110, 124} & set(numbers) == set()
    text = re.sub(r"(?<=\d)[. -](?=\d)", "", f"{batch.rows} {batch.report}")
    assert [bsn for bsn in ("999910103", "999910218", "123456788") if bsn in text] == []


def test_columns_and_remarks_that_are_not_ours_never_wait(send: Send, database: Database) -> None:
    lines = (
        "Molenaar De Wiek;98000001;Bakkerij;7311 AB;Apeldoorn;post@wiek.example;kent bsn 111222333;vreemd\n"
        "Smid Aambeeld;98000002;Metaal;7311 AB;Apeldoorn;post@aambeeld.example;belt graag;vreemd\n"
        "Kuiper Duig;98000003;Metaal;7311 AB;Apeldoorn;post@duig.example;;999910103\n"
    )
    page = send("employers", "klein.csv", (HEADER + lines).encode())
    [batch] = batches(database)
    waiting = str(batch.rows)
    assert [word for word in ("vreemd", "Geheim", "111222333", "999910103", "Duig") if word in waiting] == []
    assert "belt graag" in waiting
    assert "999910103" not in page.html
    assert "111222333" not in page.html


def test_after_the_yes_no_row_waits_any_more(desk: Browser, send: Send, database: Database) -> None:
    send("employers", "werkgevers.csv")
    desk.submit(button="Neem 24 rijen over")
    [batch] = batches(database)
    assert batch.rows == {}
    assert batch.done_at is not None
    with database.reading() as session:
        actions = set(session.scalars(select(AuditEntry.action)))
    assert {TeamAction.IMPORT_READ, TeamAction.IMPORT_DONE} <= actions


def test_a_list_that_nobody_takes_over_goes_the_next_day(
    desk: Browser, send: Send, database: Database, clock: FixedClock, work_as: WorkAs
) -> None:
    preview = send("employers", "werkgevers.csv")
    clock.advance(timedelta(days=1, minutes=1))
    with work_as(TEAM) as uow:
        uow.without_audit("the register of destruction is the trail")
        assert count_lists(uow.session, uow.now) == 1
        assert remove_lists(uow.session, uow.now) == 1
    desk.get(preview.url, status=404)


def test_a_preview_is_for_the_one_who_sent_the_list(
    app: Flask, desk: Browser, send: Send, work_as: WorkAs, database: Database
) -> None:
    preview = send("employers", "werkgevers.csv")
    with work_as(TEAM) as uow:
        other = sign_in(Browser(app), a_team_member(uow, "Joris Tempelman"))
    hidden = other.get(preview.url, status=404)
    missing = other.get(f"{URL}/9999", status=404)
    assert hidden.text == missing.text
    own = other.get(URL).form(with_field="bestand")
    token = next(str(e.get("value")) for e in own.iter("input") if e.get("name") == "csrf_token")
    answer = other.submit({"csrf_token": token}, on=preview, button="Neem 24 rijen over", status=404)
    assert answer.text == missing.text
    assert how_many(database, Employer) == 0


BAD_FILES: list[tuple[str, bytes, str]] = [
    ("leeg.csv", b"", "Er staat niets in dit bestand."),
    ("oud.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 60, "Dit is geen CSV- of Excel-bestand (.xlsx)."),
    ("brief.pdf", b"%PDF-1.7\n", "Dit is geen CSV- of Excel-bestand (.xlsx)."),
    ("kapot.xlsx", b"PK\x03\x04 no zip at all", "Dit bestand kan niet gelezen worden."),
    ("anders.csv", b"Kleur;Maat\nrood;L\n", "Deze kolommen staan niet in de lijst: Bedrijfsnaam, KVK-nummer, Branche."),
    ("groot.csv", b"a;b\n" + b"x;y\n" * 1_350_000, "Dit bestand is te groot: hooguit 5 MB."),
    ("lang.csv", b"a;b\n" + b"x;y\n" * 5_001, "Deze lijst is te lang: hooguit 5000 rijen."),
]


@pytest.mark.parametrize(("name", "data", "sentence"), BAD_FILES, ids=[name for name, *_ in BAD_FILES])
def test_a_refused_file_keeps_a_clear_sentence(
    send: Send, database: Database, name: str, data: bytes, sentence: str
) -> None:
    page = send("employers", name, data, status=422)
    assert [error for error in page.errors() if sentence in error], page.errors()
    assert page.text.count(sentence) >= 2
    held = [e for e in page.form(with_field="bestand").iter("input") if e.get("checked") is not None]
    assert [e.get("value") for e in held] == ["employers"]
    assert batches(database) == []


def test_a_file_that_is_far_too_big_gets_a_page_with_a_sentence(send: Send, database: Database) -> None:
    page = send("employers", "enorm.csv", b"x;y\n" * 1_700_000, status=413)
    assert "te groot" in page.text
    assert batches(database) == []


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({"soort": "employers"}, ["Kies een bestand"]),
        ({"soort": None}, ["Kies wat er op de lijst staat", "Kies een bestand"]),
        ({"soort": "coaches"}, ["Kies"]),
    ],
)
def test_what_was_not_chosen_is_asked_for(desk: Browser, values: dict[str, Any], sentences: list[str]) -> None:
    desk.get(URL)
    page = desk.submit(values, with_field="bestand", status=422)
    assert [sentence for sentence in sentences if not any(sentence in error for error in page.errors())] == []


def test_reading_a_list_takes_few_statements(desk: Browser, colleague: User, engine: Engine) -> None:
    desk.get(URL)
    content = io.BytesIO((SCENARIO / "deelnemers.csv").read_bytes())
    with at_most(8, engine):
        desk.submit({"bestand": (content, "deelnemers.csv"), "soort": "participants"}, follow=False)
