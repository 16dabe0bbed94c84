"""How a letter points at recommendations."""

import pytest

from corpus.records import Recommendation, Source
from extract.references import find_references, same_addressee

FIVE = tuple(
    Recommendation(f"r{n}", n, f"Aanbeveling {n}", 1, (Source(0, 0, 1),), str(n), "de KMar" if n < 4 else "de minister") for n in range(1, 6)
)  # fmt: skip
CASES = [
    ("Aanbeveling 2 neem ik over.", [((2,), "number")]),
    ("Aanbevelingen 1, 3 en 5 neem ik over.", [((1, 3, 5), "number")]),
    ("Aanbeveling 2 tot en met 4 volg ik op.", [((2, 3, 4), "number")]),
    ("Ad 4", [((4,), "number")]),
    ("De vijfde aanbeveling volg ik niet.", [((5,), "ordinal")]),
    ("De eerste twee aanbevelingen omarm ik.", [((1, 2), "ordinal")]),
    ("De laatste aanbeveling wijs ik af.", [((5,), "ordinal")]),
    ("De aanbevelingen aan de KMar neem ik over.", [((1, 2, 3), "group")]),
    ("Alle aanbevelingen neem ik over, met uitzondering van aanbeveling 3.", [((1, 2, 3, 4, 5), "group"), ((3,), "except")]),
    ("Deze aanbeveling neem ik over.", [((), "this")]),
    ("Aanbeveling 9 bestaat niet.", []),
    ("De motie neem ik over.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_references(text, expected):
    assert [(r.ordinals, r.kind) for r in find_references(text, FIVE)] == expected


def test_printed_numbers_count_not_places():
    lettered = tuple(
        Recommendation(f"r{n}", n, "", 1, (Source(0, 0, 1),), number) for n, number in enumerate(("1a", "1b", "2"), 1)
    )
    assert [r.ordinals for r in find_references("Aanbeveling 1 en aanbeveling 2.", lettered)] == [(1, 2, 3)]
    assert [r.ordinals for r in find_references("Aanbeveling 1b.", lettered)] == [(2,)]


def test_without_recommendations_nothing_is_pointed_at():
    assert find_references("Aanbeveling 1", ()) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("de KMar", "KMar", True), ("mij", "ik", True), ("de politie", "de KMar", False), ("de minister", "de minister van Defensie", True)],
)  # fmt: skip
def test_addressees(a, b, same):
    assert same_addressee(a, b) is same


def test_bare_roman_numbers_and_counted_groups():
    def heard(text, numbers):
        made = [Recommendation(f"r{k}", k, f"Norm {k}", 1, (Source(k, 0, 6),), n) for k, n in enumerate(numbers, 1)]
        return [(r.kind, r.ordinals) for r in find_references(text, made)]

    roman = ["I", "II", "III", "IV"]
    assert heard("Bij I, III en IV stuit ik op een grens.", roman) == [("number", (1, 3, 4))]
    assert heard("Het dossier openen (II) kan niet.", roman) == [("number", (2,))]
    assert heard("Karel I, II en VIII waren koningen.", roman) == []
    assert heard("Voor a en c geldt het volgende.", ["a", "b", "c"]) == [("number", (1, 3))]
    assert heard("Alle vier de punten hebben een eigenaar.", [""] * 4) == [("group", (1, 2, 3, 4))]
    assert heard("Alle zes de punten hebben een eigenaar.", [""] * 4) == []


def test_an_indefinite_group_is_those_whose_words_follow():
    texts = (
        "Leg kennis en ervaring van rechercheurs vast",
        "Publiceer jaarlijks een verslag",
        "Werk samen met Europol en het LIRC",
        "Stel een norm vast",
    )
    made = [Recommendation(f"r{k}", k, t, 1, (Source(k, 0, 6),)) for k, t in enumerate(texts, 1)]
    said = "Op een aantal aanbevelingen wordt al ingespeeld: kennis en ervaring blijven behouden, en met Europol en het LIRC is een akkoord."
    assert [(r.kind, r.ordinals) for r in find_references(said, made)] == [("number", (1, 3))]
    assert find_references("Op een aantal aanbevelingen wordt al ingespeeld.", made) == []
