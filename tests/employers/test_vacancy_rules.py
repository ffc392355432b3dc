"""The life of a vacancy, what is refused, what gives a warning, and how texts are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.employers.vacancy_findings import SENTENCES as FINDINGS
from portal.employers.vacancy_findings import advice, findings_of, input_problem, sentence_of
from portal.employers.vacancy_rules import (
    VACANCY_LIFE,
    publish_problem,
    search_text,
    search_words,
    shift_words,
    submit_problem,
    wage_note,
)
from portal.employers.vocabulary import EmployerStatus, VacancyKind, VacancyStatus
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError
from portal.kernel.permissions import Actor, Role
from tests.factories.vacancies import a_trial_input, an_input

ON = date(2026, 11, 24)
S = VacancyStatus
WRITER, APPLICANT = Actor(role=Role.EMPLOYER_OWNER), Actor(role=Role.EMPLOYER_APPLICANT)
JUDGE, CALLER = Actor(role=Role.TEAM_MEMBER), Actor(role=Role.TEAM_MEMBER, employer_id=1, phone_call_id=1)
ALLOWED = {
    ("edit", S.DRAFT, S.DRAFT),
    ("edit", S.RETURNED, S.RETURNED),
    ("edit", S.SUBMITTED, S.SUBMITTED),
    ("edit", S.PUBLISHED, S.SUBMITTED),
    ("submit", S.DRAFT, S.SUBMITTED),
    ("submit", S.RETURNED, S.SUBMITTED),
    ("close", S.PUBLISHED, S.CLOSED),
    ("discard", S.DRAFT, S.CLOSED),
    ("discard", S.RETURNED, S.CLOSED),
    ("discard", S.SUBMITTED, S.CLOSED),
}
JUDGED = {
    ("publish", S.SUBMITTED, S.PUBLISHED),
    ("return", S.SUBMITTED, S.RETURNED),
    ("close", S.SUBMITTED, S.CLOSED),
    ("close", S.PUBLISHED, S.CLOSED),
}


def outcomes(actor: Actor) -> set[tuple[str, VacancyStatus, VacancyStatus]]:
    found = set()
    for move in {move.name for move in VACANCY_LIFE.moves}:
        for state in VacancyStatus:
            try:
                found.add((move, state, VACANCY_LIFE.check(move, state, actor, "omdat")))
            except (ConflictError, NotAllowedError):
                continue
    return found


def test_every_state_can_be_reached() -> None:
    assert VACANCY_LIFE.reachable() == frozenset(VacancyStatus)


@pytest.mark.parametrize("actor", [WRITER, APPLICANT])
def test_a_company_makes_its_own_moves_and_no_others(actor: Actor) -> None:
    assert outcomes(actor) == ALLOWED


def test_the_team_makes_its_own_moves_and_no_others() -> None:
    assert outcomes(JUDGE) == JUDGED


def test_during_a_call_the_team_makes_both() -> None:
    assert outcomes(CALLER) == ALLOWED | JUDGED


def test_a_visitor_makes_none() -> None:
    assert outcomes(Actor()) == set()


def test_nothing_leaves_closed() -> None:
    assert not [move for move in VACANCY_LIFE.moves if S.CLOSED in move.sources]


def test_sending_back_needs_words() -> None:
    with pytest.raises(InvalidError, match="text_needed"):
        VACANCY_LIFE.check("return", S.SUBMITTED, JUDGE, "  ")


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (EmployerStatus.UNCONFIRMED, "company_unconfirmed"),
        (EmployerStatus.SUBMITTED, None),
        (EmployerStatus.APPROVED, None),
        (EmployerStatus.REFUSED, "company_refused"),
    ],
)
def test_who_may_send_in(status: EmployerStatus, problem: str | None) -> None:
    assert submit_problem(status) == problem


def test_only_an_approved_company_is_published() -> None:
    assert [status for status in EmployerStatus if publish_problem(status) is None] == [EmployerStatus.APPROVED]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, None),
        ({"hours_min": 32, "hours_max": 24}, "hours_order"),
        ({"hours_min": 0, "hours_max": 24}, "hours_order"),
        ({"hours_max": 61}, "hours_order"),
        ({"places": 0}, "places_range"),
        ({"places": 501}, "places_range"),
        ({"wage_max_cents": 1500}, "wage_order"),
        ({"wage_min_cents": None, "wage_max_cents": 1500}, "wage_order"),
        ({"kind": VacancyKind.LANGUAGE_PLACEMENT}, "wage_for_unpaid"),
        ({"kind": VacancyKind.TRIAL, "wage_min_cents": None}, "trial_terms_missing"),
        ({"kind": VacancyKind.BBL}, None),
    ],
)
def test_what_does_not_hold_together_is_refused(fields: dict[str, object], problem: str | None) -> None:
    assert input_problem(an_input(**fields)) == problem


@given(st.integers(-3, 60))
def test_a_trial_takes_1_to_26_weeks(weeks: int) -> None:
    refused = input_problem(a_trial_input(weeks))
    assert refused == (None if 1 <= weeks <= 26 else "trial_weeks_range")


def test_a_job_with_terms_of_a_trial_is_refused() -> None:
    assert input_problem(an_input(trial=a_trial_input().trial)) == "trial_terms_missing"


@pytest.mark.parametrize(
    ("weeks", "intends", "months", "codes"),
    [
        (1, False, None, []),
        (2, True, 7, []),
        (4, False, None, []),
        (5, False, None, ["no_job_intention"]),
        (9, True, 6, []),
        (10, True, 6, ["trial_too_long"]),
        (26, False, None, ["trial_too_long", "no_job_intention"]),
        (2, True, 5, ["contract_short"]),
        (2, True, None, ["contract_months_missing"]),
    ],
)
def test_warnings_about_a_trial(weeks: int, intends: bool, months: int | None, codes: list[str]) -> None:
    assert findings_of(a_trial_input(weeks, intends=intends, months=months), ON) == codes


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        ({"wage_min_cents": 1499}, []),
        ({"wage_min_cents": 1498}, ["wage_below_minimum"]),
        ({"wage_min_cents": None}, ["wage_missing"]),
        ({"wage_min_cents": None, "wage_text": "€ 2.600 per maand"}, []),
        ({"kind": VacancyKind.WORK_EXPERIENCE, "wage_min_cents": None}, []),
        ({"title": "Vlotte meid"}, ["sex"]),
        ({"tasks": "Wij zoeken iemand tussen 18 en 25."}, ["age"]),
        ({"good_to_know": "Nederlands is je moedertaal."}, ["origin"]),
    ],
)
def test_warnings_about_words_and_wages(fields: dict[str, object], codes: list[str]) -> None:
    assert findings_of(an_input(**fields), ON) == codes


def test_advice_quotes_the_words_it_is_about() -> None:
    points = advice(["sex", "wage_missing"], "Vlotte meid voor het ontbijt", ON)
    assert [(point.code, point.quotes) for point in points] == [("sex", ("meid",)), ("wage_missing", ())]
    assert "medewerker" in points[0].sentence


def test_doubts_are_for_the_writer_alone() -> None:
    text = "Een senior die het team aanstuurt, representatief."
    assert advice([], text, ON) == []
    assert all(point.quotes for point in advice([], text, ON, doubts=True))


def test_every_code_has_a_sentence_without_open_places() -> None:
    assert [
        code for code in FINDINGS if code in {"trial_too_long", "contract_short"} and "%(" in sentence_of(code, ON)
    ] == []
    assert "2 maanden" in sentence_of("trial_too_long", ON)
    assert sentence_of("no_such_code", ON) == ""


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (None, ""),
        ("15,62", ""),
        ("€ 15,40", ""),
        ("15,80 - 17,25", ""),
        ("15,55 tot 16,80 per uur", ""),
        ("16,41 + 50% nachttoeslag", "50% nachttoeslag"),
        ("15,75 + nachttoeslag", "nachttoeslag"),
        ("volgens cao", "volgens cao"),
        ("2500 per maand", "2500 per maand"),
        ("n.v.t.", ""),
        ("reiskosten", "reiskosten"),
    ],
)
def test_what_a_wage_text_says_besides_the_amounts(text: str | None, note: str) -> None:
    assert wage_note(text) == note


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ""),
        ("nee", ""),
        ("nee, dagdienst", "dagdienst"),
        ("ja", "in ploegen"),
        ("ja, avond en weekend", "avond en weekend"),
        ("7.00 tot 15.30 uur", "7.00 tot 15.30 uur"),
        ("jaarrond", "jaarrond"),
    ],
)
def test_working_hours_as_people_read_them(text: str | None, words: str) -> None:
    assert shift_words(text) == words


@given(st.lists(st.text(max_size=30), max_size=4))
def test_a_word_of_a_text_is_found_in_it(parts: list[str]) -> None:
    text = search_text(*parts)
    assert all(word in text for word in search_words(" ".join(parts)))


def test_accents_and_case_do_not_matter() -> None:
    assert search_words("  CAFÉ  café Brummen") == ("cafe", "brummen")
    assert search_words("cafe")[0] in search_text("Hulp in het Café")
