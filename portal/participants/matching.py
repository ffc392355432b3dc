"""Who is who: whether a row of a list is somebody that we have already, from the portal or from an earlier row.

The team's own reference decides first, then phone or mail with a name that fits, then the name with the same coach.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.kernel.names import compatible, fold, overlap, person_key
from portal.participants.coach_names import CoachName

NEW_NUMBER = re.compile(
    r"\b(?:nieuw|nieuwe|ander|andere|gewijzigd|veranderd)\W+(?:\w+\W+)?(?:\w*nummer|nr|sim\w*|tel\w*|mobiel\w*)\b"
)


@dataclass(slots=True, eq=False)
class Someone:
    """What a person is recognised by; a known one has an id, another the row where it came first."""

    first_name: str
    last_name: str
    phone: str
    email: str
    reference: str
    coach: CoachName
    known_id: int | None = None
    first_row: int | None = None
    says_new_number: bool = False
    phones: set[str] = field(init=False)
    emails: set[str] = field(init=False)
    key: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.phones = {self.phone} - {""}
        self.emails = {self.email} - {""}
        self.key = person_key(self.first_name, self.last_name)

    @property
    def name(self) -> tuple[str, str]:
        """First and last name."""
        return self.first_name, self.last_name


@dataclass(frozen=True, slots=True)
class Match:
    """The person that a row is, and why; or what makes somebody look, or refuse the row."""

    person: Someone | None = None
    flag: str | None = None
    refusal: str | None = None


def says_new_number(remark: str) -> bool:
    """Whether a remark tells that the number is a new one."""
    return bool(NEW_NUMBER.search(fold(remark)))


class People:
    """Everybody known so far, to be found by reference, phone, mail and name."""

    def __init__(self, known: Iterable[Someone]) -> None:
        self._found_by: dict[tuple[str, object], list[Someone]] = defaultdict(list)
        self._claimed: set[int] = set()
        for person in known:
            self.add(person)

    def add(self, person: Someone) -> None:
        """Somebody new."""
        self._index(person, person)

    def remember(self, person: Someone, row: Someone) -> None:
        """Let the rows below find a person by what this row says too."""
        person.phones |= row.phones
        person.emails |= row.emails
        person.reference = person.reference or row.reference
        self._index(person, row)

    def claim(self, rows: Iterable[Someone]) -> None:
        """Note who is in this list already by reference, phone or mail: a namesake in it is then somebody else."""
        for row in rows:
            match = self._by_reference(row) or self._by_contact(row)
            if match and match.person and match.person.known_id is not None:
                self._claimed.add(match.person.known_id)

    def find(self, row: Someone) -> Match:
        """Who a row is."""
        return self._by_reference(row) or self._by_contact(row) or self._by_name(row) or Match()

    def _index(self, person: Someone, row: Someone) -> None:
        signs = (("reference", row.reference), ("phone", row.phone), ("email", row.email), ("name", row.key))
        for sign in signs:
            if sign[1] and person not in self._found_by[sign]:
                self._found_by[sign].append(person)

    def _with(self, sign: str, value: object) -> list[Someone]:
        return self._found_by.get((sign, value), []) if value else []

    def _by_reference(self, row: Someone) -> Match | None:
        person = next(iter(self._with("reference", row.reference)), None)
        if person is None:
            return None
        if not overlap(person.name, row.name):
            return Match(refusal="reference_other_name")
        return Match(person)

    def _by_contact(self, row: Someone) -> Match | None:
        reached = [*self._with("phone", row.phone), *self._with("email", row.email)]
        found = [person for person in reached if compatible(person.name, row.name)]
        if not found:
            return None
        found.sort(key=lambda person: person.key != row.key)
        agreeing = [person for person in found if not _differ(person.reference, row.reference)]
        return Match(agreeing[0]) if agreeing else Match(flag="reference_differs")

    def _by_name(self, row: Someone) -> Match | None:
        """The same name: the same person when the coach is too, or when neither can be reached; else somebody looks."""
        namesakes = [
            person
            for person in self._with("name", row.key)
            if not _differ(person.reference, row.reference)
            and not _differ(person.email, row.email)
            and not _differ(person.coach.key, row.coach.key)
        ]
        if not namesakes:
            return None
        same = [person for person in namesakes if self._same_person(person, row)]
        return Match(same[0]) if len(same) == 1 else Match(flag="same_name")

    def _same_person(self, person: Someone, row: Someone) -> bool:
        same_coach = row.coach.key is not None and person.coach.key == row.coach.key
        if not (person.phones and row.phone):
            unreachable = not (person.phones or person.emails or row.phone or row.email)
            return same_coach or unreachable
        if not same_coach:
            return False
        if person.known_id is None:
            return row.says_new_number
        return person.known_id not in self._claimed


def _differ(one: object, other: object) -> bool:
    """Both are known, and they are not the same."""
    return bool(one) and bool(other) and one != other
