"""The command line as a whole: it answers at once, and says what is wrong in one line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from flows.cli import COMMANDS, main

HEAVY = {"prefect", "spacy", "sklearn", "skops", "numpy", "pypdfium2", "pdfplumber", "sqlalchemy", "httpx", "fastapi"}
WATCH = """
import json, sys
from flows.cli import main
code = 0
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print(json.dumps([code, sorted({m.split('.')[0] for m in sys.modules})]))
"""


def watched(*words: str) -> tuple[int, set[str], str]:
    """Exit code, modules loaded and what was printed before, of a command line in a process of its own."""
    done = subprocess.run([sys.executable, "-c", WATCH, *words], capture_output=True, text=True, check=True)
    *printed, last = done.stdout.splitlines()
    code, modules = json.loads(last)
    return code or 0, set(modules), "\n".join(printed)


@pytest.mark.parametrize("words", [("--help",), ("--version",), *((name, "--help") for name in COMMANDS)])
def test_help_and_version_load_no_library(words):
    """That is why they answer in 0.1 s, where run takes some seconds to load its libraries."""
    code, modules, printed = watched(*words)
    assert code == 0
    assert modules & HEAVY == set()
    assert printed


def test_all_commands_of_the_contract_are_there():
    assert set(COMMANDS) == {"run", "text", "pull", "export", "serve", "report", "review", "train", "evaluate"}
    assert all(name in watched("--help")[2] for name in COMMANDS)


def test_the_version_is_that_of_the_distribution(capsys):
    from importlib.metadata import version

    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"opvolging {version('opvolging')}\n"


def test_no_command_gives_help_and_2(capsys):
    assert main([]) == 2
    assert "COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["walk"], "invalid choice: 'walk'"),
        (["run"], "the following arguments are required: PATH, --out"),
        (["run", "x.pdf"], "the following arguments are required: --out"),
        (["run", "x.pdf", "--out", "o", "--workers", "many"], "invalid int value: 'many'"),
        (["run", "x.pdf", "--out", "o", "--format", "doc"], "invalid choice: 'doc'"),
        (["run", "x.pdf", "--out", "o", "--walk"], "unrecognized arguments: --walk"),
    ],
)
def test_a_wrong_command_line_gives_2(capsys, words, line):
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert line in capsys.readouterr().err.splitlines()[-1]
