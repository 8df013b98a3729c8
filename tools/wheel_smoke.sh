#!/usr/bin/env bash
# Build the wheel, install it into a fresh environment and run kg from another folder.
# Usage: wheel_smoke.sh PYTHON   (the interpreter of the environment that holds the locked dependencies)
# The fresh environment reads the locked dependencies of that one through a .pth file, so that only the
# wheel itself is installed: what is tested is that everything which kg needs of this project is in it.
set -euo pipefail
python=$(realpath -s "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A copy, so that neither old build folders nor two runs at once can mix.
mkdir "$work/source" "$work/elsewhere"
cp -r "$root"/{kg,ontology,samples,setup.cfg,pyproject.toml,LICENSE,NOTICE} "$work/source"
cp "$root"/README.md "$work/source" 2>/dev/null || true
"$python" -m build --wheel --no-isolation --outdir "$work" "$work/source" >"$work/build.log" 2>&1 ||
  { cat "$work/build.log" >&2; exit 1; }

"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps "$work"/*.whl
# The folder alone is added, not its .pth files: the editable install of this project stays invisible.
"$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
  >"$("$work/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/locked.pth"

cd "$work/elsewhere"
kg="$work/venv/bin/kg"
"$work/venv/bin/python" - "$root" <<'PYTHON'
import sys
from importlib.resources import files

import kg

assert not kg.__file__.startswith(sys.argv[1]), f"kg comes from the source tree: {kg.__file__}"
for package, pattern in (("kg.ontology_files", ".ttl"), ("kg.samples_files", "articles")):
    names = [entry.name for entry in files(package).iterdir()]
    assert any(name.endswith(pattern) for name in names), f"{package} is empty in the wheel: {names}"
PYTHON
"$kg" --version
article=$(find "$root/samples/articles" -type f \( -name '*.md' -o -name '*.txt' \) | sort | head -1)
cp "$article" .
"$kg" build "$(basename "$article")" -g graph
"$kg" query -g graph 'SELECT ?article WHERE { ?article a <https://w3id.org/entente/ontology#Article> }'
echo "The wheel works from another folder."
