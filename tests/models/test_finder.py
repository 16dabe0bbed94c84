"""Which units are taken, and where the recommendation in them begins and ends."""

from dataclasses import replace

from models.finder import taken
from tests.models.tiny import OTHER, STATED, models, unit


def units(*forms: str, rule: bool = False):
    made = [unit("Stel een norm vast", form) for form in forms]
    return [replace(u, values=u.values | {"rule": 1.0}) for u in made] if rule else made


def test_a_sentence_beside_a_list_must_be_surer():
    found = units("item", "item", "item", "sentence", rule=True)
    assert taken(found, [0.6, 0.6, 0.6, 0.55]) == [0, 1, 2]
    assert taken(found, [0.6, 0.6, 0.6, 0.65]) == [0, 1, 2, 3]
    assert taken(found, [0.6, 0.6, 0.3, 0.55]) == [0, 1, 3]


def test_an_item_beside_a_list_must_be_likely():
    found = units("item", "item", "item", "item", rule=True)
    assert taken(found, [0.6, 0.6, 0.6, 0.45]) == [0, 1, 2]
    assert taken(found, [0.6, 0.6, 0.45, 0.45]) == [0, 1, 2, 3]


def test_a_letter_in_which_no_rule_saw_anything_needs_five():
    assert taken(units(*["sentence"] * 6), [0.9, 0.9, 0.9, 0.9, 0.59, 0.59]) == []
    assert taken(units(*["sentence"] * 6), [0.9, 0.9, 0.9, 0.9, 0.6, 0.5]) == [0, 1, 2, 3, 4, 5]
    assert taken(units("sentence", rule=True), [0.45]) == [0]
    assert taken([], []) == []


def test_what_was_learned_is_found_and_cut():
    found = [unit(t, "sentence", "section:") for t in (*STATED, *OTHER)]
    chances = models().finder.probabilities(found)
    assert min(chances[:2]) > max(chances[2:])
    assert models().finder.probabilities([]) == []
    start, end = models().cutter.cut(found[0])
    assert STATED[0][start:end] == "een norm vast te stellen"
