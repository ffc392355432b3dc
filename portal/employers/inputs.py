"""What commands about employers take: a company, a place, a person, as the forms and lists hand them over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyInput:
    """A company; the number in its normal form."""

    name: str
    kvk_number: str
    sector_key: str
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationInput:
    """A place; number and postcode in their normal form, no number: the team looks it up."""

    street: str
    postcode: str
    city: str
    establishment_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInput:
    """A person; the phone as E.164."""

    name: str
    job_title: str | None = None
    email: str | None = None
    phone: str | None = None
