"""The form that takes a list."""

from portal.kernel import tabular
from portal.kernel.i18n import lazy_gettext as lazy
from portal.team.vocabulary import ImportKind
from portal.web.errors import register_sentences
from portal.web.forms import FileField, Form, RadioField, choices, required

register_sentences(tabular.SENTENCES)
register_sentences({"import_done": lazy("Deze lijst is al overgenomen.")})


class ListForm(Form):
    """A file and what is on it."""

    soort = RadioField(lazy("Wat staat er op de lijst?"), validators=[required(lazy("Kies wat er op de lijst staat"))])
    bestand = FileField(
        lazy("Kies het bestand"),
        description=lazy(
            "Excel (.xlsx) of CSV, hooguit 5 MB en 5000 rijen. De eerste rij heeft de namen van de kolommen."
        ),
        validators=[required(lazy("Kies een bestand"))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.soort.choices = choices(ImportKind.choices())
