"""The words of every message about tours, in every language, and short enough for a phone."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from portal.events import notifications
from portal.events.models import Tour
from portal.events.notifications import LostLink, PlaceMessage, TourMessage, place_facts
from portal.kernel import mail
from portal.kernel.i18n import PARTICIPANT_LANGUAGES
from portal.kernel.links import Links
from portal.kernel.outbox import MESSAGES, Message, MessageKit
from portal.kernel.permissions import system_actor
from portal.kernel.uow import Database
from tests.conftest import NOW, WorkAs
from tests.factories.events import a_company, a_registration, a_tour
from tests.factories.participants import a_participant

WORKER = system_actor("test")
OURS = sorted(name for name, kind in MESSAGES.items() if kind.__module__ == notifications.__name__)
PLACE = [name for name in OURS if issubclass(MESSAGES[name], PlaceMessage)]
EXTRA: dict[str, Any] = {
    "position": 2,
    "deadline": (NOW + timedelta(days=1)).isoformat(),
    "was_confirmed": True,
    "confirmed": True,
    "tour_sequence": 1,
}
LONG_NAME = "Stichting Samenwerkende Zorg- en Dienstverleningsorganisaties Apeldoorn, Epe en Omstreken"


@pytest.fixture
def kit(database: Database) -> MessageKit:
    return MessageKit(Links("x" * 40, "https://meedraaien.apeldoorn.example"), database.settings)


@pytest.fixture
def facts(work_as: WorkAs) -> dict[str, Any]:
    with work_as(WORKER) as uow:
        tour = a_tour(uow, employer=a_company(uow, LONG_NAME))
        row = a_registration(uow, tour, a_participant(uow, "Yonas", last_name="Haile"))
        uow.flush()
        return dict(place_facts(tour, row, row.participant, uow.now))


def make(name: str, facts: dict[str, Any], **changes: Any) -> Message:
    wanted = {field.name for field in dataclasses.fields(MESSAGES[name])}
    values = {key: value for key, value in {**facts, **EXTRA, **changes}.items() if key in wanted}
    return MESSAGES[name](**values)


@pytest.mark.parametrize("language", PARTICIPANT_LANGUAGES)
@pytest.mark.parametrize("name", PLACE)
@pytest.mark.parametrize("yes", [True, False])
def test_every_message_fits_a_phone_and_names_nobody(
    name: str, language: str, yes: bool, facts: dict[str, Any], kit: MessageKit, database: Database
) -> None:
    changes: dict[str, Any] = {} if yes else {"deadline": None, "was_confirmed": False, "confirmed": False}
    message = make(name, {**facts, "language": language}, **changes)
    with database.reading() as db:
        context = message.context(db, kit)
    short = mail.render_short(name, context, language)
    assert 0 < len(short) <= mail.SHORT_LIMIT, len(short)
    for part in ("subject", "body"):
        text = mail.render_part(name, part, context)
        assert text
        assert "Yonas" not in text
        assert "None" not in text
    assert "Haile" not in str(dataclasses.asdict(message))


@pytest.mark.parametrize("name", PLACE)
def test_the_same_fact_is_told_once_and_the_key_is_short(name: str, facts: dict[str, Any]) -> None:
    assert make(name, facts).fact() == make(name, facts).fact()
    assert len(f"participant:1234567890:{make(name, facts).fact()}") <= 200


def test_the_context_needs_no_statement(facts: dict[str, Any], kit: MessageKit) -> None:
    for name in PLACE:
        assert make(name, facts).context(None, kit)["company"] == LONG_NAME  # type: ignore[arg-type]


def test_a_lost_link_holds_every_link(facts: dict[str, Any], kit: MessageKit) -> None:
    message = LostLink(language="nl", at=NOW.isoformat(), places=[facts, {**facts, "registration_id": 77}])
    context = message.context(None, kit)  # type: ignore[arg-type]
    body = mail.render_part("place_link_lost", "body", context)
    assert body.count("https://meedraaien.apeldoorn.example/mijn-plek/") == 2
    assert len(mail.render_short("place_link_lost", context, "nl")) <= mail.SHORT_LIMIT


@pytest.mark.parametrize("name", [name for name in OURS if issubclass(MESSAGES[name], TourMessage)])
def test_every_message_to_employer_and_team_renders(
    name: str, work_as: WorkAs, kit: MessageKit, database: Database
) -> None:
    with work_as(WORKER) as uow:
        tour: Tour = a_tour(uow, 1, reason="Die dag past niet.")
    message = make(name, {"tour_id": tour.id, "registration_id": 1})
    with database.reading() as db:
        context = message.context(db, kit)
    for part in ("subject", "body"):
        text = mail.render_part(name, part, context)
        assert text
        assert " je " not in text
    assert f"rondleidingen/{tour.id}" in str(context["link"])
