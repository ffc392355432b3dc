"""The one list of personal data is complete, and its promises are kept by rules that exist."""

from datetime import date
from importlib import import_module

import pytest
from flask import Flask
from sqlalchemy import JSON, Enum, String

from portal.kernel import personal_data, retention
from portal.kernel.db import Base
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import use_language
from portal.kernel.personal_data import ITEMS, Basis, Subject

NOT_PERSONAL = {
    "audit_entry": {"action"},
    "installation_fact": {"key", "value"},
    "job_fair": {
        "title",
        "description",
        "place",
        "address",
        "district",
        "zones",
        "sector_exceptions",
        "access_code",
        "reason",
    },
    "number_series": {"name"},
    "outbox_message": {"name", "recipient_kind"},
    "retention_run": {"rule"},
    "sector": {"key", "name", "icon"},
    "stand_booking": {"brings", "reason"},
    "story": {"public_id"},
    "tour": {
        "title",
        "description",
        "subject",
        "meeting_point",
        "district",
        "transport",
        "accessibility",
        "good_to_know",
        "bring",
        "rules",
        "interpreters",
        "access_code",
        "reason",
    },
    "vacancy": {
        "title",
        "tasks",
        "wage_text",
        "level_text",
        "city",
        "start_text",
        "lifting",
        "shifts",
        "licence",
        "good_to_know",
        "search_text",
        "findings",
        "reason",
    },
}


def listed() -> set[str]:
    return {column for item in ITEMS for column in item.columns}


def text_columns() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    }


def test_every_text_column_is_on_the_list_or_named_as_not_personal(app: Flask) -> None:
    harmless = {f"{table}.{column}" for table, columns in NOT_PERSONAL.items() for column in columns}
    assert text_columns() - listed() - harmless == set()
    assert harmless & listed() == set()
    assert harmless - text_columns() == set()


def test_the_list_names_only_columns_that_exist(app: Flask) -> None:
    existing = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}
    assert listed() - existing == set()


def test_no_column_holds_what_is_never_kept(app: Flask) -> None:
    never = ("bsn", "v_number", "diagnosis", "health", "religion", "origin", "nationality", "birth", "country")
    names = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    assert [name for name in names if any(word in name for word in never)] == []


def test_every_column_stands_on_the_list_once() -> None:
    columns = [column for item in ITEMS for column in item.columns]
    assert len(columns) == len(set(columns))


def test_every_promise_with_a_rule_has_its_rule(app: Flask) -> None:
    import_module("portal.duties")
    assert {item.kept.rule for item in ITEMS if item.kept.rule} - set(retention.RULES) == set()


def test_only_a_story_rests_on_consent() -> None:
    on_consent = {item.columns[0] for item in ITEMS if item.basis is Basis.CONSENT}
    assert on_consent == {"story.heading"}


def test_notice_tells_the_real_end_date() -> None:
    found = personal_data.notice("rondleiding", ends_on=date(2026, 12, 31))
    assert found.subject is Subject.PARTICIPANT
    assert {row.until for row in found.rows} == {"Op donderdag 31 december 2026 halen we dit weg."}
    assert "30 dagen na de rondleiding" in personal_data.notice("rondleiding").rows[0].until


def test_end_date_speaks_the_readers_language() -> None:
    with use_language("ar"):
        assert "2026" in personal_data.notice("rondleiding", ends_on=date(2026, 12, 31)).rows[0].until


def test_form_that_asks_nothing_has_no_notice() -> None:
    with pytest.raises(NotFoundError):
        personal_data.notice("bestaat-niet")


@pytest.mark.parametrize(
    "form",
    ["rondleiding", "verhaal", "plaatsing", "melding", "werkgever", "collega", "bel-mij", "kennismaking", "account"],
)
def test_every_form_has_its_notice(form: str) -> None:
    assert personal_data.notice(form).rows
