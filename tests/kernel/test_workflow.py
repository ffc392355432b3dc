"""Life cycles as tables; and every life cycle of the portal."""

from enum import StrEnum
from importlib import import_module

import pytest

from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError
from portal.kernel.permissions import Actor, Permission, Role
from portal.kernel.workflow import Move, Workflow

TEAM = Actor(role=Role.TEAM_MEMBER, user_id=1)
VISITOR = Actor()


class Light(StrEnum):
    """Two states are enough."""

    RED = "red"
    GREEN = "green"


LIGHTS = Workflow(
    Light.RED,
    [
        Move("go", (Light.RED,), Light.GREEN, Permission.TEAM_WORK_LIST_SEE),
        Move("stop", (Light.GREEN,), Light.RED, Permission.TEAM_WORK_LIST_SEE, needs_text=True),
    ],
)
ALL = (
    ("portal.employers.rules", "EMPLOYER_LIFE"),
    ("portal.employers.vacancy_rules", "VACANCY_LIFE"),
    ("portal.events.rules", "TOUR_LIFE"),
    ("portal.events.fair_rules", "FAIR_LIFE"),
    ("portal.stories.rules", "STORY"),
    ("portal.stories.rules", "INTRODUCTION"),
    ("portal.placements.rules", "PLACEMENT"),
    ("portal.placements.rules", "ISSUE"),
)


def test_a_move_of_the_table_gives_the_next_state() -> None:
    assert LIGHTS.check("go", Light.RED, TEAM) is Light.GREEN


def test_a_move_that_the_table_does_not_have_is_a_conflict() -> None:
    with pytest.raises(ConflictError):
        LIGHTS.check("go", Light.GREEN, TEAM)


def test_a_move_needs_its_permission() -> None:
    with pytest.raises(NotAllowedError):
        LIGHTS.check("go", Light.RED, VISITOR)


@pytest.mark.parametrize("text", ["", "   "])
def test_a_move_that_needs_words_refuses_silence(text: str) -> None:
    with pytest.raises(InvalidError):
        LIGHTS.check("stop", Light.GREEN, TEAM, text)


def test_buttons_are_the_moves_of_the_table() -> None:
    assert LIGHTS.moves_for(Light.RED, TEAM) == ["go"]
    assert LIGHTS.moves_for(Light.RED, VISITOR) == []


@pytest.mark.parametrize(("module", "name"), ALL)
def test_every_state_of_every_life_can_be_reached(module: str, name: str) -> None:
    life = getattr(import_module(module), name)
    assert life.reachable() == frozenset(type(life.start))
