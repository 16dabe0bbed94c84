"""The main job through its command: tables, exit codes, one-line errors, the same bytes every time."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main
from tests.conftest import EXAMPLES

LETTER = EXAMPLES / "we-szw-tweede-spoor.pdf"
TABLES = ("recommendations.csv", "documents.csv", "responses.csv", "commitments.csv", "datapackage.json")


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """The tables of corpus/examples, by one worker."""
    folder = tmp_path_factory.mktemp("run") / "tables"
    assert main(["run", str(EXAMPLES), "--out", str(folder), "--workers", "1"]) == 0
    return folder


def test_the_tables_that_the_contract_names(out):
    assert set(contents(out)) == set(TABLES)


COMMITTEE = "Adviescommissie Evaluatie Stroomuitval Noord-Nederland"


def test_a_row_for_each_document(out):
    found = {(r["source_file"], r["kind"], r["status"], r["issuer"], r["date"]) for r in rows(out, "documents")}
    assert found == {
        ("wb-vws-gesloten-jeugdhulp.pdf", "letter", "ok", "Inspectie Gezondheidszorg en Jeugd", "2023-11-14"),
        ("wc-ienm-ilt-scheepsafval.pdf", "letter", "ok", "Inspectie Leefomgeving en Transport", "2014-11-12"),
        ("we-szw-tweede-spoor.pdf", "letter", "ok", "Inspectie SZW", "2019-10-28"),
        ("wd-jenv-vier-nachten-brief.pdf", "letter", "ok", COMMITTEE, "2019-06-28"),
        ("wd-jenv-vier-nachten-rapport.pdf", "report", "ok", "", ""),
    }  # fmt: skip


def test_every_annotated_recommendation_is_found(out):
    from corpus.annotated import letters, load_folder

    documents = load_folder(EXAMPLES)
    assert len(documents) == 5
    found = {
        d.name: [letters(r["text"]) for r in rows(out, "recommendations") if r["source_file"] == f"{d.name}.pdf"]
        for d in documents
    }
    wanted = {
        (d.name, r["ordinal"]): (letters(r["starts"]), letters(r["ends"]))
        for d in documents
        for r in d.gold["recommendations"]
    }
    assert len(wanted) == 44
    missed = {
        k for k, (start, end) in wanted.items() if not any(t.startswith(start) and t.endswith(end) for t in found[k[0]])
    }
    assert missed == set()


def test_evidence_stands_in_the_answer(out):
    answered = [r for r in rows(out, "recommendations") if r["evidence"]]
    assert len(answered) > 30
    assert [r["recommendation_id"] for r in answered if r["evidence"] not in r["response_text"]] == []


def test_the_report_names_the_letter_that_answers_it(out):
    (letter,) = {
        r["document_id"] for r in rows(out, "documents") if r["source_file"] == "wd-jenv-vier-nachten-brief.pdf"
    }
    named = [r["letter_document_id"] for r in rows(out, "recommendations") if r["document_kind"] == "report"]
    assert set(named) == {letter, ""}
    assert named.count(letter) == 9


def test_the_same_input_gives_the_same_bytes(out, tmp_path):
    """Files one by one, in another order, by more workers, over tables that exist."""
    files = sorted(map(str, EXAMPLES.glob("*.pdf")), reverse=True)
    assert len(files) == 5
    for workers in ("2", "3"):
        assert main(["run", *files, "--out", str(tmp_path / "again"), "--workers", workers]) == 0
        assert contents(tmp_path / "again") == contents(out)
        files = files[2:] + files[:2]


def test_a_kept_reading_gives_the_same_bytes(out, tmp_path):
    for _ in range(2):
        assert main(["run", str(EXAMPLES), "--out", str(tmp_path / "o"), "--cache", str(tmp_path / "kept")]) == 0
        assert contents(tmp_path / "o") == contents(out)
    assert len(list((tmp_path / "kept").rglob("*.json"))) == 5


def test_a_copy_counts_once(tmp_path, capsys):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(LETTER.read_bytes())
    assert main(["run", str(tmp_path / "*.pdf"), "--out", str(tmp_path / "o")]) == 0
    first, second = rows(tmp_path / "o", "documents")
    assert (first["source_file"], first["recommendations"]) == ("a.pdf", "7")
    assert (second["source_file"], second["recommendations"]) == ("b.pdf", "0")
    assert "the same bytes as a.pdf" in second["message"]
    assert len(rows(tmp_path / "o", "recommendations")) == 7


# ---- the command line is wrong: exit code 2 and one line


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["nowhere.pdf", "--out", "o"], "nowhere.pdf: no such file or folder; check the path"),
        (
            ["empty", "--out", "o"],
            "empty: no PDF in this folder; give a folder with .pdf files, or the files themselves",
        ),
        (["q*.pdf", "--out", "o"], "q*.pdf: no file matches this pattern"),
        ([str(LETTER), "--out", "file"], "cannot write to file: file exists; choose another --out"),
        ([str(LETTER), "--out", "file/o"], "cannot write to file/o: not a directory; choose another --out"),
        (
            [str(LETTER), "--out", "o", "--cache", "file/c"],
            "cannot write to file/c: not a directory; choose another --cache",
        ),
        (
            [str(LETTER), "--out", "o", "--workers", "-1"],
            "--workers -1: give 1 or more, or 0 for one for each processor",
        ),
        ([str(LETTER), "--out", "o", "--excel", "--format", "xlsx"], "--excel is a variant of csv; leave out --format"),
    ],
)
def test_one_line_and_2(here, capsys, words, line):
    assert main(["run", *words]) == 2
    assert capsys.readouterr().err == f"opvolging run: {line}\n"
    assert not (here / "o" / "documents.csv").exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_folder_that_root_cannot_write_either(capsys):
    assert main(["run", str(LETTER), "--out", "/proc/opvolging"]) == 2
    assert capsys.readouterr().err.startswith("opvolging run: cannot write to /proc/opvolging: ")


def test_no_traceback_in_a_process_of_its_own(here):
    program = Path(sys.executable).parent / "opvolging"
    done = subprocess.run([program, "run", "nowhere.pdf", "--out", "o"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_prefect_server_that_is_not_there(tmp_path):
    environment = {**os.environ, "PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_HOME": str(tmp_path)}
    words = [Path(sys.executable).parent / "opvolging", "run", LETTER, "--out", tmp_path / "o"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    line = "opvolging run: no Prefect server at http://127.0.0.1:9/api: start it, or unset PREFECT_API_URL"
    assert done.stderr.splitlines()[-1] == line


# ---- some document cannot be read: exit code 1, its row says why, the others are done


def broken(folder: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    whole = LETTER.read_bytes()
    (folder / "good.pdf").write_bytes(whole)
    (folder / "cut.pdf").write_bytes(whole[:200])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "text.pdf").write_text("Geachte voorzitter,")
    writer = PdfWriter(clone_from=PdfReader(LETTER))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(folder / "closed.pdf")


def test_broken_files_stop_no_other(tmp_path, capsys):
    broken(tmp_path)
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "o")]) == 1
    printed = capsys.readouterr()
    assert "4 could not be read: documents.csv says why" in printed.out
    assert "Traceback" not in printed.err
    said = {r["source_file"]: (r["status"], r["message"]) for r in rows(tmp_path / "o", "documents")}
    assert said == {
        "good.pdf": ("ok", ""),
        "cut.pdf": ("failed", "the PDF is cut off or damaged beyond repair; download it again"),
        "empty.pdf": (
            "failed",
            "this is no PDF: it does not start as one; download it again, or convert it to PDF first",
        ),
        "text.pdf": (
            "failed",
            "this is no PDF: it does not start as one; download it again, or convert it to PDF first",
        ),
        "closed.pdf": ("failed", "the PDF asks for a password; save a copy without one and read that"),
    }
    assert {r["source_file"] for r in rows(tmp_path / "o", "recommendations")} == {"good.pdf"}


def test_a_fault_in_a_later_stage_stops_no_other(tmp_path, monkeypatch, capsys):
    import flows.run

    real = flows.run.process_reading

    def troubled(reading, name, models):
        if name == "bad.pdf":
            raise ZeroDivisionError("by chance")
        return real(reading, name, models)

    monkeypatch.setattr(flows.run, "process_reading", troubled)
    for name, file in (("bad.pdf", "wc-ienm-ilt-scheepsafval"), ("good.pdf", "we-szw-tweede-spoor")):
        (tmp_path / name).write_bytes((EXAMPLES / f"{file}.pdf").read_bytes())
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "o"), "--workers", "1"]) == 1
    said = {r["source_file"]: r["message"] for r in rows(tmp_path / "o", "documents")}
    assert said == {"bad.pdf": "ZeroDivisionError: by chance; please report this file", "good.pdf": ""}


# ---- real documents


STATED = {"second_opinion.pdf": 7}  # all other real documents state none


@pytest.fixture(scope="module")
def real(shared, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    assert main(["run", str(shared / "real"), "--out", str(folder)]) == 0
    return folder


def test_every_real_document_is_read(real, shared):
    found = {r["source_file"]: int(r["recommendations"]) for r in rows(real, "documents")}
    assert set(found) == {p.name for p in (shared / "real").rglob("*.pdf")}
    assert len(found) == 16
    assert {name: n for name, n in found.items() if n} == STATED


def test_blank_pages_say_so_where_there_is_a_tesseract(monkeypatch):
    from corpus.records import Page, Reading
    from flows import process

    monkeypatch.setattr(process, "ready", lambda: True)
    blank = Reading("0" * 64, "letter", (Page(1, 595.0, 842.0, status="empty"),), ())
    status, message = process._page_status(blank)
    assert status == "empty" and "Tesseract reads no text" in message and "install" not in message


def test_a_scan_says_what_to_do_where_there_is_no_tesseract(shared, tmp_path, monkeypatch):
    """What it gives where there is one: tests/extract/reading/test_ocr.py."""
    from extract.reading.ocr import ready
    from flows import process

    monkeypatch.setenv("PATH", str(tmp_path))  # workers are processes of their own: they look for it themselves
    monkeypatch.setattr(process, "ready", ready.__wrapped__)  # this one may have looked before
    scan = shared / "real" / "hard" / "scan_without_text.pdf"
    assert main(["run", str(scan), "--out", str(tmp_path / "o"), "--workers", "1"]) == 0
    (row,) = rows(tmp_path / "o", "documents")
    assert row["status"] == "empty"
    assert "no page has a text layer: it is a scan; install Tesseract with Dutch" in row["message"]
