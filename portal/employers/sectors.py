"""The list of sectors: add one, name it, put it in a group, switch it on or off."""

import re

from sqlalchemy import func, select

from portal.employers.models import Sector
from portal.employers.vocabulary import EmployersAction, SectorGroup
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.names import fold
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork

ICONS = {
    SectorGroup.CONSTRUCTION: "building-2",
    SectorGroup.CARE: "heart-handshake",
    SectorGroup.FOOD: "croissant",
    SectorGroup.CLEANING: "hand-helping",
    SectorGroup.HOSPITALITY: "soup",
    SectorGroup.GREEN: "trees",
    SectorGroup.TECHNOLOGY: "wrench",
    SectorGroup.LOGISTICS: "bus",
    SectorGroup.RETAIL: "store",
    SectorGroup.OFFICE: "briefcase",
}


def add_sector(uow: UnitOfWork, *, name: str, group: SectorGroup) -> int:
    """Add a sector. Raises ConflictError('sector_name_taken')."""
    uow.actor.require(Permission.EMPLOYERS_SECTOR_MANAGE)
    _check_name(uow, name, None)
    sector = Sector(key=_free_key(uow, name), name=name, group=group, icon=ICONS[group])
    uow.session.add(sector)
    uow.audit(EmployersAction.SECTOR_ADDED, sector, key=sector.key)
    return sector.id


def change_sector(uow: UnitOfWork, *, sector_id: int, name: str, group: SectorGroup) -> None:
    """Give a sector another name or group; its key stays, because lists and addresses use it."""
    sector = _sector(uow, sector_id)
    _check_name(uow, name, sector.id)
    sector.name, sector.group = name, group
    uow.audit(EmployersAction.SECTOR_CHANGED, sector, group=group)


def switch_sector(uow: UnitOfWork, *, sector_id: int, active: bool) -> None:
    """Offer a sector in forms, or no longer; companies that are in it stay there."""
    sector = _sector(uow, sector_id)
    sector.active = active
    uow.audit(EmployersAction.SECTOR_CHANGED, sector, active=active)


def _sector(uow: UnitOfWork, sector_id: int) -> Sector:
    uow.actor.require(Permission.EMPLOYERS_SECTOR_MANAGE)
    sector = uow.session.get(Sector, sector_id, with_for_update=True)
    if sector is None:
        raise NotFoundError
    return sector


def _check_name(uow: UnitOfWork, name: str, own_id: int | None) -> None:
    same = uow.session.scalars(select(Sector.id).where(func.lower(Sector.name) == name.lower()))
    if set(same) - {own_id}:
        raise ConflictError("sector_name_taken")


def _free_key(uow: UnitOfWork, name: str) -> str:
    """A short word for addresses and lists, made from the name."""
    word = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:36] or "branche"
    taken = set(uow.session.scalars(select(Sector.key).where(Sector.key.startswith(word))))
    number = 2
    key = word
    while key in taken:
        key, number = f"{word}-{number}", number + 1
    return key
