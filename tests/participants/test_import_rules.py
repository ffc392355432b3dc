"""A list of participants becomes a plan: the scenario's two files to the letter, and who is who in other lists."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from portal.kernel.errors import InvalidError
from portal.kernel.import_report import Finding
from portal.kernel.levels import LanguageLevel
from portal.kernel.tabular import Table, read_table
from portal.participants.import_rules import (
    SENTENCES,
    ContactUpdate,
    KnownParticipant,
    ParticipantPlan,
    ParticipantRow,
    plan_participants,
)
from portal.participants.vocabulary import TourSubject

SCENARIO = Path(__file__).parents[1] / "data" / "scenario"
EXPECTED = yaml.safe_load((SCENARIO / "verwacht.yaml").read_text(encoding="utf-8"))
PEOPLE = EXPECTED["deelnemers"]
BOTH = pytest.mark.parametrize("filename", ["deelnemers.csv", "deelnemers.xlsx"])
COLUMNS = ("Voornaam", "Achternaam", "Telefoon", "E-mail", "Trajectbegeleider", "Kenmerk", "Opmerking")
COACHES = ((1, "Marloes Tiemessen"), (2, "Wouter Dijkgraaf"), (3, "Fenna Oosterlaar"))


def table_of(filename: str) -> Table:
    return read_table((SCENARIO / filename).read_bytes(), filename)


def by_row(filename: str) -> dict[int, dict[str, object]]:
    key = "rij_csv" if filename.endswith("csv") else "rij_xlsx"
    return {row[key]: row for row in PEOPLE["per_rij"]}


def as_known(plan: ParticipantPlan) -> list[KnownParticipant]:
    """What the portal holds once a plan is carried out."""
    known = {number: _known(number, row) for number, row in plan.new}
    for update in plan.updates:
        if update.first_row:
            known[update.first_row] = replace(known[update.first_row], phone=update.phone)
    return list(known.values())


def _known(number: int, row: ParticipantRow) -> KnownParticipant:
    coach = (row.coach_id, row.coach_name)
    return KnownParticipant(number, row.first_name, row.last_name, row.phone, row.email, row.reference, *coach)


def plan(*rows: Iterable[str], existing: Iterable[KnownParticipant] = ()) -> ParticipantPlan:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([COLUMNS, *rows])
    return plan_participants(read_table(file.getvalue().encode()), list(existing), COACHES)


def row(first: str, last: str = "", phone: str = "", email: str = "", coach: str = "", **more: str) -> tuple[str, ...]:
    return first, last, phone, email, coach, more.get("reference", ""), more.get("remark", "")


def codes(findings: Iterable[Finding]) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in findings]


def numbers(plan: ParticipantPlan) -> list[int]:
    return [number for number, _ in plan.new]


@BOTH
def test_the_scenario_gives_the_counts_that_it_promises(filename: str) -> None:
    report = plan_participants(table_of(filename)).as_json()
    assert (report["rows"], report["accepted"]) == (PEOPLE["datarijen"], PEOPLE["nieuw"]) == (130, 122)
    rows = {kind: [entry["row"] for entry in report[kind]] for kind in list(report)[2:]}
    assert rows == {
        "changed": [126],
        "flagged": [],
        "duplicates": [75, 92, 105, 126, 128],
        "refused": [56, 110, 124],
        "left_out": [8, 25, 29, 37, 44, 49, 53, 56, 66, 96, 108, 114, 116, 118, 123, 124],
    }


@BOTH
def test_every_row_of_the_scenario_is_what_it_should_be(filename: str) -> None:
    wanted = by_row(filename)
    plan = plan_participants(table_of(filename))
    names = {number: f"{person.first_name} {person.last_name}".strip() for number, person in plan.new}
    outcome: dict[int, tuple[object, ...]] = {number: ("nieuw", name) for number, name in names.items()}
    outcome |= {f.row: ("dubbel", names[f.facts["other"]]) for f in plan.duplicates}
    reasons = {"bsn": "bsn", "name_missing": "geen naam"}
    outcome |= {f.row: ("geweigerd", reasons[f.code]) for f in plan.refused}
    second = {"nieuw": "naam", "dubbel": "dubbel_van", "geweigerd": "reden"}
    assert outcome == {n: (person["uitkomst"], person[second[str(person["uitkomst"])]]) for n, person in wanted.items()}


@BOTH
def test_every_cell_of_the_scenario_is_read(filename: str) -> None:
    wanted = by_row(filename)
    for number, person in plan_participants(table_of(filename)).new:
        level = f"{person.level.level or ''}{'?' if person.level.to_confirm else ''}"
        enough = {True: "A2plus", False: "onderA2", None: "onbekend"}[person.level.at_least(LanguageLevel.A2)]
        wishes = [subject.value for subject in person.wishes.subjects]
        wish = "*" if person.wishes.everything else "?" if person.wishes.unclear else wishes
        got = {"telefoon": person.phone or "", "taalniveau": level, "klasse": enough, "rondleidingen": wish}
        assert (number, got) == (number, {key: wanted[number][key] for key in got})


@BOTH
def test_the_remarks_that_are_not_kept_and_why(filename: str) -> None:
    words = {"bsn_left_out": "bsn", "health": "gezondheid", "sensitive": "gevoelig"}
    words |= {"identification_number": "identificatienummer"}
    plan = plan_participants(table_of(filename))
    wanted = {
        n: person["opmerking_niet_opslaan"]
        for n, person in by_row(filename).items()
        if "opmerking_niet_opslaan" in person
    }
    assert {finding.row: words[finding.code] for finding in plan.left_out} == wanted
    assert Counter(wanted.values()) == {"gezondheid": 8, "gevoelig": 5, "bsn": 2, "identificatienummer": 1}
    assert [number for number, person in plan.new if person.remark and number in wanted] == []


def test_the_totals_of_the_scenario() -> None:
    rows = [person for _, person in plan_participants(table_of("deelnemers.csv")).new]
    enough = Counter(person.level.at_least(LanguageLevel.A2) for person in rows)
    assert (enough[True], enough[False], enough[None]) == (108, 7, 7)
    assert sum(person.email is not None for person in rows) == PEOPLE["met_email"]
    wished = Counter(subject.value for person in rows for subject in person.wishes.subjects)
    assert wished == PEOPLE["voorkeuren_per_rondleiding"]
    assert sum(person.wishes.everything for person in rows) == PEOPLE["alle_rondleidingen"]
    assert sum(person.wishes.unclear for person in rows) == PEOPLE["voorkeur_onduidelijk"]


@pytest.mark.parametrize("subject", TourSubject)
def test_who_may_come_along_on_the_tours_of_the_scenario(subject: TourSubject) -> None:
    tour = EXPECTED["evenementen"]["rondleidingen"][subject.value]
    rows = [person for _, person in plan_participants(table_of("deelnemers.csv")).new]
    wishing = [person for person in rows if person.wishes.everything or subject in person.wishes.subjects]
    enough = Counter(person.level.at_least(LanguageLevel(tour["min_taalniveau"])) for person in wishing)
    got = (len(wishing), enough[True], enough[None], enough[False])
    assert got == (tour["wil_mee"], tour["waarvan_niveau_ok"], tour["niveau_onbekend"], tour["niveau_te_laag"])


@pytest.mark.parametrize(("first", "second"), [("csv", "xlsx"), ("xlsx", "csv"), ("csv", "csv")])
def test_the_same_people_again_give_nothing_new(first: str, second: str) -> None:
    known = as_known(plan_participants(table_of(f"deelnemers.{first}")))
    again = plan_participants(table_of(f"deelnemers.{second}"), known)
    assert (again.accepted, len(again.duplicates), len(again.refused)) == (0, 127, 3)
    assert (again.changed, again.flagged, again.updates) == ((), (), ())
    assert {finding.code for finding in again.duplicates} == {"duplicate_known"}


def test_short_names_of_coaches_are_the_same_coach() -> None:
    plan = plan_participants(table_of("deelnemers.csv"), (), COACHES)
    found = {(person.coach_id, person.coach_name) for _, person in plan.new}
    assert found == {*COACHES, (None, "Samira Belhadj"), (None, "Gerdien Pol")}
    assert Counter(person.coach_id for _, person in plan.new)[3] == 15


def test_languages_of_pages_are_those_that_the_portal_speaks() -> None:
    plan = plan_participants(table_of("deelnemers.csv"))
    spoken = {person.spoken_language: person.language for _, person in plan.new}
    assert spoken == {
        "Arabisch": "ar",
        "Tigrinya": "ti",
        "Engels": "en",
        "Farsi": "nl",
        "Oekraïens": "nl",
        "Somalisch": "nl",
        "Turks": "nl",
    }


def test_no_reason_repeats_what_stood_in_the_list() -> None:
    report = plan_participants(table_of("deelnemers.csv")).as_json()
    reasons = " ".join(entry["reason"] for kind in list(report)[2:] for entry in report[kind])
    own_words = {"geen", "zorg", "schoonmaak", "Engels"}
    cells = {
        cell for _, cells in table_of("deelnemers.csv").rows for cell in cells.values() if len(cell) > 3
    } - own_words
    assert [cell for cell in cells if cell in reasons] == []
    assert "9999" not in str(report)
    assert "123456788" not in str(report)


def test_every_sentence_can_be_shown() -> None:
    assert all(str(sentence) for sentence in SENTENCES.values())


OLENA = KnownParticipant(9, "Olena", "Tkachenko", "+31689006084", "olena@briefbus.example", coach_id=3)
ROBEL = KnownParticipant(4, "Robel", "Ghebreab", "+31689002235", coach_id=2)


def test_a_new_number_with_the_same_mail_is_the_same_person() -> None:
    got = plan(row("OLENA", "tkachenko", "06-89009130", "Olena@briefbus.example"), existing=[OLENA])
    assert codes(got.duplicates) == [(2, "duplicate_known")]
    assert codes(got.changed) == [(2, "phone_new")]
    assert got.updates == (ContactUpdate(2, 9, None, phone="+31689009130"),)


def test_a_new_mail_address_with_the_same_number_is_the_same_person() -> None:
    got = plan(row("Robel", "Gebreab", "0689002235", "robel@mailhuis.example"), existing=[ROBEL])
    assert codes(got.changed) == [(2, "email_new")]
    assert got.updates == (ContactUpdate(2, 4, None, email="robel@mailhuis.example"),)


def test_the_teams_own_reference_decides_first() -> None:
    known = replace(ROBEL, reference="K-17")
    got = plan(row("Robel", "", "06-89007777", coach="Marloes", reference="K-17"), existing=[known])
    assert codes(got.changed) == [(2, "phone_new")]
    assert got.new == ()
    other = plan(row("Robel", "Ghebreab", "06-89002235", reference="K-18"), existing=[known])
    assert (numbers(other), codes(other.flagged)) == ([2], [(2, "reference_differs")])
    taken = plan(row("Nour", "Alhamdan", "06-89007777", reference="K-17"), existing=[known])
    assert codes(taken.refused) == [(2, "reference_other_name")]


def test_a_reference_is_taken_over_by_somebody_who_has_none() -> None:
    got = plan(row("Robel", "Ghebreab", "06-89002235", reference="K-17"), existing=[ROBEL])
    assert codes(got.changed) == [(2, "reference_new")]
    assert got.updates == (ContactUpdate(2, 4, None, reference="K-17"),)


@pytest.mark.parametrize("reference", ["999910103", "9999.10.103", "2990004417"])
def test_a_reference_that_looks_like_a_bsn_is_refused(reference: str) -> None:
    got = plan(row("Robel", "Ghebreab", "06-89002235", reference=reference))
    assert codes(got.refused) == [(2, "reference_personal")]
    assert got.new == ()
    assert reference not in str(got.as_json())


def test_a_new_prepaid_number_never_makes_a_second_person() -> None:
    got = plan(row("Ghebreab", "Robel", "06-89007777", coach="Wouter D."), existing=[ROBEL])
    assert codes(got.duplicates) == [(2, "duplicate_known")]
    assert got.updates == (ContactUpdate(2, 4, None, phone="+31689007777"),)


def test_a_namesake_with_another_coach_is_another_person() -> None:
    got = plan(row("Robel", "Ghebreab", "06-89007777", coach="Marloes"), existing=[ROBEL])
    assert (numbers(got), got.flagged, got.updates) == ([2], (), ())


def test_a_namesake_without_a_coach_is_looked_at() -> None:
    got = plan(row("Robel", "Ghebreab", "06-89007777"), existing=[ROBEL])
    assert (numbers(got), codes(got.flagged), got.updates) == ([2], [(2, "same_name")], ())


def test_a_namesake_in_the_same_list_is_another_person() -> None:
    same, other = (
        row("Robel", "Ghebreab", "06-89002235", coach="Wouter"),
        row("Robel", "Ghebreab", "0689007777", coach="Wouter"),
    )
    for rows in ((same, other), (other, same)):
        got = plan(*rows, existing=[ROBEL])
        assert (got.accepted, codes(got.flagged)) == (1, [(numbers(got)[0], "same_name")])
        assert got.updates == ()


def test_in_one_list_a_remark_may_say_that_the_number_is_new() -> None:
    first = row("Robel", "Ghebreab", "06-89002235", coach="Wouter")
    got = plan(first, row("Robel", "Ghebreab", "06-89007777", coach="Wouter Dijkgraaf", remark="heeft nieuw nummer"))
    assert got.updates == (ContactUpdate(3, None, 2, phone="+31689007777"),)
    silent = plan(first, row("Robel", "Ghebreab", "06-89007777", coach="Wouter"))
    assert (numbers(silent), codes(silent.flagged)) == ([2, 3], [(3, "same_name")])


def test_people_without_phone_and_mail_are_recognised_too() -> None:
    rows = (row("Selam", "Haile", coach="Wouter"), row("Dawit", "Semere"), row("Luwam", "F."))
    first = plan(*rows)
    assert numbers(first) == [2, 3, 4]
    assert plan(*rows, existing=as_known(first)).accepted == 0


def test_a_name_alone_is_not_enough_for_somebody_who_has_a_phone() -> None:
    got = plan(row("Robel", "Ghebreab"), existing=[ROBEL])
    assert (numbers(got), codes(got.flagged)) == ([2], [(2, "same_name")])


def test_a_couple_shares_a_phone_and_a_mail_address() -> None:
    got = plan(
        row("Ghada", "Shahin", "06-89005530", "shahin@postvak.example"),
        row("Nabil", "Shahin", "0689005530", "shahin@postvak.example"),
        row("ነቢል", "ሻሂን", "+31 6 8900 5530"),
    )
    assert numbers(got) == [2, 3]
    assert [(f.row, f.facts["other"]) for f in got.duplicates] == [(4, 3)]


def test_the_last_row_about_somebody_decides() -> None:
    rows = (row("Olena", "Tkachenko", phone, OLENA.email or "") for phone in ("0689001111", "0689002222", ""))
    assert plan(*rows, existing=[OLENA]).updates == (ContactUpdate(3, 9, None, phone="+31689002222"),)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("Darwish, Khaled", ""), ("Khaled", "Darwish")),
        (("Khaled Darwish", ""), ("Khaled", "Darwish")),
        (("", "Darwish"), ("Darwish", "")),
        (("  Sa'id ", "Hashi  Nur"), ("Sa'id", "Hashi Nur")),
        (("Jihad", "?"), ("Jihad", "")),
    ],
)
def test_names_are_kept_as_they_are_but_for_their_place(cells: tuple[str, str], name: tuple[str, str]) -> None:
    person = plan(row(*cells, phone="0689001111")).new[0][1]
    assert (person.first_name, person.last_name) == name


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (row("?", "-", "0689001111"), "name_missing"),
        (row("onbekend", "", "0689001111"), "name_missing"),
        (row("Ali 999910103", "Hosseini"), "bsn"),
        (row("Ali", "Hosseini", "999910103"), "bsn"),
        (row("Ali", "Hosseini", "0689001111 bsn 123456789"), "bsn"),
        (row("Ali", "v-nr 2990004417"), "v_number_row"),
        (row("A" * 61, "Hosseini"), "text_too_long"),
    ],
)
def test_what_makes_a_row_useless(cells: tuple[str, ...], code: str) -> None:
    got = plan(cells)
    assert (codes(got.refused), got.new) == ([(2, code)], ())


def test_a_bsn_in_a_column_that_is_not_ours_is_refused() -> None:
    got = plan_participants(read_table(b"Naam;Telefoon;Burgernummer\nAli Hosseini;0689001111;999910103\n"))
    assert codes(got.refused) == [(2, "bsn")]
    assert "9999" not in str(got)


def test_what_cannot_be_read_is_left_empty_and_flagged() -> None:
    got = plan(row("Ali", "Hosseini", "0612", "ali@mailhuis,example"))
    assert (got.new[0][1].phone, got.new[0][1].email) == (None, None)
    assert codes(got.flagged) == [(2, "phone_unreadable"), (2, "email_invalid")]


def test_missing_columns_are_named() -> None:
    with pytest.raises(InvalidError) as caught:
        plan_participants(read_table(b"Achternaam;Mail\nA;B\n"))
    assert caught.value.facts == {"columns": "Voornaam, Telefoon"}
