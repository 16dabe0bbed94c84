"""What a document says of itself."""

import pytest

from corpus.records import Block
from extract.metadata import find_metadata
from tests.extract.documents import reading

LETTER = """P Geachte voorzitter,
P Hierbij bied ik u het rapport «Aan de grens» van de Inspectie Justitie en Veiligheid aan.
P Hoogachtend,
P De Minister van Justitie en Veiligheid,
P D. Voorbeeld"""


def furniture(*texts: str, role: str = "address") -> tuple[Block, ...]:
    return tuple(Block("furniture", text, 1, role=role) for text in texts)


def test_a_ministry_letter():
    lines = furniture(
        "Ministerie van Justitie en Veiligheid", "Datum 14 maart 2023", "Onderwerp Reactie op «Aan de grens»"
    )
    found, issuers = find_metadata(reading(LETTER, lines))
    assert (found.kind, found.title, found.date) == ("letter", "Reactie op «Aan de grens»", "2023-03-14")
    assert (found.signatory, found.ministry) == ("D. Voorbeeld", "Ministerie van Justitie en Veiligheid")
    assert (found.issuer, found.report_title) == ("Inspectie Justitie en Veiligheid", "Aan de grens")
    assert [i.name for i in issuers] == ["Inspectie Justitie en Veiligheid"]


def test_a_printed_paper():
    lines = furniture(
        "28 638",
        "Mensenhandel",
        "Nr. 200",
        "BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID",
        "kst-28638-200",
        role="header",
    )
    found, _ = find_metadata(reading(LETTER, lines, layout="kamerstuk"))
    assert (found.kind, found.dossier, found.number) == ("letter", "28638", "200")
    assert found.ministry == "Ministerie van Justitie en Veiligheid"


@pytest.mark.parametrize(
    ("text", "lines", "layout"),
    [
        ("P Gezien het antwoord,", (), "questions"),
        ("P De Kamer,\nP gehoord de beraadslaging,", (), "kamerstuk"),
        (LETTER, furniture("MOTIE VAN HET LID JANSEN", role="header"), "kamerstuk"),
    ],
    ids=["questions", "motion", "masthead"],
)
def test_what_is_neither_letter_nor_report(text, lines, layout):
    found, issuers = find_metadata(reading(text, lines, layout))
    assert (found.kind, found.issuer, issuers) == ("", "", ())


def test_what_is_not_said_is_empty():
    found, _ = find_metadata(reading("P Geachte voorzitter,\nP Er is niets te melden."))
    assert (found.date, found.signatory, found.ministry, found.dossier, found.number) == ("", "", "", "", "")
