"""What a linter cannot see: sizes, marks on routes, addresses, templates that are used."""

import ast
import re
from pathlib import Path

from flask import Flask

from portal.web.access import permission_of

ROOT = Path(__file__).parents[1]
PORTAL = ROOT / "portal"
TEMPLATES = ROOT / "templates"
MODULE_LINES = 400
FUNCTION_LINES = 50
VIEW_LINES = 25
PAGE_LINES = 150
COMPONENT_LINES = 80
TEST_LINES = 500
KEBAB = re.compile(r"^(?:[a-z0-9_.\-]+|<(?:int|string|path):\w+>|[a-z]+-<string:version>\.css|<int:\w+>\.ics)$")


def modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "versions" not in path.parts]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_stay_small() -> None:
    assert {str(p.relative_to(ROOT)): lines(p) for p in modules(PORTAL) if lines(p) > MODULE_LINES} == {}


def test_tests_stay_small() -> None:
    assert {str(p.relative_to(ROOT)): lines(p) for p in modules(ROOT / "tests") if lines(p) > TEST_LINES} == {}
    assert lines(ROOT / "tests" / "conftest.py") <= 200


def test_functions_and_views_stay_small() -> None:
    large = {}
    for path in modules(PORTAL):
        limit = VIEW_LINES if "views" in path.parts else FUNCTION_LINES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                size = node.end_lineno - node.lineno + 1
                if size > limit:
                    large[f"{path.relative_to(ROOT)}:{node.name}"] = size
    assert large == {}


def test_templates_stay_small() -> None:
    pages = {p.relative_to(TEMPLATES).as_posix(): lines(p) for p in TEMPLATES.rglob("*.html")}
    over = {
        name: size
        for name, size in pages.items()
        if size > (COMPONENT_LINES if name.startswith("components/") else PAGE_LINES)
    }
    assert over == {}


def test_commands_take_few_arguments() -> None:
    crowded = {}
    for path in modules(PORTAL):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "uow":
                count = len(node.args.args) - 1 + len(node.args.kwonlyargs)
                if count > 6:
                    crowded[f"{path.relative_to(ROOT)}:{node.name}"] = count
    assert crowded == {}


def test_every_route_is_marked(app: Flask) -> None:
    unmarked = [e for e, view in app.view_functions.items() if e != "static" and permission_of(view) is None]
    assert unmarked == []


def test_addresses_are_dutch_kebab_case_with_typed_parts(app: Flask) -> None:
    wrong = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        parts = [part for part in rule.rule.split("/") if part]
        wrong += [rule.rule for part in parts if not KEBAB.match(part)]
    assert wrong == []


def test_every_template_is_used() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*modules(PORTAL), *TEMPLATES.rglob("*.html")])
    names = [p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html")]
    assert [name for name in names if name not in sources and not name.startswith("errors/")] == []


def test_every_component_is_a_macro_of_its_file_name() -> None:
    wrong = []
    for path in (TEMPLATES / "components").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        if f"macro {path.stem}(" not in text or not text.startswith("{#"):
            wrong.append(path.name)
    assert wrong == []


def test_only_places_writes_the_counter_of_places() -> None:
    writers = {
        path.relative_to(PORTAL).as_posix()
        for path in modules(PORTAL)
        if re.search(r"\.places_taken\s*(?:[+-]?=)(?!=)|places_taken=(?!=)", path.read_text(encoding="utf-8"))
    }
    assert writers <= {"events/places.py", "events/tours.py"}


def test_no_unfinished_marks() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    files = [*modules(PORTAL), *modules(ROOT / "tests"), *TEMPLATES.rglob("*.html")]
    found = [p.name for p in files if p.name != "test_architecture.py" and marks.search(p.read_text(encoding="utf-8"))]
    assert found == []
