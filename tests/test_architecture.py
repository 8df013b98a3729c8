"""The invariants of ARCHITECTURE.md, read from the source text; nothing is imported to check them.

Every exception is named here with its reason. An exception that is no longer needed fails too.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"

#: From article to event: only ``pipeline`` knows their order.
READING = ("articles", "documents", "mentions", "partners", "reports", "events", "triples")
#: What is done with a graph: ``pipeline`` and the command line call these.
WRITING = ("store", "network", "view", "export")
STAGES = READING + WRITING
#: These stand above the stages.
ABOVE = ("__init__", "__main__", "graphs", "pipeline", "cli", "evaluation", "explain")

#: Library -> the modules that may import it.
LIBRARIES = {
    "spacy": {
        *(
            "attributes",
            "documents",
            "lemmas",
            "verb_endings",
            "names",
            "mentions",
            "residue",
            "partners",
            "dates",
            "reports",
        ),
        "languages",
    },
    "underthesea": {"documents", "languages"},
    "py3langid": {"documents", "articles"},
    "trafilatura": {"articles"},
    "rdflib": {"ontology", "triples", "store", "validation"},
    "oxrdflib": {"ontology", "triples", "store", "validation"},
    "pyshacl": {"validation"},
    "networkx": {"network", "export", "view"},
    "igraph": {"network", "view"},
    "pyvis": {"view"},
    "click": {"cli"},
    "rich": {"cli"},
}
#: (module, library) -> why it may all the same.
LIBRARY_EXCEPTIONS: dict[tuple[str, str], str] = {}

#: (module, imported stage) -> why.
STAGE_EXCEPTIONS: dict[tuple[str, str], str] = {
    ("timelines", "network"): "its rows are how events are read back from a graph",
    ("digests", "network"): "a report sums up the network",
    ("changes", "network"): "the same",
}

#: (file, start of the literal) -> why an address stands in code.
ADDRESS_EXCEPTIONS = {
    ("kg/settings.py", "https://w3id.org/entente/data/"): "the default of a setting",
    ("kg/export/gexf.py", "http://gexf.net/1.3"): "the XML namespaces of the format",
    ("kg/view/pictures.py", "http://www.w3.org/2000/svg"): "the XML namespace of the format",
}

#: (file, literal) -> why a language is named outside kg/languages.
LANGUAGE_EXCEPTIONS = {
    ("kg/ontology.py", "en"): "the language whose label stands in where one is missing",
    ("kg/partners/labels.py", "en"): "the same, for countries",
}

#: (file, class) -> why its values can change.
MUTABLE_EXCEPTIONS = {
    ("kg/names/tries.py", "Trie"): "a table that is filled while it is built and then only read",
}

MODULE_LINES = 400
FUNCTION_LINES = 40
ARGUMENTS = 5
#: Imported only when a command needs it, so that ``kg --help`` answers at once.
HEAVY = ("spacy", "rdflib", "pyvis", "networkx", "trafilatura", "underthesea", "sklearn", "pyshacl", "numpy")


# --- reading the source -----------------------------------------------------------------------------------


@cache
def sources() -> tuple[Path, ...]:
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """Give the module or package directly under kg that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def dotted(path: Path) -> list[str]:
    """Give the package of a file as a list, the base of its relative imports."""
    return ["kg", *path.relative_to(PACKAGE).parts[:-1]]


def type_checking_nodes(path: Path) -> set[ast.AST]:
    """Collect what stands under ``if TYPE_CHECKING``: names for the reader and mypy, never loaded."""
    blocks = (node for node in ast.walk(tree(path)) if isinstance(node, ast.If))
    guards = (block for block in blocks if "TYPE_CHECKING" in ast.unparse(block.test))
    return {node for guard in guards for child in guard.body for node in ast.walk(child)}


def imports(path: Path, *, types: bool) -> Iterator[str]:
    """Give every imported name in full ("kg.store.Store"); ``types``: also those that only mypy follows."""
    left_out = set() if types else type_checking_nodes(path)
    for node in ast.walk(tree(path)):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = dotted(path)[: len(dotted(path)) - node.level + 1] if node.level else []
            start = ".".join([*base, node.module] if node.module else base)
            yield from (f"{start}.{alias.name}" for alias in node.names)


