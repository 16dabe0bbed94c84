"""The house of docs/architecture.md: which package may import which, who owns which library, how long a file may be."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("flows", "extract", "models", "corpus")
MAY_IMPORT = {
    "flows": {"extract", "models", "corpus"},
    "extract": {"corpus"},
    "models": {"corpus"},
    "corpus": set(),
}
OWNERS = {
    "pdfplumber": "extract", "pypdfium2": "extract", "spacy": "extract", "pytesseract": "extract",
    "sklearn": "models", "skops": "models",
    "sqlalchemy": "corpus", "alembic": "corpus", "httpx": "corpus", "pyarrow": "corpus", "openpyxl": "corpus",
    "prefect": "flows", "fastapi": "flows", "matplotlib": "flows", "jinja2": "flows",
}  # fmt: skip
LONGEST = 300
LONGER = {"tests/flows/review/test_review.py": 340}  # known exceptions, each with its own limit


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """The first names of all modules that are imported, at the top and inside functions."""
    out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import: {ast.unparse(node)}"
            out.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            out |= {a.value.split(".")[0] for a in node.args if isinstance(a, ast.Constant)}
    return out


def trees() -> list[tuple[str, str, set[str]]]:
    """(package, file, what it imports) for every module of the four packages."""
    found = sources(*PACKAGES)
    assert len(found) > 80
    return [(p.relative_to(ROOT).parts[0], str(p.relative_to(ROOT)), imported(ast.parse(p.read_text()))) for p in found]


def test_what_counts_as_an_import():
    text = "import a.b as c\nfrom d.e import f\ndef g():\n    import h\n    import_module('i.j')\n"
    assert imported(ast.parse(text)) == {"a", "d", "h", "i"}


def test_imports_go_one_way():
    wrong = {
        f"{file} imports {name}"
        for package, file, names in trees()
        for name in names & set(PACKAGES) - MAY_IMPORT[package] - {package}
    }
    assert wrong == set()


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library):
    users = {package for package, _, names in trees() if library in names}
    assert users == {OWNERS[library]}


def test_nothing_imports_the_tests():
    assert [file for _, file, names in trees() if "tests" in names] == []


def test_files_are_short():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in sources(*PACKAGES, "tests")}
    assert {file: n for file, n in lengths.items() if n > LONGER.get(file, LONGEST)} == {}
    assert [file for file in LONGER if lengths.get(file, 0) <= LONGEST] == [], "no exception any more"


def test_no_committed_file_names_an_index_or_a_download_address():
    named = re.compile(
        r"--(?:extra-)?index-url|--find-links|files\.pythonhosted|pypi\.org/simple|registry\.npmjs", re.I
    )
    files = ["pyproject.toml", "requirements.lock", "requirements-dev.lock", "Makefile", ".ci/run"]
    assert [f for f in files if named.search((ROOT / f).read_text().replace("--no-emit-index-url", ""))] == []
    assert not (ROOT / "uv.lock").exists() or "uv.lock" in (ROOT / ".gitignore").read_text()


def test_both_locks_hold_the_same_versions():
    def versions(name: str) -> dict[str, str]:
        found = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / name).read_text(), re.M)
        return dict(found)

    run, dev = versions("requirements.lock"), versions("requirements-dev.lock")
    assert len(run) > 80
    assert {name: dev.get(name) for name in run} == run
