"""Lists in pages: which page is asked for, and what a template needs to show the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

T = TypeVar("T")
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; numbers start at 1."""

    items: Sequence[T]
    total: int
    number: int
    size: int = PAGE_SIZE

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def numbers(self) -> list[int]:
        """The page numbers to show: the first, the last and those around this one."""
        near = range(max(1, self.number - 2), min(self.count, self.number + 2) + 1)
        return sorted({1, *near, self.count})

    def url(self, number: int) -> str:
        """The address of another page of the same list, filters kept."""
        query = request.args.to_dict(flat=False) | {"pagina": [str(number)]}
        return url_for(str(request.endpoint), **{**(request.view_args or {}), **query})


def page_number() -> int:
    """The page that is asked for; nonsense means the first."""
    text = request.args.get("pagina", "1")
    return min(max(1, int(text)), 10_000) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def offset(number: int, size: int = PAGE_SIZE) -> int:
    """How many rows come before this page."""
    return (number - 1) * size
