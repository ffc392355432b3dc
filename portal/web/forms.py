"""Forms check shape and keep what was typed; rules that need data live in commands and come back as sentences."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Field
from wtforms.validators import Email, InputRequired, Length, Optional, StopValidation, ValidationError

from portal.kernel.errors import DomainError
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.phones import parse as parse_phone
from portal.kernel.sensitive import guard_text
from portal.web.errors import sentence
from portal.web.resume import typed_text

__all__ = [
    "ActionForm",
    "BooleanField",
    "DateField",
    "EmailField",
    "FileField",
    "Form",
    "IntegerField",
    "MoneyField",
    "PasswordField",
    "PhoneField",
    "RadioField",
    "SelectField",
    "SelectMultipleField",
    "StringField",
    "TextAreaField",
    "TimeField",
    "add_domain_error",
    "add_error",
    "email_address",
    "no_sensitive_numbers",
    "optional",
    "required",
    "text_length",
]

STALE = lazy(
    "Het formulier stond lang open. Er is nog niets verstuurd. Druk nog een keer op de knop; uw tekst staat er nog."
)


class Form(FlaskForm):  # Flask-WTF has no types
    """Base of all forms. A form that was typed before the session ended is filled again after signing in."""

    class Meta(FlaskForm.Meta):
        """Sentences in our own words, not WTForms' own translations."""

        locales = False

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """HTML is written by the components, never by Python."""
            raise TypeError(f"use a component for the field {field.name}")

    def __init__(self, **kwargs: Any) -> None:
        kept = typed_text()
        if kept is not None and "formdata" not in kwargs:
            kwargs["formdata"] = MultiDict(kept)
        super().__init__(**kwargs)

    @property
    def sent(self) -> bool:
        """Whether the form was sent and holds good values."""
        return bool(self.validate_on_submit())

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Each problem once: the id of its field and the sentence."""
        found = [
            (field.id, str(error)) for field in self if field.name != "csrf_token" for error in list(field.errors)[:1]
        ]
        found += [("", str(error)) for error in self.form_errors]
        if "csrf_token" in self.errors:
            found.append(("", str(STALE)))
        return found


class ActionForm(Form):
    """A button: nothing but the token."""


class DateField(Field):
    """A day in three boxes: day, month, year. `parts` is what was typed."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.parts: tuple[str, str, str] = ("", "", "")
        self.data: date | None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the three boxes; an empty day is None, an impossible one an error."""
        self.process_errors = []
        self.data = data if isinstance(data, date) else self.default if isinstance(self.default, date) else None
        self.object_data = self.data
        self.raw_data = None
        if self.data:
            self.parts = (str(self.data.day), str(self.data.month), str(self.data.year))
        names = [f"{self.name}-{part}" for part in ("dag", "maand", "jaar")]
        if formdata is None or not any(name in formdata for name in names):
            return
        day, month, year = (formdata.get(name, "").strip() for name in names)
        self.parts = (day, month, year)
        self.raw_data = [part for part in self.parts if part]
        self.data = None
        if self.raw_data:
            try:
                self.data = date(int(year), int(month), int(day))
            except ValueError:
                self.process_errors.append(_("Vul een dag in die bestaat, bijvoorbeeld 3 - 12 - 2026"))


class TimeField(StringField):
    """A time of day in 24 hours; takes 9.50, 9:50 and 0950."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.value: time | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, and the time it means."""
        super().process_formdata(valuelist)
        text = (self.data or "").strip().lower().removesuffix("uur").strip().replace(".", ":")
        if text.isdecimal() and len(text) in (3, 4):
            text = f"{text[:-2]}:{text[-2:]}"
        if not text:
            return
        hours, _sep, minutes = text.partition(":")
        try:
            self.value = time(int(hours), int(minutes or "0"))
        except ValueError:
            raise ValidationError(_("Vul een tijd in, bijvoorbeeld 09.50")) from None


class MoneyField(StringField):
    """An amount in euros with a comma or a point; `cents` is its value."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.cents: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, and the amount it means."""
        super().process_formdata(valuelist)
        text = (self.data or "").replace("€", "").strip().replace(",", ".")
        if not text:
            return
        try:
            self.cents = round(float(text) * 100)
        except ValueError:
            raise ValidationError(_("Vul een bedrag in, bijvoorbeeld 15,60")) from None
        if not 0 < self.cents < 100_000:
            raise ValidationError(_("Vul een bedrag in, bijvoorbeeld 15,60"))


class PhoneField(TelField):
    """A phone number as people write it; `number` is its international form."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.number: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, and the number it means."""
        super().process_formdata(valuelist)
        if (self.data or "").strip():
            self.number = parse_phone(self.data or "")
            if self.number is None:
                raise ValidationError(_("Vul een telefoonnummer in met 10 cijfers, bijvoorbeeld 06 12345678"))


def required(sentence_: LazyString) -> InputRequired:
    """The field must be filled; the sentence says what to do."""
    return InputRequired(message=sentence_)


def optional() -> Optional:
    """The field may stay empty."""
    return Optional()


def email_address() -> Email:
    """Looks like a mail address; nobody is asked whether it exists."""
    return Email(
        message=lazy("Vul een e-mailadres in zoals naam@voorbeeld.nl"),
        check_deliverability=False,
        allow_smtputf8=False,
    )


def text_length(most: int) -> Length:
    """At most this many characters."""
    return Length(max=most, message=lazy("Maak de tekst korter: hoogstens %(max)d tekens"))


def no_sensitive_numbers(form: Form, field: Field) -> None:
    """Refuse a text that holds a BSN or a V-number; the sentence never repeats it."""
    if field.data and guard_text(str(field.data)):
        raise StopValidation(_("Dit lijkt een BSN of V-nummer. Haal het weg; wij hebben het niet nodig."))


def add_error(field: Field, text: object) -> None:
    """Put a sentence at a field, beside those that are there."""
    field.errors = [*field.errors, str(text)]


def add_domain_error(form: Form, error: DomainError, fields: Mapping[str, str]) -> None:
    """Put the sentence for a refusal at the field that it is about, or at the top of the form."""
    name = fields.get(error.code)
    if name is None:
        form.form_errors.append(sentence(error))
    else:
        add_error(form[name], sentence(error))


def choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Choices for a radio or select field, translated now."""
    return [SelectChoice(value, str(label)) for value, label in pairs]
