"""Phone numbers and postcodes as people write them."""

import pytest

from portal.kernel import phones, postal


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("06-89001043", "+31689001043"),
        ("06 89 00 22 10", "+31689002210"),
        ("06.89.00.27.31", "+31689002731"),
        ("06 - 8900 1926", "+31689001926"),
        ("689004471", "+31689004471"),
        ("550004120", "+31550004120"),
        ("+31 6 8900 5129", "+31689005129"),
        ("+31(0)689005530", "+31689005530"),
        ("+31 (0) 6 8900 1043", "+31689001043"),
        ("+310689001043", "+31689001043"),
        ("00316 89008155", "+31689008155"),
        ("31689001043", "+31689001043"),
        ("06 89007345 (app)", "+31689007345"),
        ("055-0005503 (ma t/m do)", "+31550005503"),
        ("055 – 000 88 12", "+31550008812"),
        ("(055) 000 51 20", "+31550005120"),
        ("055-000.43.16", "+31550004316"),
        ("055/0004120", "+31550004120"),
        ("0578-002077 ", "+31578002077"),
        ("tel. 06 89001043", "+31689001043"),
        ("06-89001043 / 055-0004120", "+31689001043"),
        ("06-89001043, 055-0004120", "+31689001043"),
        ("06-89001043 of 06-89001044", "+31689001043"),
        ("٠٦٨٩٠٠١٠٤٣", "+31689001043"),
        ("\u202a+31 6 89001043\u202c", "+31689001043"),
        ("+963 944 567 890", "+963944567890"),
        ("06 8900", None),
        ("999910103", None),
        ("n.v.t.", None),
        ("", None),
        ("?", None),
        ("+", None),
    ],
)
def test_a_number_is_kept_in_one_form(written: str, kept: str | None) -> None:
    assert phones.parse(written) == kept


def test_a_kept_number_reads_as_itself() -> None:
    assert phones.parse("+31689001043") == phones.parse(phones.display("+31689001043")) == "+31689001043"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+31689001043", "06 89001043"),
        ("+31550004120", "055 000 4120"),
        ("+4915123456789", "+49 1512 3456789"),
        ("geen nummer", "geen nummer"),
    ],
)
def test_a_number_is_shown_the_dutch_way(kept: str, shown: str) -> None:
    assert phones.display(kept) == shown


def test_the_rest_of_a_cell_is_told_apart() -> None:
    assert phones.split("tel 06 89001043 (app)") == ("06 89001043", "tel  (app)")
    assert phones.split("geen") == ("", "geen")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("7331kb", "7331 KB"),
        ("7324AL", "7324 AL"),
        (" 7325 WP ", "7325 WP"),
        ("7325  wp", "7325 WP"),
        ("0123 AB", None),
        ("7331 SS", None),
        ("7331", None),
        ("٧٣٣١ KB", None),
        ("", None),
    ],
)
def test_a_postcode_is_kept_in_one_form(written: str, kept: str | None) -> None:
    assert postal.normalise(written) == kept
