"""The papers are true where a machine can tell."""

import re
from pathlib import Path

from portal.kernel.config import Settings

ROOT = Path(__file__).parents[1]


def test_decisions_are_numbered_without_gaps_and_complete() -> None:
    papers = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in papers] == [f"{number:04}" for number in range(1, len(papers) + 1)]
    for path in papers:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}. ")
        for part in ("* Date: ", "* Status: ", "## Context", "## Decision", "## Consequences"):
            assert part in text, f"{path.name} lacks {part}"


def test_the_readme_names_every_setting() -> None:
    source = (ROOT / "portal" / "kernel" / "config.py").read_text(encoding="utf-8")
    names = set(re.findall(r'"([A-Z][A-Z_]{3,})"', source))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(name for name in names if f"`{name}`" not in readme) == []
    assert Settings.mail_from


def test_every_paper_that_is_linked_exists() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"
