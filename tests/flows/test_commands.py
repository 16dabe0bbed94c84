"""The commands pull, export and serve as a person types them: exit codes and what is printed."""

from __future__ import annotations

import pytest

from flows.cli import main
from tests.kamer_server import Kamer, Server, pdf

pytestmark = pytest.mark.usefixtures("stub", "hasty")


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No Prefect server, and the store in a folder of its own."""
    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.setenv("OPVOLGING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("OPVOLGING_DATABASE_URL", raising=False)


def test_pull_then_export(monkeypatch, tmp_path, capsys):
    with Server(Kamer()) as server:
        server.kamer.fill(3)
        monkeypatch.setenv("OPVOLGING_KAMER_URL", server.base)
        assert main(["pull", "--workers", "1"]) == 0
        assert capsys.readouterr().out == "2 letters, 1 reports, 3 recommendations\n"
        assert main(["pull", "--workers", "1"]) == 0
        assert capsys.readouterr().out == "nothing new\n"
    assert main(["export", "--out", str(tmp_path / "out"), "--format", "jsonl"]) == 0
    assert len((tmp_path / "out" / "recommendations.jsonl").read_text().splitlines()) == 3


def test_a_document_that_cannot_be_read_gives_1(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(pdf("BROKEN"))
    assert main(["pull", "--folder", str(tmp_path), "--workers", "1"]) == 1
    assert capsys.readouterr().out == "1 could not be read\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["pull", "--source", "folder"], "--source folder needs --folder DIR"),
        (["pull", "--source", "sru", "--folder", "x"], "--folder does not go with --source sru"),
        (["pull", "--selection", "absent.toml"], "absent.toml: [Errno 2] No such file"),
        (["pull", "--database", "nonsense"], "not a database URL that can be used"),
        (["export", "--out", "x", "--database", "nonsense"], "not a database URL that can be used"),
        (["serve"], "a schedule needs a Prefect server: run 'prefect server start'"),
    ],
)
def test_a_wrong_command_line_gives_2_and_one_line(capsys, words, line):
    assert main(words) == 2
    printed = capsys.readouterr().err
    assert line in printed
    assert printed.count("\n") == 1


@pytest.mark.parametrize(("option", "value"), [("--since", "soon"), ("--limit", "0")])
def test_a_value_that_is_none_gives_2(capsys, option, value):
    with pytest.raises(SystemExit, match="2"):
        main(["pull", option, value])
    assert f"argument {option}: {value} is not a" in capsys.readouterr().err


def test_a_source_that_is_not_there_gives_3(capsys):
    assert main(["pull", "--kamer-url", "http://127.0.0.1:9/OData"]) == 3
    assert "cannot connect; tried 6 times" in capsys.readouterr().err
