"""A list of employers becomes a plan: the scenario's file to the letter, and what other lists hold."""

from pathlib import Path

import pytest
import yaml

from portal.employers.import_rules import EmployerRow, KnownEmployer, plan_employers
from portal.employers.sector_words import find_sector, sector_keys
from portal.kernel.errors import InvalidError
from portal.kernel.import_report import ImportPlan
from portal.kernel.tabular import read_table

SCENARIO = Path(__file__).parents[1] / "data" / "scenario"
EXPECTED = yaml.safe_load((SCENARIO / "verwacht.yaml").read_text(encoding="utf-8"))["werkgevers"]
BY_ROW = {row["rij"]: row for row in EXPECTED["per_rij"]}
HEADER = "Bedrijfsnaam;KVK-nummer;Vestigingsnummer;Branche;Postcode;Plaats;Website;E-mail;Telefoon;Opmerking"
Plan = ImportPlan[EmployerRow]


def scenario_plan(existing: tuple[KnownEmployer, ...] = ()) -> Plan:
    return plan_employers(read_table((SCENARIO / "werkgevers.csv").read_bytes(), "werkgevers.csv"), existing)


def plan(*lines: str, existing: tuple[KnownEmployer, ...] = (), sectors: dict[str, str] | None = None) -> Plan:
    return plan_employers(read_table("\n".join((HEADER, *lines)).encode()), existing, sectors)


def codes(plan: Plan, kind: str) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in getattr(plan, kind)]


def only(plan: Plan) -> EmployerRow:
    assert [number for number, _ in plan.new] == [2]
    return plan.new[0][1]


def test_the_scenario_gives_the_counts_that_it_promises() -> None:
    report = scenario_plan().as_json()
    assert list(report) == ["rows", "accepted", "changed", "flagged", "duplicates", "refused", "left_out"]
    assert (report["rows"], report["accepted"]) == (EXPECTED["datarijen"], EXPECTED["nieuw"]) == (26, 24)
    rows = {kind: [entry["row"] for entry in report[kind]] for kind in list(report)[2:]}
    assert rows == {"changed": [10], "flagged": [10, 14], "duplicates": [26], "refused": [27], "left_out": []}


def test_every_row_of_the_scenario_is_what_it_should_be() -> None:
    plan = scenario_plan()
    outcome = {number: "nieuw" for number, _ in plan.new}
    outcome |= {finding.row: "dubbel" for finding in plan.duplicates}
    outcome |= {finding.row: "geweigerd" for finding in plan.refused}
    assert outcome == {number: row["uitkomst"] for number, row in BY_ROW.items()}
    for number, row in plan.new:
        wanted = BY_ROW[number]
        got = (row.name, row.kvk, row.establishment, row.sector, row.postcode, row.phone, row.email)
        keys = ("naam", "kvk", "vestiging", "branche", "postcode", "telefoon", "email")
        assert got == tuple(wanted[key] for key in keys)


def test_what_the_scenario_wants_attention_for() -> None:
    words = {
        "kvk_filled": "kvk_voorloopnul",
        "establishment_filled": "vestiging_voorloopnullen",
        "email_missing": "email_ontbreekt",
        "email_invalid": "email_ongeldig",
    }
    plan = scenario_plan()
    got: dict[int, list[str]] = {}
    for finding in (*plan.flagged, *plan.refused):
        got.setdefault(finding.row, []).append(words[finding.code])
    for finding in plan.duplicates:
        got.setdefault(finding.row, []).append(f"dubbel_van_rij:{finding.facts['other']}")
    wanted = {number: [w for w in row.get("let_op", []) if w != "postcode"] for number, row in BY_ROW.items()}
    assert got == {number: notes for number, notes in wanted.items() if notes}


def test_signs_of_windows_survive() -> None:
    rows = dict(scenario_plan().new)
    assert rows[7].name == "Vakantiepark ’t Hertengewei"
    assert rows[15].contact == "Zoë de Graaff"
    assert "’s ochtends" in rows[2].remark
    assert rows[21].remark.endswith("± 24 uur")
    assert rows[6].website == "http://www.thermensprengenrust.example/"
    assert rows[4].website == "https://ketelwaard-installatie.example"


