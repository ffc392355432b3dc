"""The number beside every answer of the filters, and the same questions to the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.employers.vacancy_filters import KIND_WORDS, Bunch, HoursBand, VacancyFilter, counts_of, fits, word_of
from portal.employers.vacancy_forms import read_filter
from portal.employers.vacancy_queries import vacancy_list
from portal.employers.vocabulary import SectorGroup, VacancyKind
from portal.kernel.levels import LanguageLevel
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import an_employer
from tests.factories.vacancies import a_vacancy

A1, A2, B1 = LanguageLevel.A1, LanguageLevel.A2, LanguageLevel.B1
JOB, TRIAL = VacancyKind.JOB, VacancyKind.TRIAL
bunches = st.lists(
    st.builds(
        lambda sector, level, kind, low, more, number: Bunch(
            sector, sector, SectorGroup.CARE, level, kind, low, low + more, number
        ),
        st.sampled_from(["zorg", "bouw", "ict"]),
        st.sampled_from([A1, A2, B1]),
        st.sampled_from([JOB, TRIAL]),
        st.integers(1, 40),
        st.integers(0, 20),
        st.integers(1, 4),
    ),
    max_size=12,
)
filters = st.builds(
    lambda sectors, levels, hours, kinds: VacancyFilter(sectors=sectors, levels=levels, hours=hours, kinds=kinds),
    st.frozensets(st.sampled_from(["zorg", "bouw", "ict"])),
    st.frozensets(st.sampled_from([A1, A2, B1])),
    st.frozensets(st.sampled_from(list(HoursBand))),
    st.frozensets(st.sampled_from([JOB, TRIAL])),
)


@given(bunches, filters)
def test_a_number_is_what_that_answer_alone_would_leave(rows: list[Bunch], wanted: VacancyFilter) -> None:
    counts = counts_of(rows, wanted)
    alone = VacancyFilter(sectors=wanted.sectors, levels=frozenset({A2}), hours=wanted.hours, kinds=wanted.kinds)
    assert counts.levels.get(A2, 0) == sum(row.number for row in rows if fits(row, alone))
    alone = VacancyFilter(
        sectors=wanted.sectors, levels=wanted.levels, hours=frozenset({HoursBand.HALF}), kinds=wanted.kinds
    )
    assert counts.hours.get(HoursBand.HALF, 0) == sum(row.number for row in rows if fits(row, alone))
    assert counts.total == sum(row.number for row in rows if fits(row, wanted))


@given(bunches)
def test_without_questions_the_numbers_add_up(rows: list[Bunch]) -> None:
    counts = counts_of(rows, VacancyFilter())
    assert counts.total == sum(row.number for row in rows)
    for numbers in (counts.sectors, counts.levels, counts.kinds):
        assert sum(numbers.values()) == counts.total


@given(st.integers(1, 60))
def test_every_number_of_hours_is_in_one_band(hours: int) -> None:
    assert sum(band.fits(hours, hours) for band in HoursBand) == 1


def test_a_range_of_hours_is_in_every_band_it_touches() -> None:
    assert [band for band in HoursBand if band.fits(16, 28)] == [HoursBand.FEW, HoursBand.HALF, HoursBand.MOST]


def test_kinds_have_dutch_words() -> None:
    assert set(KIND_WORDS.values()) == set(VacancyKind)
    assert word_of(TRIAL) == "proefplaats"


def test_the_address_is_read_and_nonsense_left_out() -> None:
    asked = {
        "q": ["  Bakker  "],
        "niveau": ["a2", "Z9"],
        "uren": ["17-24", "x"],
        "soort": ["baan", "trial"],
        "branche": [""],
    }
    assert read_filter(asked) == VacancyFilter(
        words=("bakker",), levels=frozenset({A2}), hours=frozenset({HoursBand.HALF}), kinds=frozenset({JOB, TRIAL})
    )
    assert not read_filter({}).asks_anything


@pytest.fixture
def many(work_as: WorkAs) -> list[Bunch]:
    """Thirty different vacancies, as the filters see them."""
    with work_as(TEAM) as uow:
        employer = an_employer(uow)
        made: list[Bunch] = []
        sectors = ("bouw", "horeca", "ouderenzorg")
        for number in range(30):
            sector, level = sectors[number % 3], (A1, A2, B1)[number % 4 % 3]
            kind, low = (JOB, TRIAL)[number % 5 % 2], 8 + number
            high = low + number % 3 * 6
            a_vacancy(
                uow,
                f"Werk {number}",
                employer=employer,
                sector=sector,
                kind=kind,
                level=level,
                hours_min=low,
                hours_max=high,
            )
            made.append(Bunch(sector, "", SectorGroup.CARE, level, kind, low, high, 1))
        a_vacancy(uow, "Nog niet online", employer=employer, status="submitted")
    return made


WANTED = (
    VacancyFilter(),
    VacancyFilter(sectors=frozenset({"bouw"})),
    VacancyFilter(levels=frozenset({A1, B1})),
    VacancyFilter(hours=frozenset({HoursBand.FEW, HoursBand.FULL})),
    VacancyFilter(kinds=frozenset({TRIAL})),
    VacancyFilter(sectors=frozenset({"bouw", "horeca"}), levels=frozenset({A2}), hours=frozenset({HoursBand.MOST})),
    VacancyFilter(words=("werk", "1")),
)


def test_the_database_finds_what_the_numbers_say(many: list[Bunch], session: Session) -> None:
    for wanted in WANTED:
        pages = [vacancy_list(session, wanted, number=number) for number in (1, 2)]
        found = {row.id for page in pages for row in page.rows}
        expected = [
            row
            for number, row in enumerate(many)
            if fits(row, wanted) and all(word in f"werk {number}" for word in wanted.words)
        ]
        assert len(found) == len(expected) == pages[0].counts.total, wanted


def test_a_company_is_found_by_the_name_it_has_now(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow, "Oude Naam")
        a_vacancy(uow, "Keukenhulp", employer=employer)
        employer.name = "Nieuwe Naam"
    assert vacancy_list(session, read_filter({"q": ["nieuwe keukenhulp"]}), number=1).counts.total == 1


def test_words_are_looked_for_in_title_tasks_place_company_and_sector(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow, "Café De Vergulde Kop", sector="horeca")
        a_vacancy(uow, "Keukenhulp", employer=employer, sector="horeca", tasks="Groente snijden", city="Beekbergen")
        a_vacancy(uow, "Metselaar", city="Epe")
    for words in ("KEUKEN", "groente", "beekbergen", "cafe vergulde", "horeca snijden"):
        assert [row.title for row in vacancy_list(session, read_filter({"q": [words]}), number=1).rows] == [
            "Keukenhulp"
        ]
    assert vacancy_list(session, read_filter({"q": ["100%"]}), number=1).counts.total == 0
