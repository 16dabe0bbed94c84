"""Records, cursors and files in both databases: what is stored in one step, and what can be repeated."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select

from corpus.sources.base import Item
from corpus.store import FileMissing, Files, records, schema
from corpus.store.records import Seen

LETTER = Item("a", "Brief regering", "a.pdf", subject="Reactie", content_length=9, content_version="1", changed_at="t1")


def see(store, *items: Item, deleted: tuple[str, ...] = (), moved_to: str = "t") -> dict:
    return records.see(
        store, "kamer", [Seen(item, "rule", item.record_id) for item in items], deleted, "kamer", moved_to
    )


def rows(store, name: str) -> list[dict]:
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(schema.metadata.tables[name])).mappings()]


def test_seeing_a_page_twice_changes_nothing(store):
    assert see(store, LETTER) == {"new": 1, "changed": 0, "deleted": 0}
    before = rows(store, "records"), rows(store, "record_versions")
    assert see(store, LETTER) == {"new": 0, "changed": 0, "deleted": 0}
    assert (rows(store, "records"), rows(store, "record_versions")) == before
    assert records.cursor(store, "kamer") == "t"


def test_a_page_that_fails_moves_no_cursor(store):
    see(store, LETTER)
    with pytest.raises(AttributeError):
        see(store, dataclasses.replace(LETTER, record_id="b", annexes=(None, 3)), moved_to="later")
    assert (records.cursor(store, "kamer"), len(rows(store, "records"))) == ("t", 1)


def test_new_words_make_a_version_but_want_no_file(store):
    see(store, LETTER)
    records.attach_file(store, "kamer", "a", "f" * 64, 9)
    assert see(store, dataclasses.replace(LETTER, subject="Reactie (herzien)")) == {
        "new": 0,
        "changed": 0,
        "deleted": 0,
    }
    assert (len(rows(store, "record_versions")), records.wanted(store, "kamer")) == (2, [])


def test_a_record_that_comes_back_lives_again(store):
    see(store, LETTER)
    assert see(store, deleted=("a", "unknown"))["deleted"] == 1
    assert records.wanted(store, "kamer") == []
    see(store, LETTER)
    assert [w.record_id for w in records.wanted(store, "kamer")] == ["a"]


def test_a_file_that_never_comes_right_is_refused_in_the_end(store):
    see(store, LETTER)
    for _ in range(records.GIVE_UP):
        assert len(records.wanted(store, "kamer")) == 1
        records.not_taken(store, "kamer", "a", "too short")
    assert [(r["state"], r["message"]) for r in rows(store, "records")] == [("refused", "too short")]
    see(store, dataclasses.replace(LETTER, content_version="2"))
    assert len(records.wanted(store, "kamer")) == 1


def test_a_run_that_was_killed_has_no_end(store):
    first, second = (records.begin_run(store, "pull", "kamer", "1") for _ in range(2))
    records.end_run(store, second, "ok", {"new": 3})
    ended = {r["run_id"]: (r["outcome"], r["ended_at"] != "") for r in rows(store, "runs")}
    assert ended == {first: ("", False), second: ("ok", True)}


@pytest.mark.parametrize("place", ["{tmp}/files", "memory://files"])
def test_files_are_stored_once_and_checked(tmp_path, place):
    files = Files(place.format(tmp=tmp_path))
    sha256 = files.put(b"%PDF-1")
    assert files.put(b"%PDF-1") == sha256
    assert files.get(sha256) == b"%PDF-1"
    files.system.pipe_file(files.path(sha256), b"%PDF-2")
    with pytest.raises(FileMissing, match="has been changed"):
        files.get(sha256)
    with pytest.raises(FileMissing, match="is gone"):
        files.get("0" * 64)


def test_half_a_file_of_a_killed_pull_is_swept_away(tmp_path):
    files = Files(str(tmp_path))
    files.put(b"%PDF-1")
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "half.pdf.123.tmp").write_bytes(b"%P")
    assert (files.sweep(), files.sweep()) == (1, 0)
