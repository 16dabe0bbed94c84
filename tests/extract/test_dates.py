"""Moments as periods, by the calendar of the coding scheme."""

from datetime import date

import pytest

from extract.commitments import promised
from extract.dates import find_moments, parse_date

WRITTEN = date(2022, 3, 10)
MOMENTS = [
    ("medio 2022", "2022-06-01", "2022-08-31"),
    ("begin volgend jaar", "2023-01-01", "2023-03-31"),
    ("eind 2022", "2022-10-01", "2022-12-31"),
    ("voorjaar van 2023", "2023-03-01", "2023-05-31"),
    ("najaar 2022", "2022-09-01", "2022-11-30"),
    ("uiterlijk 1 oktober", "2022-03-10", "2022-10-01"),
    ("vóór 1 juli 2022", "2022-03-10", "2022-06-30"),
    ("vóór de zomer", "2022-03-10", "2022-06-30"),
    ("15 maart", "2022-03-15", "2022-03-15"),
    ("januari", "2023-01-01", "2023-01-31"),
    ("derde kwartaal", "2022-07-01", "2022-09-30"),
    ("eerste helft van 2023", "2023-01-01", "2023-06-30"),
    ("binnen zes maanden", "2022-03-10", "2022-09-10"),
    ("over twee weken", "2022-03-10", "2022-03-24"),
    ("nog dit jaar", "2022-03-10", "2022-12-31"),
    ("volgend jaar", "2023-01-01", "2023-12-31"),
    ("in 2024", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("words", "first", "last"), MOMENTS)
def test_moments(words, first, last):
    (moment,) = find_moments(f"De regeling is {words} gereed.", WRITTEN)
    assert (str(moment.first), str(moment.last)) == (first, last)


@pytest.mark.parametrize("text", ["de motie van het lid Jansen", "artikel 12, derde lid", "€ 2.024 per jaar", ""])
def test_no_moment(text):
    assert find_moments(text, WRITTEN) == []


def test_a_span_is_the_words():
    text = "Uiterlijk 1 oktober en medio 2023 volgt meer."
    assert [text[m.start : m.end].strip() for m in find_moments(text, WRITTEN)] == ["Uiterlijk 1 oktober", "medio 2023"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("Den Haag, 14 maart 2023", date(2023, 3, 14)), ("14-03-2023", date(2023, 3, 14)), ("31 april 2023", None), ("maart", None)],
)  # fmt: skip
def test_full_dates(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("Ik informeer uw Kamer voor de zomer over de uitkomsten.", [("2022-03-10", "2022-06-30")]),
        ("De regeling treedt op 1 juli 2022 in werking.", [("2022-07-01", "2022-07-01")]),
        ("In februari heeft de directie een plan vastgesteld.", []),
        ("Zoals toegezegd in de brief van 1 mei 2022 doe ik dit.", []),
        ("De regeling trad op 1 juli 2021 in werking.", []),
        ("Deze aanbeveling neem ik over.", []),
    ],
)
def test_promises(sentence, periods):
    assert [(str(m.first), str(m.last)) for m in promised(sentence, WRITTEN)] == periods
