"""What is said to one recommendation in a passage that speaks of several."""

from corpus.records import Metadata, Pair, Recommendation, Source
from extract.answers import specific_text
from extract.document import Extraction, likeliest, link
from extract.passages import Passage
from extract.references import find_references
from tests.extract.documents import outline

ASKED = {
    1: "Verhoog het aantal controles in de haven van Rotterdam",
    2: "Stel een landelijk register van vergunninghouders in",
}


def recommendations(numbers=("", "")):
    return [Recommendation(f"r{o}", o, t, 1, (Source(o, 0, len(t)),), n) for (o, t), n in zip(ASKED.items(), numbers, strict=True)]


def passage(text, numbers=("", "")):
    return Passage(9, 0, len(text), text, {}, tuple(find_references(text, recommendations(numbers))))


def test_sentences_go_to_the_recommendation_whose_words_they_have():
    said = "De controles in de haven gaan dit jaar van 40 naar 60. Daarvoor is geld. Een register van vergunninghouders komt er niet. Dat is te duur."
    assert specific_text(1, passage(said), ASKED) == "De controles in de haven gaan dit jaar van 40 naar 60. Daarvoor is geld."
    assert specific_text(2, passage(said), ASKED) == "Een register van vergunninghouders komt er niet. Dat is te duur."


def test_numbers_go_before_words():
    said = "Aanbeveling II over de haven neem ik over. Aanbeveling I over het register van vergunninghouders niet."
    assert specific_text(1, passage(said, ("I", "II")), ASKED) == "Aanbeveling I over het register van vergunninghouders niet."


def test_a_passage_for_one_stays_whole():
    said = "De controles in de haven gaan omhoog. Een register van vergunninghouders bestaat al."
    assert specific_text(1, passage(said), {1: ASKED[1]}) == said


def test_links_keep_what_is_likely_and_the_best_of_what_is_not():
    places = tuple(passage("Een zin.") for _ in range(3))
    pairs = tuple(Pair(o, j, ()) for o in (1, 2) for j in range(3))
    found = Extraction("d", Metadata(), outline("P Een zin."), tuple(recommendations()), places, pairs)
    chances = [0.9, 0.52, 0.1, 0.3, 0.2, 0.1]
    assert [(x.ordinal, x.passage) for x in link(found, chances)] == [(1, 0), (1, 1), (2, 0)]
    assert likeliest(found, chances) == {1: 0.9, 2: 0.3}
    assert link(found, [0.2] * 6) == []
