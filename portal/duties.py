"""What the worker does besides delivering: offers that end, consents that end. Importing it fills all registries."""

import portal.accounts.retention
import portal.employers.retention
import portal.events.notifications
import portal.events.retention
import portal.participants.notifications
import portal.participants.retention
import portal.placements.retention
import portal.site.retention
import portal.stories.retention
import portal.team.retention  # noqa: F401
from portal.events.offers import lapse_offers
from portal.placements.recording import start_placements
from portal.stories.consents import end_consents
from portal.worker import Duty

DUTIES: tuple[Duty, ...] = (lapse_offers, end_consents, start_placements)
