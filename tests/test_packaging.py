"""What setup.cfg, pyproject.toml, the lock files and the Makefile promise."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


@pytest.fixture(scope="module")
def setup() -> ConfigParser:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return config


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def requirements(setup: ConfigParser, extra: str | None = None) -> list[Requirement]:
    text = setup["options.extras_require"][extra] if extra else setup["options"]["install_requires"]
    return [Requirement(line) for line in lines_of(text)]


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


# --- setup.cfg and pyproject.toml -------------------------------------------------------------------------


def test_metadata_stands_in_setup_cfg_and_tool_tables_in_pyproject_and_nothing_in_both(
    setup: ConfigParser,
) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(pyproject) == {"build-system", "tool"}
    assert {section.split(".")[0] for section in setup.sections()} == {"metadata", "options"}
    assert set(pyproject["tool"]) == {"ruff", "mypy", "pytest", "coverage"}


def test_every_package_is_listed(setup: ConfigParser) -> None:
    folders = {path.parent for path in (ROOT / "kg").rglob("__init__.py")}
    packages = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    packages |= {"kg.ontology_files", "kg.samples_files"}
    assert set(lines_of(setup["options"]["packages"])) == packages


def test_every_file_that_the_program_reads_is_in_the_wheel(tmp_path: Path) -> None:
    source = tmp_path / "source"
    leave = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
    for folder in ("kg", "ontology", "samples"):
        shutil.copytree(ROOT / folder, source / folder, ignore=leave)
    for name in ("setup.cfg", "pyproject.toml", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        there = set(wheel.namelist())
    moved = {"kg": "kg", "ontology": "kg/ontology_files", "samples": "kg/samples_files"}
    missing = {
        path.relative_to(ROOT).as_posix()
        for folder, target in moved.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        if f"{target}/{path.relative_to(ROOT / folder).as_posix()}" not in there
    }
    assert not missing, f"no pattern of package_data in setup.cfg takes: {', '.join(sorted(missing))}"


def test_every_library_that_the_code_imports_is_declared(setup: ConfigParser) -> None:
    extras = [name for name in setup["options.extras_require"] if name != "dev"]
    declared = {canonicalize_name(item.name) for item in requirements(setup)}
    declared |= {canonicalize_name(item.name) for extra in extras for item in requirements(setup, extra)}
    distributions = metadata.packages_distributions()
    missing = {
        f"{name} ({path.relative_to(ROOT)})"
        for path in (ROOT / "kg").rglob("*.py")
        for name in imported_names(path) - sys.stdlib_module_names - {"kg", "__future__"}
        if not {canonicalize_name(item) for item in distributions.get(name, [name])} & declared
    }
    assert not missing, f"imported, but not among the dependencies in setup.cfg: {', '.join(sorted(missing))}"


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_gpl_libraries_are_optional(setup: ConfigParser) -> None:
    assert "igraph" not in {item.name for item in requirements(setup)}
    assert not {"igraph", "python-igraph", "leidenalg"} & set(pins("requirements.txt"))


# --- lock files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name: str) -> None:
    blocks = re.split(
        r"^(?=[A-Za-z0-9._-]+==)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )[1:]
    assert len(blocks) > 50
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_meet_what_setup_cfg_asks_for(setup: ConfigParser) -> None:
    for name, asked in (
        ("requirements.txt", requirements(setup)),
        ("requirements-dev.txt", requirements(setup, "dev")),
    ):
        locked = pins(name)
        for item in asked:
            version = locked.get(canonicalize_name(item.name))
            assert version, f"{name} does not lock {item.name}: run make lock"
            assert item.specifier.contains(Version(version)), (
                f"{name}: {item.name} {version} is not {item.specifier}"
            )


def test_the_two_locks_agree() -> None:
    tools = pins("requirements-dev.txt")
    assert {name: tools.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


def test_the_licence_of_every_locked_package_is_listed() -> None:
    text = (ROOT / "docs" / "LICENCES.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| (\S+) \| (\S+) \| \S", text, re.MULTILINE))
    missing = {
        f"{name} {version}"
        for name, version in pins("requirements-dev.txt").items()
        if (name, version) not in rows
    }
    assert not missing, f"docs/LICENCES.md lacks {', '.join(sorted(missing))}: run make licences"


# --- Makefile ---------------------------------------------------------------------------------------------

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Without this, a make that runs the tests hands its own flags and targets down.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], capture_output=True, text=True, cwd=ROOT, env=clean, check=False
    )


@needs_make
def test_make_alone_lists_the_targets() -> None:
    shown = make().stdout
    assert all(f"make {name} " in shown for name in ("demo", "test", "lint", "bench", "train", "lock"))


@needs_make
def test_make_says_in_one_sentence_that_python_is_missing(tmp_path: Path) -> None:
    result = make("demo", "PYTHON=no-such-python", f"VENV={tmp_path}/venv")
    assert result.returncode != 0
    assert result.stderr.splitlines()[0].startswith(
        "no-such-python is missing: apt-get install python3 python3-venv"
    )


@needs_make
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("exit 1", "Python 3.11 or newer is needed"),
        (
            'case "$2" in *ensurepip*) exit 1;; esac',
            "cannot make virtual environments: apt-get install python3-venv",
        ),
    ],
)
def test_make_says_what_is_wrong_with_a_python(tmp_path: Path, body: str, sentence: str) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    python.chmod(0o755)
    result = make("demo", f"PYTHON={python}", f"VENV={tmp_path}/venv")
    assert result.returncode != 0
    assert sentence in result.stderr.splitlines()[0]
    assert not (tmp_path / "venv" / "bin").exists()
