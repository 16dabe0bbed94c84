"""Documents go into the store and come out as the same records."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from corpus.sources.base import Item
from corpus.store import StoreError, count, documents, documents_by_id, open_store, save, save_answers, schema, stale
from corpus.store.records import Seen, attach_file, see
from corpus.tables import tables_of


@pytest.fixture
def letter(make_letter):
    return make_letter


def test_a_document_comes_back_as_it_went_in(store, letter):
    save(store, letter(), "1", "abc")
    assert list(documents(store)) == [letter()]


def test_documents_come_in_the_order_of_the_tables_over_many_pages(store, letter, monkeypatch):
    monkeypatch.setattr("corpus.store.derived.PAGE", 2)
    for number in (5, 3, 1, 4, 2):
        save(store, letter(number), "1")
    save(store, letter(6, source_file="letter-00003.pdf"), "1")
    found = list(documents(store))
    assert [d.document_id for d in found] == ["d1", "d2", "d3", "d6", "d4", "d5"]
    assert tables_of(found) == tables_of([letter(6, source_file="letter-00003.pdf"), *map(letter, range(1, 6))])


def test_saving_again_replaces_and_keeps_nothing_of_the_old(store, letter):
    save(store, letter(), "1")
    save(store, letter(recommendations=(), codings=(), responses=()), "2")
    assert list(documents(store)) == [letter(recommendations=(), codings=(), responses=())]
    assert count(store) == {"documents": 1, "recommendations": 0, "to_review": 0}


def test_a_file_has_one_document(store, letter):
    save(store, letter(), "1")
    save(store, letter(document_id="other"), "2")
    assert [d.document_id for d in documents(store)] == ["other"]


def test_answers_are_stored_by_themselves(store, letter):
    save(store, letter(), "1")
    answered = letter(answered_by=(("r1", "d2", "r2"),))
    save_answers(store, [answered], "1")
    assert documents_by_id(store, ["d1", "absent"]) == {"d1": answered}


def test_only_what_another_version_made_is_stale(store, letter):
    names = {"1": "letter-00001.pdf", "2": "letter-00002.pdf", "3": "letter-00003.pdf", "twin": "zz-twin.pdf"}
    see(store, "kamer", [Seen(Item(one, name=name), "", "") for one, name in names.items()], [], "kamer", "")
    for one in names:
        attach_file(store, "kamer", one, f"{1 if one == 'twin' else int(one):064x}", 10)
    save(store, letter(1), "2")
    save(store, letter(2), "1")
    assert stale(store, "2") == [(f"{2:064x}", "letter-00002.pdf"), (f"{3:064x}", "letter-00003.pdf")]


def test_the_migrations_make_what_the_schema_says(store):
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_a_store_of_a_newer_program_is_left_alone(store, database_url, tmp_path):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"made by a newer opvolging \(schema 9999"):
        open_store(tmp_path, database_url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "not a database URL that can be used"),
        ("postgresql://user:secret@127.0.0.1:1/x", r"cannot open postgresql://user:\*\*\*@127.0.0.1:1/x"),
        ("sqlite:////nowhere/at/all.sqlite", "cannot open sqlite"),
    ],
)
def test_a_store_that_cannot_be_opened_says_so_in_one_line(tmp_path, url, message):
    with pytest.raises(StoreError, match=message) as caught:
        open_store(tmp_path, url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
