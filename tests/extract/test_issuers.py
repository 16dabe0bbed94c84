"""Which body made the report, and what the document calls it."""

import pytest

from extract.issuers import bodies, find_issuers, mentions
from tests.extract.documents import blocks


def test_a_name_in_a_longer_name_does_not_count():
    text = "De Inspectie Gezondheidszorg en Jeugd en de NVWA, niet de Inspectie Jeugdzorg; de nvwa niet."
    assert [name for _, name in mentions(text)] == [
        "Inspectie Gezondheidszorg en Jeugd",
        "Nederlandse Voedsel- en Warenautoriteit",
        "Inspectie Jeugdzorg",
    ]


def test_every_body_is_found_by_its_own_name():
    names = [name for name, *_ in bodies()]
    assert len(names) >= 50 and len(set(names)) == len(names)
    assert [name for name in names if [n for _, n in mentions(f"het rapport van {name} is er")] != [name]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "P De Inspectie Justitie en Veiligheid (hierna: de Inspectie) bracht een rapport uit.\nP De Inspectie ziet dit.",
            [("Inspectie Justitie en Veiligheid", ("Inspectie Justitie en Veiligheid", "Inspectie"))],
        ),
        ("P Het rapport van de Nationale ombudsman is er. De ombudsman is helder.", [("Nationale ombudsman", ("Nationale ombudsman", "ombudsman", "Ombudsman"))]),
        ("P Over de luchtvaart valt niets te melden.", []),
    ],
)  # fmt: skip
def test_who_made_the_report(text, expected):
    assert [(i.name, i.names) for i in find_issuers(blocks(text))] == expected
