"""The tables from the store, streamed, are those that corpus.tables makes of the same documents in one go."""

from __future__ import annotations

import dataclasses

from corpus.store import Correction, add_correction, apply, corrections, documents, save, tables
from corpus.tables import tables_of


def all_rows(store) -> dict[str, list[dict]]:
    return {name: list(rows) for name, rows in tables(store).items()}


def pair(make_letter) -> list:
    """A letter d1 and a report d2 whose recommendation it answers."""
    letter = make_letter(1)
    report = make_letter(2, codings=(), responses=(), answered_by=(("r2", "d1", "r1"),))
    return [letter, dataclasses.replace(report, metadata=dataclasses.replace(report.metadata, kind="report"))]


def test_the_rows_are_those_of_the_documents(store, make_letter, monkeypatch):
    monkeypatch.setattr("corpus.store.rows.PAGE", 1)
    for document in pair(make_letter):
        save(store, document, "1")
    rows = all_rows(store)
    assert rows == tables_of(pair(make_letter))
    assert [row["letter_document_id"] for row in rows["recommendations"]] == ["", "d1"]


def test_corrections_are_in_every_table(store, make_letter):
    for document in pair(make_letter):
        save(store, document, "1")
    add_correction(store, Correction("change", "d1", "r1", "Anna", "status", new_value="rejected"))
    assert all_rows(store) == tables_of(apply(documents(store), corrections(store)))
    assert [row["status"] for row in all_rows(store)["recommendations"]] == ["rejected", "rejected"]


def test_an_answer_goes_with_the_recommendation_that_a_person_struck(store, make_letter):
    for document in pair(make_letter):
        save(store, document, "1")
    add_correction(store, Correction("delete", "d1", "r1", "Anna"))
    rows = all_rows(store)
    assert [(row["document_id"], row["status"]) for row in rows["recommendations"]] == [("d2", "")]
    assert [row["recommendation_ids"] for row in rows["responses"]] == [""]
    assert [row["recommendations"] for row in rows["documents"]] == [0, 1]


def test_an_answer_goes_with_the_letter_that_was_replaced(store, make_letter):
    save(store, pair(make_letter)[1], "1")
    assert [row["letter_document_id"] for row in all_rows(store)["recommendations"]] == [""]
