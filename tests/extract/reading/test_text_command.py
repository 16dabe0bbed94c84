"""`opvolging text`: what it prints, and how it fails."""

import json

import pytest

from flows.cli import main
from tests.extract.reading.typesetting import sample


@pytest.fixture
def pdf(tmp_path):
    (tmp_path / "stuk.pdf").write_bytes(sample())
    return tmp_path / "stuk.pdf"


def test_text(pdf, capsys):
    assert main(["text", str(pdf)]) == 0
    text, notes = capsys.readouterr().out.split("\n---\n")
    assert text.startswith("# 1 Een hoofdstuk\n\nDe raad heeft gezien")
    assert "\n\n1. Maak een plan en houd u eraan, ook wanneer dat moeite kost.\n\n2. Maak" in text
    assert "Naam | Waarde\n\neen | twee" in text
    assert "Kop van het stuk" not in text and "Blad 1" not in text
    assert notes.strip().splitlines()[0] == "1 Zie de bijlage."


def test_json(pdf, capsys):
    assert main(["text", str(pdf), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(row) for row in rows] == [{"page", "kind", "level", "number", "text", "bbox"}] * len(rows)
    assert {row["kind"] for row in rows} == {"heading", "paragraph", "item", "table", "footnote"}
    assert all(len(row["bbox"]) == 4 for row in rows)


def test_marks(pdf, capsys):
    assert main(["text", str(pdf), "--marks"]) == 0
    assert "plan.¹\n" in capsys.readouterr().out


def test_show(pdf, tmp_path, capsys):
    assert main(["text", str(pdf), "--show", str(tmp_path / "p.png"), "--page", "2"]) == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
    assert main(["text", str(pdf), "--show", str(tmp_path / "p.png"), "--page", "99"]) == 1
    assert "there is no page 99" in capsys.readouterr().err


def test_failures_say_one_line(tmp_path, capsys):
    assert main(["text", str(tmp_path / "none.pdf")]) == 2
    (tmp_path / "page.pdf").write_text("<html>")
    assert main(["text", str(tmp_path / "page.pdf")]) == 1
    assert [line.count("opvolging text: ") for line in capsys.readouterr().err.splitlines()] == [1, 1]
