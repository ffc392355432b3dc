"""A coach adds and corrects own people, and nobody else's."""

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import Participant, ParticipantWish
from portal.participants.vocabulary import ParticipantSource
from tests.conftest import WorkAs
from tests.factories.participants import a_participant
from tests.support.browser import Browser
from tests.support.people import a_coach, sign_in

SYSTEM = Actor(role=Role.SYSTEM, name="test")


@pytest.fixture
def samira(work_as: WorkAs) -> User:
    with work_as(SYSTEM) as uow:
        return a_coach(uow)


@pytest.fixture
def coach(app: Flask, samira: User) -> Browser:
    return sign_in(Browser(app), samira)


def test_a_coach_adds_somebody_with_a_first_name_and_a_language(
    coach: Browser, samira: User, database: Database
) -> None:
    coach.get("/mijn-mensen/")
    coach.follow("Voeg iemand toe")
    page = coach.submit({"achternaam": "Al Hamdan"}, with_field="voornaam", status=422)
    assert page.errors() == ["Vul de voornaam in", "Kies de taal van de berichten"]
    assert 'value="Al Hamdan"' in page.html
    page = coach.submit({"voornaam": "Amina", "taal": "ar", "niveau": "A1"}, with_field="voornaam")
    assert "Amina staat bij uw mensen" in page.text
    with database.reading() as db:
        amina = db.query(Participant).one()
        assert (amina.coach_id, amina.coach_name, amina.source) == (samira.id, samira.name, ParticipantSource.COACH)
        assert (amina.level, amina.phone, amina.email) == (LanguageLevel.A1, None, None)


def test_a_coach_corrects_a_number_and_keeps_the_wishes(
    coach: Browser, samira: User, work_as: WorkAs, database: Database
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Yonas", coach=samira, wishes=("vlees",))
    stale = coach.get(f"/mijn-mensen/{person.id}/wijzigen")
    page = coach.submit({"telefoon": "06 89007777"}, with_field="voornaam")
    assert "06 89007777" in page.text
    page = coach.submit({"telefoon": "06 89008888"}, with_field="voornaam", on=stale, status=409)
    assert "Iemand anders heeft dit net veranderd" in page.errors()[0]
    assert coach.submit({"telefoon": "1"}, with_field="voornaam", status=422).errors()
    with database.reading() as db:
        row = db.get_one(Participant, person.id)
        assert (row.phone, row.coach_name) == ("+31689007777", "Samira Belhadj")
        assert db.query(ParticipantWish).count() == 1


def test_somebody_elses_person_does_not_exist(coach: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        wouter = a_coach(uow, "Wouter Dijkgraaf")
        theirs = [a_participant(uow, "Layla", coach=wouter), a_participant(uow, "Zahra")]
    for person in theirs:
        coach.get(f"/mijn-mensen/{person.id}/wijzigen", status=404)
        page = coach.get("/mijn-mensen/nieuw")
        page.form(with_field="voornaam").set("action", f"/mijn-mensen/{person.id}/wijzigen")
        coach.submit({"voornaam": "Anders", "taal": "nl"}, on=page, with_field="voornaam", status=404)
    coach.get("/mijn-mensen/99/wijzigen", status=404)
