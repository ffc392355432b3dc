"""The rules of employers on plain values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.employers import rules
from portal.employers.rules import EMPLOYER_LIFE, NextStep, SameCompany
from portal.employers.vocabulary import EmployerStatus, MemberRole
from portal.kernel.clock import local
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError
from portal.kernel.permissions import VISITOR, Actor, Role

TEAM = Actor(role=Role.TEAM_MEMBER)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_every_state_can_be_reached() -> None:
    assert EMPLOYER_LIFE.reachable() == frozenset(EmployerStatus)


def test_only_the_team_approves() -> None:
    assert EMPLOYER_LIFE.check("approve", EmployerStatus.SUBMITTED, TEAM) is EmployerStatus.APPROVED
    for role in (Role.EMPLOYER_APPLICANT, Role.EMPLOYER_OWNER, Role.COACH, Role.VISITOR):
        with pytest.raises(NotAllowedError):
            EMPLOYER_LIFE.check("approve", EmployerStatus.SUBMITTED, Actor(role=role))


def test_refusing_needs_words_and_approving_needs_a_confirmed_address() -> None:
    with pytest.raises(InvalidError):
        EMPLOYER_LIFE.check("refuse", EmployerStatus.SUBMITTED, TEAM, " ")
    with pytest.raises(ConflictError):
        EMPLOYER_LIFE.check("approve", EmployerStatus.UNCONFIRMED, TEAM)
    assert EMPLOYER_LIFE.check("confirm", EmployerStatus.UNCONFIRMED, VISITOR) is EmployerStatus.SUBMITTED


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("00921463", "00921463"),
        (" 0092 14 63 ", "00921463"),
        ("00.92.14.63", "00921463"),
        ("0092-1463", "00921463"),
        ("921463", None),
        ("123456789", None),
        ("KVK 1234", None),
        ("١٢٣٤٥٦٧٨", None),
        ("", None),
    ],
)
def test_a_kvk_number_is_eight_digits_as_text(typed: str, kept: str | None) -> None:
    assert rules.normal_kvk(typed) == kept


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_an_establishment_number_keeps_its_zeros(number: str) -> None:
    assert rules.normal_establishment(f"{number[:4]} {number[4:8]}.{number[8:]}") == number
    assert rules.normal_establishment(number[1:]) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.bakker.example", "https://www.bakker.example"),
        ("http://bakker.example/werk", "http://bakker.example/werk"),
        ("javascript://bakker.example", None),
        ("mailto:info@bakker.example", None),
        ("https://", None),
        ("geen website", None),
        ("https://[bakker", None),
    ],
)
def test_a_website_is_an_address_that_may_become_a_link(typed: str, kept: str | None) -> None:
    assert rules.normal_website(typed) == kept


@pytest.mark.parametrize(
    ("number", "postcode", "meaning"),
    [
        (None, "7399 ZZ", SameCompany.DOUBLE),
        ("000000000001", "7399 ZZ", SameCompany.DOUBLE),
        ("000000000009", "7399 ZZ", SameCompany.NEW_LOCATION),
        ("000000000009", "7311 AB", SameCompany.NEW_LOCATION),
        ("000000000009", "7322 CD", SameCompany.DOUBLE),
    ],
)
def test_the_same_company_is_a_double_or_has_a_new_location(
    number: str | None, postcode: str, meaning: SameCompany
) -> None:
    known = [("000000000001", "7311 AB"), (None, "7322 CD")]
    assert rules.same_company(known, number, postcode) is meaning


def test_a_sign_up_that_nobody_confirmed_holds_nothing_after_two_days() -> None:
    later = MONDAY + timedelta(days=2)
    assert not rules.is_abandoned(EmployerStatus.UNCONFIRMED, MONDAY, later - timedelta(seconds=1))
    assert rules.is_abandoned(EmployerStatus.UNCONFIRMED, MONDAY, later)
    assert not rules.is_abandoned(EmployerStatus.SUBMITTED, MONDAY, later)


def test_the_last_owner_stays() -> None:
    assert rules.loses_last_owner([1], 1, None)
    assert rules.loses_last_owner([1], 1, MemberRole.MEMBER)
    assert not rules.loses_last_owner([1], 1, MemberRole.OWNER)
    assert not rules.loses_last_owner([1, 2], 1, None)
    assert not rules.loses_last_owner([1], 2, None)


def test_an_answer_comes_within_two_working_days_and_a_call_within_one() -> None:
    friday = MONDAY + timedelta(days=4)
    assert f"{local(rules.answer_due(friday)):%a %d %H}" == "Tue 01 17"
    assert f"{local(rules.callback_due(friday)):%a %d %H}" == "Mon 30 17"


@pytest.mark.parametrize(
    ("status", "vacancies", "step"),
    [
        ("unconfirmed", [], NextStep.CONFIRM),
        ("submitted", [], NextStep.DRAFT),
        ("submitted", ["draft"], NextStep.SEND_IN),
        ("submitted", ["submitted"], NextStep.WAIT),
        ("approved", [], NextStep.PUBLISH_FIRST),
        ("approved", ["closed"], NextStep.PUBLISH_FIRST),
        ("approved", ["published", "returned"], NextStep.ANSWER_RETURNED),
        ("approved", ["submitted"], NextStep.READ_ALONG),
        ("approved", ["published"], NextStep.INVITE),
        ("refused", [], NextStep.CALL),
    ],
)
def test_there_is_always_one_next_step(status: str, vacancies: list[str], step: NextStep) -> None:
    assert rules.next_step(EmployerStatus(status), vacancies) is step
