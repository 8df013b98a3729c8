"""Draw the pictures of the documents from the samples: ``python tools/pictures.py`` writes ``docs/*.png``.

Needs Chromium. The layout is the same for the same samples and the same program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from kg.ontology import DATA

ROOT = Path(__file__).resolve().parent.parent
#: What is chosen in each picture, in the words of the map's own address.
PICTURES = {
    "map": "",
    "evidence": "#" + urlencode([("edge", f"{DATA}partner/{name}") for name in ("itid", "kfia")]),
}


def main() -> int:
    """Write the pictures; the exit code tells whether there was a browser."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        print("no Chromium on this machine: apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        page = _draw_map(Path(folder))
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            for name, chosen in PICTURES.items():
                tab = running.new_page(viewport={"width": 1400, "height": 900}, color_scheme="light")
                tab.goto(page.as_uri() + chosen)
                tab.wait_for_selector("body[data-ready]")
                tab.wait_for_timeout(1000)
                tab.screenshot(path=ROOT / "docs" / f"{name}.png")
                tab.close()
            running.close()
    return 0


def _draw_map(folder: Path) -> Path:
    kg = Path(sys.executable).parent / "kg"
    graph, page = folder / "graph", folder / "map.html"
    title = "Cooperation in the sample articles"
    subprocess.run([kg, "build", ROOT / "samples" / "articles", "-g", graph], check=True)
    subprocess.run([kg, "view", "-g", graph, "-o", page, "--title", title], check=True)
    return page


if __name__ == "__main__":
    raise SystemExit(main())