def test_only_the_filled_numbers_wait_for_a_confirmation() -> None:
    assert [number for number, row in scenario_plan().new if row.numbers_to_confirm] == [10]


def test_a_second_import_gives_nothing_new() -> None:
    known = tuple(KnownEmployer(number, row.name, row.kvk, (row.establishment,)) for number, row in scenario_plan().new)
    again = scenario_plan(known)
    assert (again.rows, again.accepted, len(again.duplicates), len(again.refused)) == (26, 0, 25, 1)
    assert (again.changed, again.flagged) == ((), ())


def test_no_reason_repeats_what_stood_in_the_list() -> None:
    cells = [
        cell
        for _, row in read_table((SCENARIO / "werkgevers.csv").read_bytes()).rows
        for cell in row.values()
        if len(cell) > 4
    ]
    report = scenario_plan().as_json()
    reasons = " ".join(entry["reason"] for kind in list(report)[2:] for entry in report[kind])
    assert [cell for cell in cells if cell in reasons] == []


def test_the_sectors_are_those_of_the_scenario() -> None:
    assert set(sector_keys()) == {row["branche"] for row in BY_ROW.values() if "branche" in row}
    assert len(sector_keys()) == 22


@pytest.mark.parametrize(
    ("written", "key"),
    [("Vlees", "vleesverwerking"), ("Hotel & restaurant", "horeca"), ("ICT / software", "ict"), ("Onderwijs", None)],
)
def test_sectors_are_read_as_people_write_them(written: str, key: str | None) -> None:
    assert find_sector(written) == key


def test_a_sector_that_the_team_added_is_known_too() -> None:
    line = "Basisschool De Vlieg;12345678;;Onderwijs;7311 AB;Apeldoorn;;a@vlieg.example;055-0001122;"
    assert codes(plan(line), "refused") == [(2, "sector_unknown")]
    assert only(plan(line, sectors={"school": "Onderwijs"})).sector == "school"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";12345678;;Bouw;;;;a@b.example;;", "name_missing"),
        ("Bouw BV;;;Bouw;;;;a@b.example;;", "kvk_missing"),
        ("Bouw BV;123456789;;Bouw;;;;a@b.example;;", "kvk_invalid"),
        ("Bouw BV;1234;;Bouw;;;;a@b.example;;", "kvk_invalid"),
        ("Bouw BV;KVK 12;;Bouw;;;;a@b.example;;", "kvk_invalid"),
        ("Bouw BV;00000000;;Bouw;;;;a@b.example;;", "kvk_invalid"),
        ("Bouw BV;12345678;;Bouw;;;;a@b;;", "email_invalid"),
        ("Bouw BV;12345678;;Bouw;;;;a@b.nl; c@d.nl;;", "email_invalid"),
        ("Bouw BV;12345678;;Bouw;;;;a@b.example;;eigenaar 999910103", "bsn"),
        ("Bouw BV;12345678;;Bouw;;;;a@b.example;999910103;", "bsn"),
        (f"{'Bouw' * 50};12345678;;Bouw;;;;a@b.example;;", "text_too_long"),
    ],
)
def test_what_makes_a_row_useless(line: str, code: str) -> None:
    refused = plan(line.replace("; c@d", " c@d"))
    assert codes(refused, "refused") == [(2, code)]
    assert refused.new == ()


def test_a_remark_with_a_bsn_is_named_without_its_digits() -> None:
    report = plan("Bouw BV;12345678;;Bouw;;;;a@b.example;;BSN 999910103").as_json()
    assert [entry["row"] for entry in report["left_out"]] == [2]
    assert "9999" not in str(report)


def test_a_v_number_in_a_remark_is_left_out_and_the_row_stays() -> None:
    got = plan("Bouw BV;12345678;;Bouw;;;;a@b.example;;zie v-nr 2990004417")
    assert only(got).remark == ""
    assert codes(got, "left_out") == [(2, "v_number")]


