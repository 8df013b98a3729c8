"""Run the examples of README.md and write what they print under them: ``python tools/examples.py``.

The examples run one after another in an empty folder beside the samples, so that what the page shows is what
its reader will see. A long answer is cut, and says so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: So many lines of an answer are shown.
_MOST = 24
_WIDTH = 100


def main() -> int:
    """Rewrite the page; the exit code tells whether every example succeeded."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "samples").symlink_to(ROOT / "samples")
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_BLOCK.sub(lambda block: _answered(block[1], folder, failed), text), encoding="utf-8")
    for line in failed:
        print(f"failed: {line}", file=sys.stderr)
    return 1 if failed else 0


def _answered(block: str, folder: Path, failed: list[str]) -> str:
    lines: list[str] = []
    for command in (line[2:] for line in block.splitlines() if line.startswith("$ ")):
        env = os.environ | {
            "COLUMNS": str(_WIDTH),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        result = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode:
            failed.append(command)
        lines += [f"$ {command}", *_cut([line.rstrip() for line in result.stdout.splitlines()])]
    return "```console\n" + "\n".join(lines) + "\n```"


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST:
        return lines
    return [*lines[: _MOST - 1], f"... ({len(lines) - _MOST + 1} more lines)"]


if __name__ == "__main__":
    raise SystemExit(main())
