"""A full season to measure on: 300 employers, 400 vacancies, 200 tours, in the portal's own tables; and the floor's."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, insert, text

from portal import schema
from portal.employers.models import Employer, Sector, Vacancy
from portal.events.models import Tour
from portal.kernel.clock import SystemClock
from portal.kernel.db import make_engine

EMPLOYERS = 300
VACANCIES = 400
TOURS = 200
GROUPS = ("bouw", "zorg", "voeding", "schoonmaak", "horeca", "groen", "techniek", "logistiek", "winkel", "kantoor")
LEVELS = ("A1", "A2", "B1")
KINDS = ("job", "trial", "bbl")


def season(url: str) -> None:
    """Migrate an empty database and fill it."""
    engine = make_engine(url)
    schema.load_models()
    schema.upgrade(engine)
    now = SystemClock().now()
    stamp = {"created_at": now, "details_changed_at": now, "details_version": 1}
    with engine.begin() as db:
        db.execute(
            insert(Sector),
            [
                {"id": n + 1, "key": g, "name": g.title(), "group": g, "icon": "briefcase", "active": True}
                for n, g in enumerate(GROUPS)
            ],
        )
        db.execute(insert(Employer), [_employer(n, stamp) for n in range(EMPLOYERS)])
        db.execute(insert(Vacancy), [_vacancy(n, now, stamp) for n in range(VACANCIES)])
        db.execute(insert(Tour), [_tour(n, now, stamp) for n in range(TOURS)])
        _floor(db, TOURS)
    engine.dispose()


def _employer(n: int, stamp: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": n + 1,
        "name": f"Bedrijf {n}",
        "kvk_number": f"{n:08}",
        "sector_id": n % len(GROUPS) + 1,
        "status": "approved",
        "source": "import",
        "numbers_to_confirm": False,
        **stamp,
    }


def _vacancy(n: int, now: Any, stamp: dict[str, Any]) -> dict[str, Any]:
    title = f"Medewerker {GROUPS[n % len(GROUPS)]} {n}"
    return {
        "employer_id": n % EMPLOYERS + 1,
        "sector_id": n % len(GROUPS) + 1,
        "title": title,
        "kind": KINDS[n % len(KINDS)],
        "status": "published",
        "tasks": "Dozen openen, schappen vullen en papier naar de pers brengen. " * 4,
        "hours_min": 16,
        "hours_max": 24 + n % 16,
        "wage_min_cents": 1540,
        "wage_max_cents": 1690,
        "level": LEVELS[n % len(LEVELS)],
        "city": "Apeldoorn",
        "places": 2,
        "search_text": f"{title.lower()} apeldoorn dozen schappen",
        "findings": [],
        "published_at": now - timedelta(hours=n),
        **stamp,
    }


def _tour(n: int, now: Any, stamp: dict[str, Any]) -> dict[str, Any]:
    start = now + timedelta(days=7 + n // 4, hours=n % 4)
    return {
        "id": n + 1,
        "employer_id": n % EMPLOYERS + 1,
        "title": f"Kijken bij bedrijf {n}",
        "description": "Je ziet hoe het werk gaat en je praat met mensen die er werken.",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "be_there_at": start - timedelta(minutes=10),
        "meeting_point": "Koeldijk 14, Apeldoorn",
        "district": "Apeldoorn-Zuid",
        "rules": ["shoes", "id", "jewellery", "photos"],
        "interpreters": ["ar"],
        "level": "A2",
        "capacity": 100 if n == 0 else 12,
        "places_taken": 0,
        "visibility": "public",
        "access_code": f"code{n}",
        "status": "published",
        "calendar_sequence": 0,
        "published_at": now,
        **stamp,
    }


def _floor(db: Any, count: int) -> None:
    number = "INTEGER" if db.dialect.name == "sqlite" else "SERIAL"
    db.execute(
        text("CREATE TABLE floor_thing (id INTEGER PRIMARY KEY, title TEXT, n INTEGER, open INTEGER, capacity INTEGER)")
    )
    db.execute(text("CREATE INDEX floor_open ON floor_thing (open, n)"))
    db.execute(
        text(f"CREATE TABLE floor_registration (id {number} PRIMARY KEY, thing_id INTEGER, name TEXT, status TEXT)")
    )
    rows = [
        {"id": n + 1, "title": f"Ding {n}", "n": 0, "open": 1, "capacity": 100 if n == 0 else 12} for n in range(count)
    ]
    db.execute(text("INSERT INTO floor_thing VALUES (:id, :title, :n, :open, :capacity)"), rows)


def new_tour(engine: Engine, capacity: int) -> int:
    """A fresh tour for one rush, for the portal and the floor alike; its number."""
    now = SystemClock().now()
    with engine.begin() as db:
        number = int(db.execute(text("SELECT max(id) FROM tour")).scalar_one()) + 1
        stamp = {"created_at": now, "details_changed_at": now, "details_version": 1}
        db.execute(insert(Tour), [{**_tour(number, now, stamp), "id": number, "capacity": capacity}])
        db.execute(
            text("INSERT INTO floor_thing VALUES (:id, 'Ding', 0, 1, :capacity)"), {"id": number, "capacity": capacity}
        )
    return number