def imported_modules(path: Path) -> set[str]:
    """Give the modules directly under kg that a file imports, its own left out."""
    parts = (name.split(".") for name in imports(path, types=True))
    return {part[1] for part in parts if part[0] == "kg" and len(part) > 1} - {module_of(path)}


def literals(path: Path) -> Iterator[ast.Constant]:
    """Give the string literals of a file without its docstrings."""
    docstrings = {node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def report(wrong: list[str], rule: str) -> None:
    assert not wrong, f"{rule}\n  " + "\n  ".join(sorted(wrong))


def unused(exceptions: dict[tuple[str, str], str], met: set[tuple[str, str]]) -> list[str]:
    return [f"{key}: an exception that nothing needs any more" for key in exceptions.keys() - met]


# --- who may import what ----------------------------------------------------------------------------------


def test_a_stage_imports_no_other_stage() -> None:
    found = {
        (module_of(path), stage): name_of(path)
        for path in sources()
        if module_of(path) not in ABOVE
        for stage in imported_modules(path) & set(STAGES)
    }
    wrong = [f"{file}: imports kg.{stage}" for (module, stage), file in found.items()
             if (module, stage) not in STAGE_EXCEPTIONS]  # fmt: skip
    report(wrong + unused(STAGE_EXCEPTIONS, set(found)), "Only the pipeline joins stages.")


def test_nothing_below_imports_what_stands_above() -> None:
    upper = set(ABOVE) - {"__init__"}
    wrong = [
        f"{name_of(path)}: imports kg.{module}"
        for path in sources()
        if module_of(path) not in ABOVE
        for module in imported_modules(path) & upper
    ]
    report(wrong, "Stages and their helpers know nothing of pipeline, cli, evaluation and explain.")


def test_the_command_line_reaches_the_reading_stages_through_the_pipeline_alone() -> None:
    wrong = [
        f"{name_of(path)}: imports kg.{stage}"
        for path in sources()
        if module_of(path) == "cli"
        for stage in imported_modules(path) & (set(READING) - {"articles"})
    ]
    report(wrong, "The order of the stages is known to the pipeline alone.")


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    wrong = [
        f"{name_of(path)}: imports {library}"
        for path in sources()
        if module_of(path) not in LIBRARIES[library]
        and (module_of(path), library) not in LIBRARY_EXCEPTIONS
        and library in {name.split(".")[0] for name in imports(path, types=False)}
    ]
    report(wrong, f"{library} belongs to: {', '.join(sorted(LIBRARIES[library]))}.")


def test_nothing_heavy_is_loaded_before_a_command_needs_it() -> None:
    modules = ["kg", "kg.settings", "kg.model"]
    if (PACKAGE / "cli.py").is_file() or (PACKAGE / "cli" / "__init__.py").is_file():
        modules.append("kg.cli")
    program = f"import sys, {', '.join(modules)}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert result.stdout.split() == []


# --- what code may not do ---------------------------------------------------------------------------------


def test_only_the_command_line_prints_or_exits() -> None:
    calls = {"print", "exit", "quit", "sys.exit", "os._exit", "logging.basicConfig", "input"}
    # Standard input is a source of articles like any other, so that reading it is allowed.
    streams = {"sys.stdout", "sys.stderr"}
    wrong = [
        f"{name_of(path)}:{node.lineno}: {ast.unparse(node)[:60]}"
        for path in sources()
        if module_of(path) not in ("cli", "__main__")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Call) and ast.unparse(node.func) in calls)
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in streams)
        or (isinstance(node, ast.Raise) and node.exc is not None and "SystemExit" in ast.unparse(node.exc))
    ]
    report(wrong, "A library hands back values and raises errors; kg.cli alone speaks to the user.")


def test_values_are_frozen() -> None:
    # A private dataclass may collect what a frozen value is then made from; it is never handed on.
    found = {
        (name_of(path), node.name): node.lineno
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator) and "frozen=True" not in ast.unparse(decorator)
    }
    wrong = [f"{file}:{line}: {name}" for (file, name), line in found.items()
             if (file, name) not in MUTABLE_EXCEPTIONS]  # fmt: skip
    report(
        wrong + unused(MUTABLE_EXCEPTIONS, set(found)),
        "A public dataclass is frozen; state is a plain class.",
    )


