"""The 22 sectors that the portal starts with: reference data, which the team edits afterwards."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.employers.models import Sector
from portal.employers.vocabulary import EmployersAction, SectorGroup
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SectorSeed:
    """One sector as it is put into an empty database."""

    key: str
    name: LazyString
    group: SectorGroup
    icon: str


G = SectorGroup
SECTORS: tuple[SectorSeed, ...] = (
    SectorSeed("bouw", lazy("Bouw"), G.CONSTRUCTION, "building-2"),
    SectorSeed("ouderenzorg", lazy("Ouderenzorg"), G.CARE, "heart-handshake"),
    SectorSeed("kinderopvang", lazy("Kinderopvang"), G.CARE, "users"),
    SectorSeed("vleesverwerking", lazy("Vleesverwerking"), G.FOOD, "beef"),
    SectorSeed("bakkerij", lazy("Bakkerij"), G.FOOD, "croissant"),
    SectorSeed("industrie", lazy("Industrie"), G.FOOD, "archive"),
    SectorSeed("schoonmaak", lazy("Schoonmaak"), G.CLEANING, "hand-helping"),
    SectorSeed("wasserij", lazy("Wasserij"), G.CLEANING, "waves"),
    SectorSeed("horeca", lazy("Horeca"), G.HOSPITALITY, "soup"),
    SectorSeed("recreatie", lazy("Recreatie"), G.HOSPITALITY, "bed-double"),
    SectorSeed("wellness", lazy("Wellness"), G.HOSPITALITY, "waves"),
    SectorSeed("groen", lazy("Groen"), G.GREEN, "trees"),
    SectorSeed("agrarisch", lazy("Agrarisch"), G.GREEN, "shovel"),
    SectorSeed("installatietechniek", lazy("Installatietechniek"), G.TECHNOLOGY, "wrench"),
    SectorSeed("metaal", lazy("Metaal"), G.TECHNOLOGY, "wrench"),
    SectorSeed("autotechniek", lazy("Autotechniek"), G.TECHNOLOGY, "wrench"),
    SectorSeed("logistiek", lazy("Logistiek"), G.LOGISTICS, "bus"),
    SectorSeed("detailhandel", lazy("Detailhandel"), G.RETAIL, "store"),
    SectorSeed("kapper", lazy("Kapper"), G.RETAIL, "user"),
    SectorSeed("ict", lazy("ICT"), G.OFFICE, "globe"),
    SectorSeed("overheid", lazy("Overheid"), G.OFFICE, "building-2"),
    SectorSeed("uitzend", lazy("Uitzendbranche"), G.OFFICE, "handshake"),
)


def ensure_sectors(uow: UnitOfWork) -> int:
    """Add the sectors that are missing and leave what the team changed alone; tells how many were added."""
    known = set(uow.session.scalars(select(Sector.key)))
    missing = [seed for seed in SECTORS if seed.key not in known]
    for seed in missing:
        sector = Sector(key=seed.key, name=seed.name.message, group=seed.group, icon=seed.icon)
        uow.session.add(sector)
        uow.audit(EmployersAction.SECTOR_ADDED, sector, key=seed.key)
    uow.flush()
    return len(missing)
