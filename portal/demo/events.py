"""The demo's six tours with their registrations, and the fair with its stands."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from portal.demo.world import World
from portal.events.fair_rules import StandPlace, Zone
from portal.events.job_fairs import FairInput, add_stands, plan_fair
from portal.events.job_fairs import open_fair as open_fair_for_booking
from portal.events.models import Stand
from portal.events.registrations import register_for_tour
from portal.events.stands import StandWish, book_stand
from portal.events.tours import TourInput, plan_tour, publish_tour
from portal.kernel.errors import ConflictError
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import company_key
from portal.participants.models import Participant, ParticipantWish

RULES = {
    "vlees": ("shoes", "id", "hairnet", "jewellery", "ill", "photos", "cold", "pork", "stairs", "wheelchair_no"),
    "ouderenzorg": ("id", "hands", "ill", "body_contact", "wheelchair_ok"),
    "installatie": ("shoes", "long_trousers", "id", "stairs"),
    "schoonmaak": ("id", "shoes", "wheelchair_ok"),
    "sauna": ("slippers", "id", "heat"),
    "vakantiepark": ("warm_coat", "shoes", "id", "bus", "wheelchair_no"),
}
EARLY = {"vlees": 15, "vakantiepark": 0}
DISTRICTS = {"sauna": "Beekbergen", "schoonmaak": "Apeldoorn-Zuid"}
INTERPRETERS = {"Arabisch": "ar", "Tigrinya": "ti", "Farsi": "fa", "Somalisch": "so"}
BOOKED = 14
EXTRA = {"vlees": 4, "ouderenzorg": 2, "installatie": -2, "schoonmaak": -9, "sauna": -4, "vakantiepark": -7}


def hold_tours(world: World) -> None:
    """Plan, publish and fill the tours: two full with a waiting list, the others with places left."""
    employers = world.employers()
    for told in world.yaml("evenementen.yaml")["rondleidingen"]:
        employer = employers[company_key(told["werkgever"])]
        with world.as_staff("marleen") as uow:
            tour_id = plan_tour(uow, employer_id=employer.id, tour=_tour(world, told))
            publish_tour(uow, tour_id=tour_id)
        _fill(world, told, tour_id)


def _tour(world: World, told: dict[str, Any]) -> TourInput:
    key = told["sleutel"]
    day = world.day(told["dag"] - 28, told["weekdag"])
    starts_at = world.moment(day, told["tijd"])
    return TourInput(
        title=told["titel"],
        description=told["goed_om_te_weten"],
        subject=key,
        starts_at=starts_at,
        ends_at=world.moment(day, told["eindtijd"]),
        be_there_at=starts_at - timedelta(minutes=EARLY.get(key, 10)),
        meeting_point=told["verzamelen"],
        district=DISTRICTS.get(key, "Apeldoorn"),
        transport=told["vervoer"],
        accessibility=told["toegankelijkheid"],
        bring=", ".join(told["eisen"]),
        rules=RULES[key],
        interpreters=tuple(INTERPRETERS[name] for name in told["tolk"]),
        level=LanguageLevel(told["min_taalniveau"]),
        capacity=told["capaciteit"],
    )


def _fill(world: World, told: dict[str, Any], tour_id: int) -> None:
    count = told["capaciteit"] + EXTRA[told["sleutel"]]
    level = LanguageLevel(told["min_taalniveau"])
    with world.database.reading() as session:
        wishing = session.scalars(
            select(Participant)
            .join(ParticipantWish)
            .where(or_(ParticipantWish.subject == told["sleutel"], ParticipantWish.subject == "*"))
            .order_by(Participant.id)
        ).all()
    fitting = [person.id for person in wishing if person.level and person.level.rank >= level.rank][:count]
    for participant_id in fitting:
        with world.as_staff("joris") as uow:
            register_for_tour(uow, tour_id=tour_id, participant_id=participant_id)


def open_fair(world: World) -> None:
    """The fair with its hall and stands; employers book in the order of the list, until two weeks of it are left."""
    told = world.yaml("evenementen.yaml")["werkmarkt"]
    day = world.day(told["dag"], told["weekdag"])
    hall = told["zaal"]
    fair = FairInput(
        title=told["titel"],
        starts_at=world.moment(day, told["tijd"]),
        ends_at=world.moment(day, told["eindtijd"]),
        build_up_at=world.moment(day, told["opbouw_vanaf"]),
        place=told["locatie"]["naam"],
        address=f"{told['locatie']['adres']}, {told['locatie']['plaats']}",
        district=told["locatie"]["plaats"],
        description=told["voor_wie"],
        hall_width=float(hall["breedte"]),
        hall_depth=float(hall["diepte"]),
        zones=tuple(Zone(z["x"], z["y"], z["breedte"], z["diepte"], z["naam"]) for z in hall["overig"]),
        max_per_sector=told["branche_regel"]["standaard_max"],
        sector_exceptions=told["branche_regel"]["uitzonderingen"],
    )
    with world.as_staff("marleen") as uow:
        fair_id = plan_fair(uow, fair=fair)
        add_stands(uow, fair_id=fair_id, places=[_stand(stand) for stand in told["stands"]])
        open_fair_for_booking(uow, fair_id=fair_id)
    for booking in told["aanmeldingen"][:BOOKED]:
        _book(world, fair_id, booking)


def _stand(told: dict[str, Any]) -> StandPlace:
    return StandPlace(told["nr"], told["x"], told["y"], told["breedte"], told["diepte"], told["stroom"] in {True, "ja"})


def _book(world: World, fair_id: int, told: dict[str, Any]) -> None:
    """Book the wished stand, or the first that fits when it is gone; a refusal of the list stays a refusal."""
    employer = world.employers().get(company_key(told["werkgever"]))
    if employer is None:
        return
    with world.database.reading() as session:
        numbers = dict(session.execute(select(Stand.number, Stand.id).where(Stand.fair_id == fair_id)).all())
    wish = StandWish(
        stand_id=numbers.get(told["wens_stand"]), needs_power=told["stroom"] in {True, "ja"}, brings=told["meeneemt"]
    )
    for attempt in (wish, replace(wish, stand_id=None)):
        try:
            with world.as_staff("marleen") as uow:
                book_stand(uow, fair_id=fair_id, wish=attempt, employer_id=employer.id)
        except ConflictError:
            continue
        return
