"""A list of vacancies becomes a plan: the scenario's file to the letter, and what other lists hold."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from portal.employers.import_rules import plan_employers
from portal.employers.vacancy_cells import (
    TrialPromise,
    Wage,
    read_hours,
    read_kind,
    read_needed_level,
    read_places,
    read_trial,
    read_wage,
)
from portal.employers.vacancy_import_rules import (
    SENTENCES,
    KnownEmployerName,
    KnownVacancy,
    TrialRow,
    VacancyRow,
    plan_vacancies,
)
from portal.kernel.import_report import ImportPlan
from portal.kernel.tabular import Table, read_table

SCENARIO = Path(__file__).parents[1] / "data" / "scenario"
EXPECTED = yaml.safe_load((SCENARIO / "verwacht.yaml").read_text(encoding="utf-8"))["vacatures_csv"]
BY_ROW = {row["rij"]: row for row in EXPECTED["per_rij"]}
TODAY = date(2026, 11, 24)
HEADER = "Titel;Bedrijfsnaam;Soort;Taken;Uren per week;Uurloon;Taalniveau;Plaats;Opmerking"
BAKERY = KnownEmployerName(3, "Bakkerij Deegenaar B.V.", "Loenen")
Plan = ImportPlan[VacancyRow]


def table_of(filename: str) -> Table:
    return read_table((SCENARIO / filename).read_bytes(), filename)


def employers() -> list[KnownEmployerName]:
    return [
        KnownEmployerName(number, row.name, row.city) for number, row in plan_employers(table_of("werkgevers.csv")).new
    ]


def scenario_plan(existing: list[KnownVacancy] | None = None) -> Plan:
    return plan_vacancies(table_of("vacatures.csv"), employers(), existing or [], on=TODAY)


def plan(
    *lines: str, existing: tuple[KnownVacancy, ...] = (), known: tuple[KnownEmployerName, ...] = (BAKERY,)
) -> Plan:
    return plan_vacancies(read_table("\n".join((HEADER, *lines)).encode()), known, existing, on=TODAY)


def codes(plan: Plan, kind: str) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in getattr(plan, kind)]


def job(remark: str = "", **cells: str) -> str:
    row = {"title": "Bakker", "employer": "Bakkerij Deegenaar", "kind": "vacature", "tasks": "Bakken", "hours": "32"}
    row |= {"wage": "16", "level": "A2", "city": "Loenen"} | cells
    return ";".join((*row.values(), remark))


def test_the_scenario_gives_the_counts_that_it_promises() -> None:
    report = scenario_plan().as_json()
    assert (report["rows"], report["accepted"]) == (30, EXPECTED["nieuw"] + EXPECTED["let_op"]) == (30, 28)
    rows = {kind: [entry["row"] for entry in report[kind]] for kind in list(report)[2:]}
    assert rows == {"changed": [], "flagged": [19, 21, 29], "duplicates": [30], "refused": [31], "left_out": []}


def test_every_row_of_the_scenario_is_what_it_should_be() -> None:
    words = {
        "sex": "geslacht",
        "age": "leeftijd",
        "wage_below_minimum": "loon_onder_minimum",
        "trial_too_long": "proefplaatsing_te_lang",
        "no_job_intention": "geen_baanintentie",
        "employer_unknown": "werkgever_onbekend",
    }
    plan = scenario_plan()
    got = {
        number: ("let_op" if row.findings else "nieuw", [words[code] for code in row.findings])
        for number, row in plan.new
    }
    got |= {f.row: ("dubbel", [f"dubbel_van_rij:{f.facts['other']}"]) for f in plan.duplicates}
    got |= {f.row: ("geweigerd", [words[f.code]]) for f in plan.refused}
    assert got == {number: (row["uitkomst"], row.get("vlaggen", [])) for number, row in BY_ROW.items()}
    assert {number: row.title for number, row in plan.new} == {n: BY_ROW[n]["titel"] for n, _ in plan.new}
    flagged = {(number, code) for number, row in plan.new for code in row.findings}
    assert set(codes(plan, "flagged")) == flagged


def test_the_cells_of_the_scenario_are_read() -> None:
    rows = dict(scenario_plan().new)
    assert {
        number: (row.hours_min, row.hours_max) for number, row in rows.items() if row.hours_min != row.hours_max
    } == {
        2: (32, 40),
        12: (10, 16),
        17: (24, 38),
        21: (15, 25),
        27: (30, 38),
    }
    wages = {number: (row.wage_min_cents, row.wage_max_cents) for number, row in rows.items()}
    assert [number for number, wage in wages.items() if wage == (None, None)] == [3, 7, 9, 13, 24, 28, 29]
    assert (wages[4], wages[8], wages[17], wages[18], wages[20], wages[25]) == (
        (1641, 1641),
        (1580, 1725),
        (1555, 1680),
        (1540, 1540),
        (1620, 1975),
        (1575, 1575),
    )
    assert rows[4].wage_text == "16,41 + 50% nachttoeslag"
    assert {number: row.level for number, row in rows.items() if row.level != "A2"} == {
        6: "B1",
        10: "B1",
        19: "B1",
        26: "A1",
        27: "A1",
    }
    assert {number: row.level_text for number, row in rows.items() if row.level_text} == {
        22: "Engels B2, Nederlands A2",
        26: "A1/A2",
    }
    assert (rows[10].start_text, rows[17].places, rows[29].places) == ("na de kerst", 10, 15)


def test_the_kinds_and_trials_of_the_scenario_are_read() -> None:
    rows = dict(scenario_plan().new)
    kinds = {number: row.kind for number, row in rows.items() if row.kind != "job"}
    assert kinds == {
        3: "trial",
        6: "bbl",
        7: "trial",
        9: "work_experience",
        13: "trial",
        15: "bbl",
        23: "bbl",
        24: "work_experience",
        28: "work_experience",
        29: "trial",
    }
    assert {number: row.trial for number, row in rows.items() if row.trial} == {
        3: TrialRow(2, intends_contract=True, contract_months=7),
        7: TrialRow(1, intends_contract=False, contract_months=None),
        13: TrialRow(9, intends_contract=True, contract_months=12),
        29: TrialRow(26, intends_contract=False, contract_months=None),
    }


def test_the_sector_of_a_vacancy_is_that_of_its_employer_in_the_scenario() -> None:
    by_employer = {number: row.sector for number, row in plan_employers(table_of("werkgevers.csv")).new}
    rows = scenario_plan().new
    assert [number for number, row in rows if row.sector != by_employer[row.employer_id]] == []


def test_a_second_import_gives_nothing_new() -> None:
    known = [KnownVacancy(row.employer_id, row.title, row.kind, row.city) for _, row in scenario_plan().new]
    again = scenario_plan(known)
    assert (again.accepted, len(again.duplicates), len(again.refused), again.flagged) == (0, 29, 1, ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (job(title=""), "title_missing"),
        (job(employer="Bakkerij Degenaar"), "employer_unknown"),
        (job(employer=""), "employer_unknown"),
        (job(kind="iets leuks"), "kind_unknown"),
        (job(hours="in overleg"), "hours_missing"),
        (job(hours="320"), "hours_missing"),
        (job(title="B" * 121), "text_too_long"),
        (job("bel 999910103"), "bsn"),
    ],
)
def test_what_makes_a_row_useless(line: str, code: str) -> None:
    refused = plan(line)
    assert codes(refused, "refused") == [(2, code)]
    assert refused.new == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (job(wage="14,98"), "wage_below_minimum"),
        (job(wage="14,50 - 16"), "wage_below_minimum"),
        (job(wage="marktconform"), "wage_missing"),
        (job(wage="", kind="bbl"), "wage_missing"),
        (job(level="goed"), "level_missing"),
        (job("wij zijn een jong team"), "age"),
        (job("geen hoofddoek"), "religion"),
        (job("1 week en dan een contract", kind="proefplaatsing", title="Proef", wage=""), ""),
        (job("2 maanden, daarna een contract", kind="proefplaatsing", wage=""), ""),
        (job("3 maanden, daarna een contract", kind="proefplaatsing", wage=""), "trial_too_long"),
        (job("6 weken, daarna zien we wel", kind="proefplaatsing", wage=""), "no_job_intention"),
        (job("daarna een contract", kind="proefplaatsing", wage=""), "trial_weeks_missing"),
        (job("2 maanden, geen uitzicht op een baan", kind="proefplaatsing", wage=""), "no_job_intention"),
        (job(wage="14,99"), ""),
        (job(wage="2.490 per maand"), ""),
        (job(wage="n.v.t.", kind="werkervaringsplaats"), ""),
        (job("18 jaar of ouder in verband met de machines"), ""),
        (job("Jong bedrijf (8 jaar), mensen van 24 tot 61; ook studenten", title="Junior tester"), ""),
    ],
)
def test_what_a_person_should_look_at(line: str, code: str) -> None:
    assert codes(plan(line), "flagged") == ([(2, code)] if code else [])
    assert plan(line).accepted == 1


def test_before_the_tables_begin_there_is_nothing_to_compare_with() -> None:
    table = read_table("\n".join((HEADER, job(wage="9"), job("6 maanden", kind="proef"))).encode())
    assert plan_vacancies(table, [BAKERY], on=date(2023, 1, 1)).flagged == ()


def test_a_v_number_in_a_remark_is_left_out() -> None:
    got = plan(job("voor 2990004417"))
    assert codes(got, "left_out") == [(2, "v_number")]
    assert got.new[0][1].good_to_know == ""


def test_two_employers_with_one_name_are_told_apart_by_their_place() -> None:
    known = (
        BAKERY,
        KnownEmployerName(4, "bakkerij deegenaar", "Epe"),
        KnownEmployerName(5, "Bakkerij Deegenaar", "Epe"),
    )
    assert plan(job(), known=known[:2]).new[0][1].employer_id == 3
    assert plan(job(city="Epe e.o."), known=known[:2]).new[0][1].employer_id == 4
    assert codes(plan(job(city="Epe"), known=known), "refused") == [(2, "employer_ambiguous")]
    assert codes(plan(job(city="Vaassen"), known=known), "refused") == [(2, "employer_ambiguous")]


def test_a_place_tells_vacancies_apart_only_when_both_name_one() -> None:
    got = plan(job(), job(city="Epe"), job(city="Loenen en omgeving", title="BAKKER"), job(kind="bbl"))
    assert [number for number, _ in got.new] == [2, 3, 5]
    assert [(f.row, f.facts) for f in got.duplicates] == [(4, {"other": 2})]
    known = (KnownVacancy(3, "bakker", "job"),)
    assert codes(plan(job(city="Epe"), existing=known), "duplicates") == [(2, "duplicate_known")]


def test_the_employers_place_fills_an_empty_one() -> None:
    assert plan(job(city="")).new[0][1].city == "Loenen"


def test_every_sentence_can_be_shown() -> None:
    assert all(str(sentence) for sentence in SENTENCES.values())
    assert "2 maanden" in plan(job("3 maanden, contract", kind="proef", wage="")).flagged[0].text


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("32-40", (32, 40)),
        ("32 - 40 uur", (32, 40)),
        ("24", (24, 24)),
        ("36,5", (36, 37)),
        ("max 32", (32, 32)),
        ("40 tot 32", (32, 40)),
        ("", None),
        ("fulltime", None),
        ("0", None),
    ],
)
def test_hours(text: str, hours: tuple[int, int] | None) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("15,62", 1562, 1562),
        ("15.62", 1562, 1562),
        ("15", 1500, 1500),
        ("€ 15,-", 1500, 1500),
        ("15,80 - 17,25", 1580, 1725),
        ("17,25 tot 15,80", 1580, 1725),
        ("15,40 (21 jaar en ouder)", 1540, 1540),
        ("16,41 + 50% nachttoeslag", 1641, 1641),
        ("2.490 per maand", None, None),
        ("2490 tot 2905", None, None),
        ("geen loon, eerst 6 maanden proef", None, None),
        ("behoud uitkering", None, None),
        ("", None, None),
    ],
)
def test_wages(text: str, low: int | None, high: int | None) -> None:
    assert read_wage(text) == Wage(low, high)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vacature", "job"),
        ("betaalde baan", "job"),
        ("proefplaats", "trial"),
        ("Kijkweek", "trial"),
        ("WEP", "work_experience"),
        ("leerwerkplek", "work_experience"),
        ("BBL-plek", "bbl"),
        ("leerbaan", "bbl"),
        ("taalstage", "language_placement"),
        ("", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert read_kind(text) == kind


def test_levels_and_places() -> None:
    assert read_needed_level("Nederlands B1 en Engels B2") == "B1"
    assert read_needed_level("Engels B2") is None
    assert [read_places(text) for text in ("4", "4 plekken", "", "meerdere", "0", "9999", "12345678")] == [
        4,
        4,
        1,
        1,
        1,
        500,
        1,
    ]


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Twee weken, bij klik contract van 7 maanden", TrialPromise(2, intends_contract=True, contract_months=7)),
        ("10 dagen, daarna 6 maanden contract", TrialPromise(2, intends_contract=True, contract_months=6)),
        ("half jaar proef", TrialPromise(26, intends_contract=False, contract_months=None)),
        ("2 weken, soms verlengd tot 2 maanden", TrialPromise(9, intends_contract=False, contract_months=None)),
        ("eerst proef, dan in dienst", TrialPromise(None, intends_contract=True, contract_months=None)),
        ("1 jaar, contract van een jaar", TrialPromise(52, intends_contract=True, contract_months=12)),
        ("taalcoach komt 1x per week", TrialPromise(None, intends_contract=False, contract_months=None)),
    ],
)
def test_trials(text: str, promise: TrialPromise) -> None:
    assert read_trial(text) == promise
