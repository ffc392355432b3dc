"""The scenario as the tests read it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SCENARIO = Path(__file__).parents[1] / "data" / "scenario"


@cache
def expected() -> dict[str, Any]:
    """What a good import makes of the lists."""
    found: dict[str, Any] = yaml.safe_load((SCENARIO / "verwacht.yaml").read_text(encoding="utf-8"))
    return found