def test_numbers_lose_their_spacing_and_get_their_zeros_back() -> None:
    row = only(plan("Bouw BV;12.34 56-78;0000 9710 4532;Bouw;;;;a@b.example;;"))
    assert (row.kvk, row.establishment, row.numbers_to_confirm) == ("12345678", "000097104532", False)
    filled = plan("Bouw BV;123456;;Bouw;;;;a@b.example;;")
    assert only(filled).kvk == "00123456"
    assert codes(filled, "changed") == codes(filled, "flagged") == [(2, "kvk_filled")]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("Bouw BV;12345678;9,7E+10;Bouw;;;;a@b.example;;", "establishment_invalid", "establishment"),
        ("Bouw BV;12345678;;Bouw;73 AB;;;a@b.example;;", "postcode_invalid", "postcode"),
        ("Bouw BV;12345678;;Bouw;;;;a@b.example;0612;", "phone_unreadable", "phone"),
    ],
)
def test_what_cannot_be_read_is_left_empty_and_flagged(line: str, code: str, field: str) -> None:
    got = plan(line)
    assert getattr(only(got), field) == ""
    assert codes(got, "flagged") == [(2, code)]
    assert got.changed == ()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "geen", "www"])
def test_a_website_that_is_none_is_left_empty(address: str) -> None:
    assert only(plan(f"Bouw BV;12345678;;Bouw;;;{address};a@b.example;;")).website == ""


def test_a_place_in_capitals_becomes_readable() -> None:
    assert only(plan("Bouw BV;12345678;;Bouw;;APELDOORN;;a@b.example;;")).city == "Apeldoorn"


KNOWN = KnownEmployer(7, "Bouw BV", "12345678", ("000097104532",))


@pytest.mark.parametrize("establishment", ["", "000097104532", "97104532"])
def test_the_same_company_with_the_same_or_no_establishment_is_a_double(establishment: str) -> None:
    got = plan(f"Anders;12345678;{establishment};Bouw;;;;a@b.example;;", existing=(KNOWN,))
    assert codes(got, "duplicates") == [(2, "duplicate_known")]
    assert (got.new, got.changed, got.flagged) == ((), (), ())


def test_another_establishment_is_a_new_location() -> None:
    got = plan("Bouw BV;12345678;000097000001;Bouw;;;;a@b.example;;", existing=(KNOWN,))
    assert (only(got).known_id, only(got).first_row) == (7, None)
    assert codes(got, "flagged") == [(2, "new_location")]


def test_a_known_company_without_a_number_is_a_double_whatever_the_list_says() -> None:
    for establishments in ((), ("",), ("", "000097000002")):
        known = KnownEmployer(7, "Bouw BV", "12345678", establishments)
        got = plan("Bouw BV;12345678;000097000001;Bouw;;;;a@b.example;;", existing=(known,))
        assert codes(got, "duplicates") == [(2, "duplicate_known")]


def test_two_locations_in_one_list_are_one_company() -> None:
    got = plan(
        "Bouw BV;12345678;000097000001;Bouw;;;;a@b.example;;",
        "Bouw BV;12345678;000097000002;Bouw;;;;a@b.example;;",
        "Bouw BV;12345678;000097000002;Bouw;;;;a@b.example;;",
    )
    assert [(number, row.first_row) for number, row in got.new] == [(2, None), (3, 2)]
    assert codes(got, "duplicates") == [(4, "duplicate_row")]
    assert got.duplicates[0].facts == {"other": 2}


def test_an_establishment_belongs_to_one_company() -> None:
    got = plan("Anders BV;87654321;000097104532;Bouw;;;;a@b.example;;", existing=(KNOWN,))
    assert codes(got, "refused") == [(2, "establishment_taken")]


def test_the_same_name_with_another_number_is_looked_at() -> None:
    got = plan("bouw b.v.;87654321;000097000003;Bouw;;;;a@b.example;;", existing=(KNOWN,))
    assert codes(got, "flagged") == [(2, "same_name")]


def test_missing_columns_are_named() -> None:
    with pytest.raises(InvalidError) as caught:
        plan_employers(read_table(b"Naam;Plaats\nA;B\n"))
    assert caught.value.facts == {"columns": "KVK-nummer, Branche"}
