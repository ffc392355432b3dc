"""Life cycles as tables: who may make which move from where, and whether it needs words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.permissions import Actor, Permission

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One arrow of a life cycle."""

    name: str
    sources: tuple[S, ...]
    target: S
    permission: Permission
    needs_text: bool = False


class Workflow(Generic[S]):
    """All arrows of one life cycle; commands and buttons come from the same table."""

    def __init__(self, start: S, moves: Sequence[Move[S]]) -> None:
        self.start = start
        self.moves = tuple(moves)

    def check(self, name: str, state: S, actor: Actor, text: str = "") -> S:
        """The state after the move. Refuses a move that is not in the table, not allowed, or lacks its words."""
        moves = [move for move in self.moves if move.name == name]
        if not moves:
            raise LookupError(f"no move named {name}")
        fitting = [move for move in moves if state in move.sources]
        if not fitting:
            raise ConflictError("move_not_possible", move=name, state=state.value)
        allowed = [move for move in fitting if actor.can(move.permission)]
        if not allowed:
            actor.require(fitting[0].permission)
        move = allowed[0]
        if move.needs_text and not text.strip():
            raise InvalidError("text_needed", move=name)
        return move.target

    def moves_for(self, state: S, actor: Actor) -> list[str]:
        """The names of the moves that this actor may make now: these are the buttons."""
        return [move.name for move in self.moves if state in move.sources and actor.can(move.permission)]

    def reachable(self) -> frozenset[S]:
        """Every state that can be reached from the start; a test compares it with the vocabulary."""
        found = {self.start}
        while new := {m.target for m in self.moves if found.intersection(m.sources)} - found:
            found |= new
        return frozenset(found)
