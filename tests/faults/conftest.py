"""What tests of the drop folder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.inbox import files
from orchestration.settings import DATA_DIR, Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty data folder that the sensor looks into; files settle between two looks."""
    for name in ("disclosures", "requests", "inbox"):
        (tmp_path / "data" / name).mkdir(parents=True)
    monkeypatch.setenv(DATA_DIR, str(tmp_path / "data"))
    monkeypatch.setattr(files, "SETTLED_AFTER", 0.0)
    return Settings(tmp_path / "data")
