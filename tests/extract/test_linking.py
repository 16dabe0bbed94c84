"""Passages, what their place and words tie them to, and which links hold."""

import pytest

from corpus.records import Metadata
from extract.document import ENOUGH, SURE, Extraction, link
from extract.linking import FEATURES, pairs
from extract.passages import find_passages
from tests.extract.documents import outline, recommendations
from tests.extract.test_recommendations import LETTERS, OPENING


def taken_apart(form: str, more: str = ""):
    text = OPENING + LETTERS[form][0] + more
    made, stated = outline(text), tuple(recommendations(text))
    passages = tuple(find_passages(made, stated))
    return made, stated, passages, tuple(pairs(made, stated, passages))


@pytest.mark.parametrize(
    ("form", "places"),
    [
        ("headings", {"Deze aanbeveling neem ik over.": {1: "heading"}, "Hiertoe zie ik geen aanleiding.": {2: "heading"}}),
        ("table", {"Deze aanbeveling neem ik over.": {1: "row"}, "Dit neem ik niet over, de capaciteit ontbreekt.": {2: "row"}}),
        ("prose", {"Dat neem ik over.": {1: "statement", 2: "statement"}}),
        ("numbers", {"Aanbeveling 1 neem ik over.": {}}),
    ],
)  # fmt: skip
def test_places(form, places):
    _, _, passages, _ = taken_apart(form)
    assert {p.text: p.place for p in passages if p.text in places} == places


def test_no_passage_holds_a_statement():
    for form in LETTERS:
        _, stated, passages, _ = taken_apart(form)
        spans = {(s.block, s.start, s.end) for r in stated for s in r.sources}
        assert [p.text for p in passages for b, s, e in spans if p.block == b and s < p.end and p.start < e] == []


def test_a_number_ties_a_passage():
    _, stated, passages, found = taken_apart("numbers", "\nP Aanbeveling 2 niet.")
    assert len(found) == len(stated) * len(passages)
    assert {len(p.values) for p in found} == {len(FEATURES)}
    number = FEATURES.index("number")
    tied = {(p.ordinal, passages[p.passage].text) for p in found if p.values[number]}
    assert tied == {(1, "Aanbeveling 1 neem ik over."), (2, "Aanbeveling 2 niet.")}


def links(form: str, probability) -> set[tuple[int, str]]:
    """(ordinal, passage) of the links kept when `probability(pair, text)` is what the model says."""
    made, stated, passages, found = taken_apart(form)
    extraction = Extraction("d", Metadata("letter"), made, stated, passages, found)
    kept = link(extraction, [probability(p, passages[p.passage].text) for p in found])
    return {(x.ordinal, passages[x.passage].text) for x in kept}


def test_links_that_are_likely_are_kept():
    assert links("bullets", lambda p, text: SURE if text.startswith("Beide") else 0.0) == {
        (1, "Beide aanbevelingen neem ik over."),
        (2, "Beide aanbevelingen neem ik over."),
    }


def test_a_recommendation_without_any_takes_the_best():
    best = {1: ENOUGH + 0.05, 2: ENOUGH - 0.05}
    kept = links("numbers", lambda p, text: best[p.ordinal] if text.startswith("Aanbeveling") else 0.0)
    assert kept == {(1, "Aanbeveling 1 neem ik over.")}
