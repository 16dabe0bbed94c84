"""Commitments of a whole document, with their places."""

from datetime import date

from extract.commitments import find_commitments
from tests.extract.documents import outline

TEXT = """P Ik informeer uw Kamer voor de zomer over de uitkomsten. Dat is nodig.
H1 Vóór 1 juli 2022
B De regeling treedt op 1 juli 2022 in werking.
P In februari heeft de directie een plan vastgesteld."""


def test_promises_in_reading_order():
    made = outline(TEXT)
    found = find_commitments(made, (), date(2022, 3, 10))
    assert [(p.block, p.moment.text, str(p.moment.last)) for p in found] == [
        (0, "voor de zomer", "2022-06-30"),
        (2, "1 juli 2022", "2022-07-01"),
    ]
    assert [made.blocks[p.block].text[p.start : p.end] for p in found] == [p.text for p in found]


def test_without_a_day_of_writing_none_are_found():
    assert find_commitments(outline(TEXT), (), None) == []


def test_by_the_year_only_moments_with_a_year_count():
    found = find_commitments(outline(TEXT), (), date(2022, 1, 1), exact=False)
    assert [p.moment.text for p in found] == ["1 juli 2022"]
