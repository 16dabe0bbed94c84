"""The coder: trained on a tiny corpus it is the same bit for bit, and what it says is of the coding scheme."""

from __future__ import annotations

import zipfile

import pytest

from corpus.annotated import status_of
from corpus.tables import ACTIONS, POSITIONS, STATUSES
from models.coder import ALLOWED
from models.learning import Example
from models.storage import load, save
from tests.models.tiny import ANSWERS, answer, examples, models


@pytest.fixture(scope="module")
def tiny():
    return models()


@pytest.fixture(scope="module")
def again():
    return models.__wrapped__()


def test_two_trainings_are_the_same_bit_for_bit(tiny, again, tmp_path):
    save(tiny, tmp_path / "a")
    save(again, tmp_path / "b")
    for name in ("coder.skops", "linker.skops", "finder.skops", "cutter.skops"):
        first, second = arrays(tmp_path / "a" / name), arrays(tmp_path / "b" / name)
        assert len(first) >= 2
        assert first == second, name


def arrays(path):
    """The bytes of all arrays in a skops file, whose names are addresses in memory."""
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.read(name) for name in archive.namelist() if name.endswith(".npy"))


def test_two_trainings_say_the_same(tiny, again):
    given = [answer(text) for _, _, text in ANSWERS]
    assert tiny.coder.judge(given) == again.coder.judge(given)


def test_a_stored_coder_says_the_same(tiny, tmp_path):
    save(tiny, tmp_path)
    given = [answer(text) for _, _, text in ANSWERS]
    assert load(tmp_path).coder.judge(given) == tiny.coder.judge(given)
    load.cache_clear()


def test_judgements_are_of_the_scheme(tiny):
    given = [answer(text) for _, _, text in ANSWERS]
    judged = tiny.coder.judge(given)
    assert len(judged) == len(ANSWERS)
    for one, a in zip(judged, given, strict=True):
        assert status_of(one.position, one.action) == one.status
        assert 0 <= one.confidence <= 1
        assert a.text[slice(*one.evidence)] in ("", *(a.text[s:e] for s, e in a.sentences))


def test_what_was_learned_is_known(tiny):
    judged = tiny.coder.judge([answer(text) for _, _, text in ANSWERS])
    assert [(j.position, j.action) for j in judged] == [(p, a) for p, a, _ in ANSWERS]


def test_no_text_is_no_answer(tiny):
    (judgement,) = tiny.coder.judge([answer("")])
    assert (judgement.status, judgement.position, judgement.evidence) == ("unanswered", "none", (0, 0))


def test_every_code_of_the_scheme_belongs_to_its_status():
    assert set(ALLOWED) == set(STATUSES)
    pairs = [(s, p, a) for s, found in ALLOWED.items() for p, a in found]
    assert [x for x in pairs if status_of(x[1], x[2]) != x[0]] == []
    assert {p for _, p, _ in pairs} <= set(POSITIONS) and {a for *_, a in pairs} <= set(ACTIONS)


def test_examples_are_what_they_say():
    assert {type(e) for e in examples()} == {Example}
    assert [e.name for e in examples() if len(e.roles) != len(e.answer.sentences)] == []