def test_addresses_stand_in_the_ontology_alone() -> None:
    wrong, met = [], set()
    for path in sources():
        if name_of(path) == "kg/ontology.py" or name_of(path).startswith("kg/ontology/"):
            continue
        for node in literals(path):
            if not re.search(r"https?://\w", str(node.value)):
                continue
            keys = [
                key
                for key in ADDRESS_EXCEPTIONS
                if key[0] == name_of(path) and str(node.value).startswith(key[1])
            ]
            met.update(keys)
            if not keys:
                wrong.append(f"{name_of(path)}:{node.lineno}: {node.value!r}")
    report(wrong + unused(ADDRESS_EXCEPTIONS, met), "No IRI outside ontology/ and kg/ontology.py.")


def languages() -> set[str]:
    folders = (PACKAGE / "languages").iterdir()
    return {folder.name for folder in folders if folder.is_dir() and not folder.name.startswith("_")}


def test_no_language_is_named_outside_its_folder() -> None:
    codes, wrong, met = languages(), [], set()
    for path in sources():
        if module_of(path) == "languages":
            continue
        for node in literals(path):
            if node.value not in codes:
                continue
            met.add((name_of(path), str(node.value)))
            if (name_of(path), node.value) not in LANGUAGE_EXCEPTIONS:
                wrong.append(f"{name_of(path)}:{node.lineno}: {node.value!r}")
    report(wrong + unused(LANGUAGE_EXCEPTIONS, met), "What differs between languages stands in kg/languages.")


# --- size and words ---------------------------------------------------------------------------------------


def measured() -> tuple[Path, ...]:
    return sources() + tuple(sorted((ROOT / "tools").glob("*.py")))


def test_modules_stay_small() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in measured()}
    wrong = [f"{name_of(path)}: {size} lines" for path, size in sizes.items() if size > MODULE_LINES]
    report(wrong, f"A module has up to {MODULE_LINES} lines.")


def test_functions_stay_small() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}: {node.name}, {lines} lines"
        for path in measured()
        for node in functions(path)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]
    report(wrong, f"A function has up to {FUNCTION_LINES} lines.")


def test_functions_take_few_arguments() -> None:
    wrong = []
    for path in measured():
        for node in functions(path):
            names = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
            count = len([name for name in names if name not in ("self", "cls")])
            # The options of a command arrive as arguments of its function, by name, from the library.
            if count > ARGUMENTS and module_of_any(path) != "cli":
                wrong.append(f"{name_of(path)}:{node.lineno}: {node.name} takes {count}")
    report(wrong, f"A function takes up to {ARGUMENTS} arguments; further ones are keyword-only.")


def module_of_any(path: Path) -> str:
    return module_of(path) if path.is_relative_to(PACKAGE) else path.parent.name


def test_every_module_says_what_it_is_for() -> None:
    wrong = [name_of(path) for path in measured() if not ast.get_docstring(tree(path))]
    report(wrong, "A module begins with a docstring: what comes in, what goes out.")


def test_every_public_function_says_what_its_signature_cannot() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}: {node.name}"
        for path in measured()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    report(wrong, "Public functions and classes have a docstring.")


# --- documents --------------------------------------------------------------------------------------------


def test_every_named_query_has_a_description() -> None:
    for path in sorted((ROOT / "ontology" / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        match = re.search(r"^#\s*description:\s*(\S.*)$", text, re.MULTILINE | re.IGNORECASE)
        assert match, f"{name_of(path)}: no line '# description: ...' at its head"
        assert len(match[1]) >= 15, f"{name_of(path)}: the description says too little: {match[1]}"


def test_the_documents_name_every_command() -> None:
    cli = pytest.importorskip("kg.cli", reason="there is no command line yet", exc_type=ImportError)
    import click

    groups = [value for value in vars(cli).values() if isinstance(value, click.Group)]
    assert groups, "kg.cli shows no click group"
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages if page.is_file())
    commands = {
        name if group.name == "kg" else f"{group.name} {name}"
        for group in groups
        for name, command in group.commands.items()
        if not command.hidden
    }
    missing = {name for name in commands if not re.search(rf"\bkg {re.escape(name)}\b", text)}
    assert not missing, f"no document names: {', '.join(sorted(missing))}"


def test_the_code_map_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    modules = {module_of(path) for path in sources()} - {"__init__", "__main__"}
    missing = {name for name in modules if not re.search(rf"`{name}(\.py|/)`", text)}
    assert not missing, f"ARCHITECTURE.md does not name: {', '.join(sorted(missing))}"
