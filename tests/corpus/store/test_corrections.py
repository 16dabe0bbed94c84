"""What people correct stands beside what the program found, and wins."""

from __future__ import annotations

import dataclasses
import json

import pytest

from corpus.records import Document, Source
from corpus.store import (
    Correction,
    StoreError,
    add_correction,
    apply,
    corrections,
    documents,
    save,
    unattached,
    undo_correction,
)
from corpus.tables import tables_of


@pytest.fixture
def letter(make_letter) -> Document:
    return make_letter()


def change(field: str, value: str, **more) -> Correction:
    return Correction("change", "d1", "r1", "Anna", field, new_value=value, **more)


def row(document: Document, *made: Correction) -> dict:
    (found,) = tables_of(apply([document], made))["recommendations"]
    return found


def test_a_correction_comes_back_as_it_was_made(store):
    made = change(
        "status", "rejected", old_value="adopted", note="zie p. 2", page=2, sources=(Source(4, 0, 21),), blind=True
    )
    stored = add_correction(store, made)
    assert corrections(store, "d1") == [stored]
    assert dataclasses.replace(stored, correction_id="", made_at="") == made
    assert corrections(store, "d2") == []


def test_a_correction_wins_and_the_row_knows_it(letter):
    found = row(letter, change("status", "rejected"), change("addressee", "de minister"))
    assert (found["status"], found["addressee"]) == ("rejected", "de minister")
    assert (found["corrected"], found["corrected_by"]) == ("status;addressee", "Anna")
    assert (found["confidence"], found["needs_review"]) == (1.0, False)


def test_the_later_of_two_corrections_wins(letter):
    assert row(letter, change("status", "rejected"), change("status", "deferred"))["status"] == "deferred"


def test_accepting_changes_no_value_but_ends_the_review(letter):
    found = row(letter, Correction("accept", "d1", "r1", "Anna"))
    assert (found["status"], found["corrected"], found["needs_review"]) == ("adopted", "accepted", False)


def test_deleting_leaves_nothing_that_points_to_it(letter):
    (left,) = apply([letter], [Correction("delete", "d1", "r1", "Anna")])
    assert (left.recommendations, left.codings) == ((), ())
    assert [r.recommendation_ids for r in (*left.responses, *left.commitments)] == [(), ()]


def test_adding_gives_a_row_that_can_be_corrected_further(store, letter):
    new = {"status": "deferred", "addressee": "de Kamer"}
    missed = Correction("add", "d1", "", "Anna", new_value=json.dumps(new), snapshot="Leid op.", page=3)
    added = add_correction(store, missed)
    add_correction(store, Correction("change", "d1", added.recommendation_id, "Bert", "status", new_value="adopted"))
    found = tables_of(apply([letter], corrections(store)))["recommendations"][1]
    assert (found["text"], found["page"], found["ordinal"]) == ("Leid op.", 3, 2)
    assert (found["status"], found["addressee"]) == ("adopted", "de Kamer")
    assert (found["corrected"], found["corrected_by"]) == ("added;status", "Bert")


def test_a_correction_follows_a_recommendation_whose_words_changed_a_little(letter):
    (old,) = letter.recommendations
    later = dataclasses.replace(old, recommendation_id="r9", text="Zorg voor ‘toezicht’")
    again = dataclasses.replace(
        letter,
        recommendations=(later,),
        codings=(dataclasses.replace(letter.codings[0], recommendation_id="r9"),),
    )
    made = change("status", "rejected", snapshot=old.text)
    assert row(again, made)["status"] == "rejected"
    assert unattached(again, [made]) == []


def test_a_correction_that_fits_nothing_is_kept_and_told(store, letter):
    made = add_correction(
        store, dataclasses.replace(change("status", "rejected"), recommendation_id="gone", snapshot="Iets")
    )
    assert row(letter, made)["corrected"] == ""
    assert unattached(letter, [made]) == [made]
    assert corrections(store) == [made]


def test_undoing_keeps_the_correction_but_it_counts_no_longer(store, letter):
    made = add_correction(store, change("status", "rejected"))
    undo_correction(store, made.correction_id, "Bert")
    assert corrections(store) == []
    assert [c.undone_by for c in corrections(store, undone=True)] == ["Bert"]
    with pytest.raises(StoreError, match=r"no correction \w+ that can be undone"):
        undo_correction(store, made.correction_id, "Bert")


def test_a_new_run_overwrites_no_correction(store, letter):
    save(store, letter, "1")
    add_correction(store, change("status", "rejected"))
    save(store, letter, "2")
    (found,) = tables_of(apply(documents(store), corrections(store)))["recommendations"]
    assert found["status"] == "rejected"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Correction("alter", "d1", "r1", "Anna"), "no such kind of correction: alter"),
        (change("colour", "red"), "colour cannot be corrected; these can: text"),
        (change("page", "three"), "page is a page number, not 'three'"),
        (Correction("add", "d1", "", "Anna"), "needs its text, as snapshot"),
        (Correction("add", "d1", "", "Anna", snapshot="x", new_value='{"colour": 1}'), "cannot be given: colour"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(store, wrong, message):
    with pytest.raises(StoreError, match=message):
        add_correction(store, wrong)
