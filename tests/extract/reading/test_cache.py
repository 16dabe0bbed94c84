"""Readings are kept whole, found again, and not trusted when damaged."""

import pytest

from extract.reading import cache, read_cached, read_pdf
from tests.extract.reading.typesetting import sample


def test_a_second_run_skips_reading(tmp_path, monkeypatch):
    first = read_cached(sample(), tmp_path)
    assert first == read_pdf(sample())
    monkeypatch.setattr(cache, "read_pdf", lambda data: pytest.fail("read again"))
    assert read_cached(sample(), tmp_path) == first


def test_another_version_reads_again(tmp_path, monkeypatch):
    read_cached(sample(), tmp_path)
    monkeypatch.setattr(cache, "READER_VERSION", "another")
    read_cached(sample(), tmp_path)
    assert len(list(tmp_path.rglob("*.json"))) == 2


@pytest.mark.parametrize("rest", ["", "{", "[]", '{"pages": 1}'])
def test_a_damaged_one_is_made_anew(tmp_path, rest):
    first = read_cached(sample(), tmp_path)
    (place,) = tmp_path.rglob("*.json")
    place.write_text(rest)
    assert read_cached(sample(), tmp_path) == first
    assert place.read_text() == cache.to_json(first)
