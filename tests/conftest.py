"""What several tests share: where things lie, a browser when there is one, and how hypothesis runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Deadlines fail on a busy machine, not on wrong code; a fixed seed makes a failure repeat.
settings.register_profile(
    "entente",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("entente")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts and figures beside the repository, which is not shipped with it."""
    folder = Path(os.environ.get("ENTENTE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: its texts are others' and are not shipped")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for tests that open a page; where CI promises one, its absence is a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    message = "no Chromium on this machine: apt-get install chromium"
    if os.environ.get("ENTENTE_REQUIRE_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(autouse=True)
def _no_width_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs the tests may export the width of its terminal; tables in a pipe take what they need."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
