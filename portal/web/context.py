"""What belongs to one request: the portal's parts, the actor, the checks that were made."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, g

from portal.kernel.config import Settings
from portal.kernel.links import Links
from portal.kernel.permissions import VISITOR, Actor
from portal.kernel.uow import Database

ActorLoader = Callable[[], Actor]


@dataclass(slots=True)
class Portal:
    """The parts that every request uses."""

    settings: Settings
    database: Database
    links: Links
    load_actor: ActorLoader = lambda: VISITOR
    ready: Callable[[], bool] = lambda: True


def portal() -> Portal:
    """The parts of the running portal."""
    parts: Portal = current_app.extensions["portal"]
    return parts


def current_actor() -> Actor:
    """Who makes this request; looked up once."""
    if "actor" not in g:
        g.actor = portal().load_actor()
    actor: Actor = g.actor
    return actor


def new_request_id() -> str:
    """A random id that ties a log line, the trail and an error page together."""
    return secrets.token_hex(8)
