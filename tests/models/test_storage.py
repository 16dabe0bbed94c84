"""Models on disk: nothing but scikit-learn is loaded, a missing one says what to do, the shipped ones work."""

from __future__ import annotations

import pytest
import skops.io

from corpus.records import Heard, Pair
from extract.answers import answer_of
from models.storage import FOLDER, PARTS, ModelError, describe, load, save
from tests.models.tiny import models


class Foreign:
    """A type that no model of ours has."""


def test_a_foreign_type_is_refused(tmp_path):
    save(models(), tmp_path)
    skops.io.dump({"linear": Foreign()}, tmp_path / "linker.skops")
    with pytest.raises(ModelError, match=r"linker\.skops holds .*Foreign, which no model of opvolging has"):
        load(tmp_path)


def test_a_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelError, match="run 'opvolging train'"):
        load(tmp_path / "nowhere")


def test_a_broken_model_says_what_to_do(tmp_path):
    save(models(), tmp_path)
    (tmp_path / "coder.skops").write_bytes(b"no archive")
    with pytest.raises(ModelError, match="run 'opvolging train'"):
        load(tmp_path)


def test_a_model_with_other_parts_says_what_to_do(tmp_path):
    save(models(), tmp_path)
    skops.io.dump({"weights": [1.0]}, tmp_path / "coder.skops")
    with pytest.raises(ModelError, match="run 'opvolging train'"):
        load(tmp_path)


def test_the_shipped_models():
    found = load()
    assert found.card["documents"] >= 50 and found.card["examples"] >= 1000
    assert str(found.card["documents"]) in describe(found.card)
    assert {"wv", "wz"}.isdisjoint(found.card["authors"]), "a held-out writer was learned from"
    assert found.card["figures"]["answers"] > 2000
    assert set(found.card["libraries"]) == {"scikit-learn", "numpy", "scipy", "skops"}
    clear = {"Deze aanbeveling neem ik over.": "adopted", "Deze aanbeveling neem ik niet over.": "rejected"}
    judged = found.coder.judge([answer_of("Stel een norm vast.", text) for text in clear])
    assert [j.status for j in judged] == list(clear.values())


def test_every_part_is_stored():
    assert {p.stem for p in FOLDER.glob("*.skops")} == set(PARTS)


def test_the_linker_gives_probabilities():
    from extract.linking import FEATURES

    said = "Deze aanbeveling neem ik over."
    heard = [Heard(k, said, ((0, len(said)),)) for k in range(2)]
    pairs = [Pair(1, k, (float(k),) * len(FEATURES)) for k in range(2)]
    assert [0 <= p <= 1 for p in load().ties(pairs, heard)] == [True, True]
    assert load().ties([], heard) == []
