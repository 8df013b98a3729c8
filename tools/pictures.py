"""Draw the pictures of the documents: ``python tools/pictures.py`` writes ``docs/*.png``.

In: the samples; with ``--development`` also the seeds and the development articles beside the repository
(``ENTENTE_SHARED``), whose picture shows names alone, no sentence: those texts are others'. Needs Chromium.
The layout is the same for the same articles and the same program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from kg.ontology import DATA

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = (ROOT / "samples" / "articles",)
#: What is chosen in each picture, in the words of the map's own address.
PICTURES = {
    "map": "",
    "evidence": "#" + urlencode([("edge", f"{DATA}partner/{name}") for name in ("itid", "kfia")]),
}
DEVELOPMENT = {"map-development": "", "countries-development": "#level=country&colour=community"}


def main() -> int:
    """Write the pictures; the exit code tells whether there was a browser."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        print("no Chromium on this machine: apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        page = _draw_map(Path(folder) / "samples", SAMPLES, title="Cooperation in the sample articles")
        _photograph(browser, page, PICTURES)
        if "--development" in sys.argv[1:]:
            shared = Path(os.environ.get("ENTENTE_SHARED", ROOT.parent / "shared"))
            inputs = (*sorted(shared.glob("seeds/*.txt")), shared / "eval" / "dev.jsonl")
            page = _draw_map(Path(folder) / "development", inputs, title="Seeds and development articles")
            _photograph(browser, page, DEVELOPMENT)
    return 0


def _photograph(browser: str, page: Path, pictures: Mapping[str, str]) -> None:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, chosen in pictures.items():
            tab = running.new_page(viewport={"width": 1400, "height": 900}, color_scheme="light")
            tab.goto(page.as_uri() + chosen)
            tab.wait_for_selector("body[data-ready]")
            tab.wait_for_timeout(1000)
            tab.screenshot(path=ROOT / "docs" / f"{name}.png")
            tab.close()
        running.close()


def _draw_map(folder: Path, inputs: Iterable[Path], *, title: str) -> Path:
    kg = Path(sys.executable).parent / "kg"
    folder.mkdir()
    graph, page = folder / "graph", folder / "map.html"
    subprocess.run([kg, "build", *inputs, "-g", graph], check=True)
    subprocess.run([kg, "view", "-g", graph, "-o", page, "--title", title], check=True)
    return page


if __name__ == "__main__":
    raise SystemExit(main())
