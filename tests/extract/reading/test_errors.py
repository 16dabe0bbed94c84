"""Files that cannot be read end with one line that says what to do; nothing hangs and nothing takes the run down."""

import os
import time

import pytest

from extract.reading import (
    Damaged,
    Encrypted,
    NotAPdf,
    ReadingError,
    TookTooLong,
    contained,
    read_contained,
    read_many,
    read_pdf,
)
from tests.extract.reading.typesetting import sample
from tests.fuzz_reading import MOST_SECONDS, run


def test_no_pdf():
    with pytest.raises(NotAPdf, match="no PDF"):
        read_pdf(b"<html>not found</html>")


def test_cut_off():
    with pytest.raises(Damaged, match="download it again"):
        read_pdf(b"%PDF-1.7\n1 0 obj\n")


def test_a_password(tmp_path):
    from pypdf import PdfReader, PdfWriter

    (tmp_path / "open.pdf").write_bytes(sample())
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "open.pdf"))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(tmp_path / "closed.pdf")
    with pytest.raises(Encrypted, match="password"):
        read_pdf((tmp_path / "closed.pdf").read_bytes())


def test_too_many_bytes(monkeypatch):
    from extract.reading import document
    from extract.reading.errors import TooLarge

    monkeypatch.setattr(document, "MOST_BYTES", 100)
    with pytest.raises(TooLarge, match="split it"):
        read_pdf(sample())


def test_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_contained(tmp_path / "nowhere.pdf")
    ((_, error),) = read_many([tmp_path / "nowhere.pdf"], workers=1)
    assert isinstance(error, ReadingError) and "cannot be opened" in str(error)


@pytest.mark.parametrize("trouble", ["hang", "crash", "memory"])
def test_trouble_stays_in_its_process(tmp_path, monkeypatch, trouble):
    """A file that hangs, crashes or fills the memory of its worker; the next file is read all the same."""
    from extract.reading import document

    real = document.read_pdf

    def troubled(data):
        if b"TROUBLE" not in data:
            return real(data)
        if trouble == "hang":
            time.sleep(60)
        if trouble == "crash":
            os.abort()
        return bytearray(4_000_000_000)

    monkeypatch.setattr(document, "read_pdf", troubled)
    bad, good = tmp_path / "bad.pdf", tmp_path / "good.pdf"
    bad.write_bytes(b"%PDF-1.4 TROUBLE")
    good.write_bytes(sample())
    start = time.monotonic()
    results = dict(read_many([bad, good], workers=1, seconds=2.0, method="fork"))
    assert isinstance(results[bad], TookTooLong)
    assert results[good].blocks
    assert time.monotonic() - start < 20


def test_many_files_and_what_is_kept(tmp_path):
    for name in ("een.pdf", "twee.pdf"):
        (tmp_path / name).write_bytes(sample())
    paths = [tmp_path / "een.pdf", tmp_path / "twee.pdf"]
    first = dict(read_many(paths, tmp_path / "kept", workers=2))
    assert set(first) == set(paths) and first[paths[0]] == first[paths[1]] == read_pdf(sample())
    assert len(list((tmp_path / "kept").rglob("*.json"))) == 1
    assert contained.MEGABYTES < 1000


def test_damaged_files_end_in_time(tmp_path):
    ends, slowest = run(28, tmp_path, workers=2)
    assert sum(ends.values()) == 28
    assert slowest < MOST_SECONDS
