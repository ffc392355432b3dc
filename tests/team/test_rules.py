"""How the work list is ordered."""

from datetime import datetime, timedelta

import pytest

from portal.kernel.work import WorkItem
from portal.team.rules import Moment, grouped, matching, moment_of
from tests.conftest import NOW


def an_item(title: str = "Iets", due_at: datetime | None = None, kind: str = "issue", **facts: str) -> WorkItem:
    return WorkItem(
        kind=kind,
        tag="review",
        tag_text="Ter controle",
        title=title,
        facts=tuple(facts.values()),
        due_at=due_at,
        url="/team/",
        action="Bekijk",
    )


@pytest.mark.parametrize(
    ("due_at", "moment"),
    [
        (NOW - timedelta(seconds=1), Moment.LATE),
        (NOW, Moment.TODAY),
        (NOW + timedelta(hours=13), Moment.TODAY),
        (NOW + timedelta(hours=15), Moment.SOON),
        (NOW + timedelta(days=8), Moment.LATER),
        (None, Moment.TODAY),
    ],
)
def test_the_moment_follows_from_the_promise(due_at: datetime | None, moment: Moment) -> None:
    assert moment_of(an_item(due_at=due_at), NOW) is moment


def test_groups_are_in_order_and_the_earliest_stands_first() -> None:
    items = [
        an_item("later", NOW + timedelta(days=3)),
        an_item("laat", NOW - timedelta(days=1)),
        an_item("later nog", NOW + timedelta(days=2)),
    ]
    assert [(g.moment, [i.title for i in g.items]) for g in grouped(items, NOW)] == [
        (Moment.LATE, ["laat"]),
        (Moment.SOON, ["later nog", "later"]),
    ]


def test_words_and_kind_narrow_the_list() -> None:
    items = [
        an_item("Bakkerij", kind="vacancy"),
        an_item("Sauna", kind="vacancy", plaats="Beekbergen"),
        an_item("Bakkerij"),
    ]
    assert [i.title for i in matching(items, "vacancy", "")] == ["Bakkerij", "Sauna"]
    assert [i.title for i in matching(items, "", " BEEK")] == ["Sauna"]
