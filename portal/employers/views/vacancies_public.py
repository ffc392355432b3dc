"""Work for everybody: the list with its filters, and one page per place."""

from dataclasses import dataclass
from typing import NamedTuple

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers import vacancy_queries
from portal.employers.vacancy_filters import HoursBand, word_of
from portal.employers.vacancy_forms import read_filter
from portal.employers.vacancy_queries import PAGE_SIZE, VacancyList
from portal.employers.vocabulary import SectorGroup, VacancyKind, VacancyStatus
from portal.kernel.i18n import catalogue_text
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.paging import Page, page_number
from portal.web.templating import render
from portal.web.transactions import reading

bp = Blueprint("vacancies", __name__)


class Answer(NamedTuple):
    """One answer of a filter: its value in the address, its words, how many places it leaves, whether it is on."""

    value: str
    label: str
    number: int
    checked: bool


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The sectors of one group, folded under its name until one of them is on."""

    label: str
    answers: list[Answer]

    @property
    def number(self) -> int:
        """How many places the group has."""
        return sum(answer.number for answer in self.answers)

    @property
    def open(self) -> bool:
        """Whether any of its sectors is on."""
        return any(answer.checked for answer in self.answers)


@dataclass(frozen=True, slots=True)
class KeptFields:
    """What stays in the address while somebody searches: names may come more than once."""

    pairs: tuple[tuple[str, str], ...]

    def items(self) -> tuple[tuple[str, str], ...]:
        """The pairs, as a component reads a dictionary."""
        return self.pairs


@bp.get("/vacatures")
@access(Permission.PUBLIC)
def vacancy_list() -> ResponseReturnValue:
    """What is open and fits."""
    with reading() as db:
        found = vacancy_queries.vacancy_list(db, read_filter(request.args.to_dict(flat=False)), number=page_number())
    answers = _answers(found)
    words = request.args.get("q", "").strip()[:120]
    return render(
        "employers/vacancy_list.html",
        vacancies=Page(found.rows, found.counts.total, found.number, PAGE_SIZE),
        groups=_groups(found, answers["branche"]),
        answers=answers,
        chips=_chips(answers, words),
        kept=KeptFields(tuple((name, a.value) for name, every in answers.items() for a in every if a.checked)),
        words=words,
        asks_anything=found.wanted.asks_anything,
    )


@bp.get("/vacatures/<int:vacancy_id>")
@access(Permission.PUBLIC)
def vacancy(vacancy_id: int) -> ResponseReturnValue:
    """One place; what was online and is closed says so, all else does not exist."""
    with reading() as db:
        found = vacancy_queries.vacancy_page(db, vacancy_id)
    if found.status is VacancyStatus.CLOSED:
        return render("employers/vacancy_closed.html", vacancy=found), 410
    return render("employers/vacancy_page.html", vacancy=found)


def _answers(found: VacancyList) -> dict[str, list[Answer]]:
    """The answers of each question; one that would leave nothing is only shown while it is on."""
    counts, wanted = found.counts, found.wanted
    every = {
        "branche": [
            Answer(key, catalogue_text(name), counts.sectors.get(key, 0), key in wanted.sectors)
            for _group, name, key in found.sectors
        ],
        "niveau": [
            Answer(level.value, str(level.label), counts.levels.get(level, 0), level in wanted.levels)
            for level in LanguageLevel
        ],
        "uren": [
            Answer(band.value, str(band.label), counts.hours.get(band, 0), band in wanted.hours) for band in HoursBand
        ],
        "soort": [
            Answer(word_of(kind), str(kind.label), counts.kinds.get(kind, 0), kind in wanted.kinds)
            for kind in VacancyKind
        ],
    }
    return {name: [answer for answer in answers if answer.number or answer.checked] for name, answers in every.items()}


def _groups(found: VacancyList, answers: list[Answer]) -> list[AnswerGroup]:
    """The sectors that can be chosen, under the ten plain groups."""
    group_of = {key: group for group, _name, key in found.sectors}
    groups: dict[SectorGroup, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(group_of[answer.value], []).append(answer)
    return [AnswerGroup(str(group.label), members) for group, members in groups.items()]


def _chips(answers: dict[str, list[Answer]], words: str) -> list[tuple[str, str]]:
    """What is on, each with the address of the list without it."""
    on = [(name, answer.value, answer.label) for name, every in answers.items() for answer in every if answer.checked]
    on += [("q", words, f"‘{words}’")] if words else []
    return [(label, _address([pair for pair in on if pair[:2] != (name, value)])) for name, value, label in on]


def _address(on: list[tuple[str, str, str]]) -> str:
    query: dict[str, list[str]] = {}
    for name, value, _label in on:
        query.setdefault(name, []).append(value)
    return url_for("vacancies.vacancy_list", **query)  # type: ignore[arg-type]
