"""Collect all sentences into the template and bring every catalogue up to date; says what still lacks words."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # so that a run without changes changes nothing
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal.kernel.i18n import CATALOGUES, LANGUAGES, SOURCE  # noqa: E402

KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy": None,
    "lazy_gettext": None,
}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.jinja", "jinja2")]
OPTIONS = {name: {"trimmed": "true", "newstyle_gettext": "true"} for name in ("**.html", "**.jinja")}


def collect() -> Catalog:
    """Every sentence of the portal and its templates, with the files it stands in."""
    catalogue = Catalog(project="Meedraaien", version="0.1", charset="utf-8", fuzzy=False)
    for folder in ("portal", "templates"):
        found = extract_from_dir(str(ROOT / folder), METHODS, OPTIONS, keywords=KEYWORDS)
        for filename, _line, message, _comments, context in found:
            catalogue.add(message, None, [(f"{folder}/{filename}", 0)], context=context)
    return catalogue


def update(code: str, template: Catalog) -> tuple[int, int]:
    """Bring one catalogue up to date; returns how many sentences it has and how many lack words."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    locale = LANGUAGES[code].locale
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    else:
        catalogue = Catalog(locale=locale, project="Meedraaien", version="0.1", charset="utf-8", fuzzy=False)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.header_comment = f"# {LANGUAGES[code].name}: the words of Meedraaien. Made by `make messages`."
    catalogue.creation_date = catalogue.revision_date = EPOCH
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "werkgeversteam"
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, no_location=False, sort_output=True, ignore_obsolete=True)
    messages = [message for message in catalogue if message.id]
    missing = [m for m in messages if not (all(m.string) if isinstance(m.string, tuple) else m.string)]
    return len(messages), len(missing)


def main() -> None:
    """Collect and update: every catalogue, or those that are named."""
    template = collect()
    for code in sys.argv[1:] or LANGUAGES:
        if code != SOURCE:
            total, missing = update(code, template)
            print(f"{code}: {total} sentences, {missing} without words")


if __name__ == "__main__":
    main()
