"""The fair of the scenario: 24 stands, and 26 employers who ask for one, in the order in which they asked."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from portal.employers.models import Employer
from portal.events.fair_rules import StandPlace
from portal.events.job_fairs import add_stands, open_fair
from portal.events.models import JobFair, Stand
from portal.events.stand_queries import stands_with_holders
from portal.events.stands import StandWish, book_stand
from portal.kernel.errors import ConflictError, DomainError
from portal.kernel.permissions import Actor, Role, system_actor
from portal.kernel.uow import Database
from tests.factories.employers import an_employer
from tests.factories.fairs import a_fair

BUILDER = system_actor("test")
FILE = Path(__file__).parents[1] / "data" / "scenario" / "evenementen.yaml"
SECTORS = {
    "Uitzendbureau Mouwenop Oost": "uitzend",
    "Stichting Zorggroep De Wenselaar": "ouderenzorg",
    "Ruttekamp Logistiek B.V.": "logistiek",
    "Vleesverwerking Tonckensveld B.V.": "vleesverwerking",
    "Helderveer Schoonmaak & Facilitair": "schoonmaak",
    "Ketelwaard Installatietechniek B.V.": "installatietechniek",
    "Vakantiepark ’t Hertengewei": "recreatie",
    "Bouwbedrijf Mortelman en Zonen": "bouw",
    "Woonzorgcentrum De Lindenstoep": "ouderenzorg",
    "Recreatiepark Het Dassenspoor B.V.": "recreatie",
    "Groenvoorziening Lommerhaag": "groen",
    "Plaatwerkerij IJzerbloem": "metaal",
    "Thermen Sprengenrust": "wellness",
    "Hotel-Restaurant De Vergulde Sprengkop": "horeca",
    "Gemeente Wisselvoort": "overheid",
    "Kinderopvang Het Sprengennest B.V.": "kinderopvang",
    "Schildersbedrijf Kwastenaar": "bouw",
    "Wasserij De Mangelhof": "wasserij",
    "Bakkerij Deegenaar": "bakkerij",
    "Champignonkwekerij Hoed & Steel V.O.F.": "agrarisch",
    "Bitveen Software B.V.": "ict",
    "Kapsalon Knip & Kroes": "kapper",
    "Kartonnagefabriek Loenense Vellen B.V.": "industrie",
    "Garagebedrijf Carterop & Bout": "autotechniek",
    "Supermarkt Zwermers Epe": "detailhandel",
}
SAME = {"Helderveer schoonmaak en facilitair BV": "Helderveer Schoonmaak & Facilitair"}


class Market:
    """The scenario's fair, its employers, and how each wish ended."""

    def __init__(self, database: Database, scenario: dict[str, Any]) -> None:
        self.database = database
        hall = scenario["zaal"]
        places = [
            StandPlace(row["nr"], row["x"], row["y"], row["breedte"], row["diepte"], row["stroom"] == "ja")
            for row in scenario["stands"]
        ]
        with database.work(BUILDER) as uow:
            self.fair: JobFair = a_fair(
                uow,
                stands=0,
                status="planned",
                hall_width=float(hall["breedte"]),
                hall_depth=float(hall["diepte"]),
                max_per_sector=scenario["branche_regel"]["standaard_max"],
                sector_exceptions=scenario["branche_regel"]["uitzonderingen"],
            )
            assert add_stands(uow, fair_id=self.fair.id, places=places) == 24
            open_fair(uow, fair_id=self.fair.id)
            self.employers: dict[str, Employer] = {
                name: an_employer(uow, name, sector=sector) for name, sector in SECTORS.items()
            }
            self.stands = {number: id_ for id_, number in uow.session.execute(select(Stand.id, Stand.number))}

    def ask(self, wish: dict[str, Any]) -> str:
        """Ask for the wished stand; when that is taken, for the first that fits."""
        name = SAME.get(wish["werkgever"], wish["werkgever"])
        actor = Actor(role=Role.EMPLOYER_OWNER, employer_id=self.employers[name].id)
        for stand in (self.stands.get(wish["wens_stand"]), None):
            try:
                with self.database.work(actor) as uow:
                    asked = StandWish(
                        stand_id=stand, needs_power=wish["stroom"] == "ja", brings=wish["meeneemt"] or None
                    )
                    return "booked" if book_stand(uow, fair_id=self.fair.id, wish=asked).is_new else "has one"
            except ConflictError as refusal:
                if refusal.code != "stand_taken":
                    return refusal.code
        raise AssertionError(f"no answer for {name}")


@pytest.fixture
def scenario() -> dict[str, Any]:
    market: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["werkmarkt"]
    return market


def test_every_wish_ends_as_the_scenario_expects(database: Database, scenario: dict[str, Any]) -> None:
    market = Market(database, scenario)
    expected = {"toegewezen": "booked", "geweigerd": "has one", "wachtlijst": "sector_full"}
    wishes = scenario["aanmeldingen"]
    answers = [market.ask(wish) for wish in wishes]
    assert answers == [expected[wish["verwacht"]] for wish in wishes]
    assert (answers.count("booked"), answers.count("has one"), answers.count("sector_full")) == (24, 1, 1)
    with database.reading() as db:
        holders = stands_with_holders(db, market.fair.id)
    assert all(holder is not None for _stand, holder in holders)
    assert all(stand.has_power for stand, holder in holders if holder is not None and holder.booking.needs_power)


def test_full_hall_has_nothing_left(database: Database, scenario: dict[str, Any]) -> None:
    market = Market(database, scenario)
    for wish in scenario["aanmeldingen"]:
        market.ask(wish)
    with database.work(BUILDER) as uow:
        late = an_employer(uow, "Te laat", sector="ouderenzorg")
    with pytest.raises(DomainError, match=r"sector_full|no_stand_fits"), database.work(BUILDER) as uow:
        book_stand(uow, fair_id=market.fair.id, wish=StandWish(), employer_id=late.id)
