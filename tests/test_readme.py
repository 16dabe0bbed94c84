"""What the README and its companions say is there: links, make targets, commands and their options, extras, versions."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from importlib import import_module

import pytest

from flows.cli import COMMANDS
from tests.conftest import ROOT

PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def command_lines() -> list[tuple[str, str]]:
    """(page, command line) of the indented `opvolging …` lines."""
    found = [
        (page, line) for page in PAGES for line in re.findall(r"^ {4}(?:\w+=\S+ )*(opvolging .*)$", text(page), re.M)
    ]
    assert len(found) >= 20
    return found


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    links = [x for x in re.findall(r"\]\(([^)#]+)\)", text(page)) if "://" not in x]
    assert [x for x in links if not ((ROOT / page).parent / x).exists()] == []


def test_the_readme_has_links():
    assert len(re.findall(r"\]\(", text("README.md"))) >= 8


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_make_targets_exist(page):
    named = set(re.findall(r"(?:^\s*|`)make ([a-z-]+)", text(page), re.M))
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    assert named, page
    assert named - targets == set()


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_command_lines_are_understood(page, line):
    words = shlex.split(line.split("  #")[0].split("   ")[0].replace("$(openssl rand -hex 16)", "0" * 32))
    if words[1] in ("--version", "--help", "COMMAND"):
        return
    parser = argparse.ArgumentParser(exit_on_error=False)
    import_module(COMMANDS[words[1]][0]).add_arguments(parser)
    parser.parse_args(words[2:])


def test_extras_exist():
    named = set(re.findall(r"'(?:\.|opvolging)\[(\w+)\]'", text("README.md")))
    assert named == {"ocr", "postgresql"}
    assert named <= set(PROJECT["optional-dependencies"])


def test_one_version():
    version = PROJECT["version"]
    assert re.search(rf"^## {re.escape(version)}\b", text("CHANGELOG.md"), re.M)
    assert f"\nversion: {version}\n" in text("CITATION.cff")


def test_environment_variables_exist():
    code = "".join(p.read_text("utf-8") for name in ("flows", "corpus") for p in (ROOT / name).rglob("*.py"))
    named = {x for page in PAGES for x in re.findall(r"\bOPVOLGING_[A-Z_]+|PREFECT_API_URL", text(page))}
    assert {"PREFECT_API_URL", "OPVOLGING_HOME"} <= named
    assert {x for x in named if x not in code} == set()
