"""The rules of a company that a visitor may meet: each with its kind, its pictogram and one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.events.vocabulary import RuleKind
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy


@dataclass(frozen=True, slots=True)
class TourRule:
    """One rule. The key is also the name of its pictogram."""

    key: str
    kind: RuleKind
    text: LazyString

    @property
    def pictogram(self) -> str:
        """The name of its drawing."""
        return self.key


_DO, _DONT, _KNOW = RuleKind.DO, RuleKind.DONT, RuleKind.KNOW
_ALL = (
    TourRule("shoes", _DO, lazy("Draag stevige schoenen")),
    TourRule("safety_shoes", _DO, lazy("Je krijgt veiligheidsschoenen. Zeg je schoenmaat.")),
    TourRule("hairnet", _DO, lazy("Je krijgt een haarnet")),
    TourRule("beard_net", _DO, lazy("Heb je een baard? Dan krijg je een baardnet.")),
    TourRule("id", _DO, lazy("Neem je identiteitsbewijs mee")),
    TourRule("hands", _DO, lazy("Was je handen voor je begint")),
    TourRule("long_trousers", _DO, lazy("Draag een lange broek")),
    TourRule("warm_coat", _DO, lazy("Neem een warme jas mee")),
    TourRule("slippers", _DO, lazy("Neem slippers of schone sokken mee")),
    TourRule("jewellery", _DONT, lazy("Geen sieraden, geen horloge")),
    TourRule("photos", _DONT, lazy("Geen foto’s maken")),
    TourRule("no_food", _DONT, lazy("Niet eten, drinken of roken")),
    TourRule("ill", _DONT, lazy("Ben je ziek? Blijf thuis en bel ons.")),
    TourRule("cold", _KNOW, lazy("Het is koud binnen")),
    TourRule("heat", _KNOW, lazy("Het is warm binnen")),
    TourRule("stairs", _KNOW, lazy("Er zijn trappen")),
    TourRule("standing", _KNOW, lazy("Je staat en loopt veel")),
    TourRule("lifting", _KNOW, lazy("Je ziet zwaar tillen")),
    TourRule("noise", _KNOW, lazy("Er is veel lawaai")),
    TourRule("wet_floor", _KNOW, lazy("De vloer is nat")),
    TourRule("pork", _KNOW, lazy("Je ziet varkensvlees")),
    TourRule("alcohol", _KNOW, lazy("Je ziet alcohol")),
    TourRule("animals", _KNOW, lazy("Er zijn dieren")),
    TourRule("body_contact", _KNOW, lazy("Het werk is met mensen: helpen wassen en aankleden")),
    TourRule("bare_skin", _KNOW, lazy("Je kunt mensen in badkleding zien")),
    TourRule("headscarf_ok", _KNOW, lazy("Een hoofddoek mag")),
    TourRule("wheelchair_ok", _KNOW, lazy("Met een rolstoel kan het")),
    TourRule("wheelchair_no", _KNOW, lazy("Met een rolstoel kan het niet")),
    TourRule("interpreter", _KNOW, lazy("Er is een tolk")),
    TourRule("bus", _KNOW, lazy("We gaan samen met de bus")),
)
RULES: Mapping[str, TourRule] = {rule.key: rule for rule in _ALL}


def rules_of(keys: Iterable[str]) -> list[TourRule]:
    """The rules with these keys, in the order of the list: what to do, what not, what to know."""
    wanted = set(keys)
    return [rule for rule in _ALL if rule.key in wanted]
