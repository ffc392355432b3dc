"""What commands about participants take, as the forms and other slices hand it over."""

from dataclasses import dataclass

from portal.kernel.levels import LanguageLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What is known of a person: no more than a tour and a phone call need."""

    first_name: str
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "nl"
    spoken_language: str | None = None
    level: LanguageLevel | None = None
    coach_name: str | None = None
