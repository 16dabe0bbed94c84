"""Recommendations in each form that letters and reports have, as exact lists of (number, addressee, text)."""

import pytest

from tests.extract.documents import found, recommendations

OPENING = "P De Inspectie Justitie en Veiligheid (hierna: de Inspectie) heeft het rapport «Aan de grens» uitgebracht.\n"
LETTERS = {
    "bullets": (
        """P De Inspectie beveelt de KMar aan:
        B stel voor elke post een opleidingsplan vast;
        B registreer alle signalen van mensenhandel op één plaats.
        P Beide aanbevelingen neem ik over.""",
        [("", "de KMar", "stel voor elke post een opleidingsplan vast"),
         ("", "de KMar", "registreer alle signalen van mensenhandel op één plaats")],
    ),
    "numbers": (
        """P De Inspectie doet de minister de volgende aanbevelingen:
        N 1 Leg vast wie in de nacht beslist.
        N 2 Oefen het noodplan ten minste eenmaal per jaar.
        P Aanbeveling 1 neem ik over.""",
        [("1", "de minister", "Leg vast wie in de nacht beslist"),
         ("2", "de minister", "Oefen het noodplan ten minste eenmaal per jaar")],
    ),
    "prose": (
        """P De Inspectie beveelt aan om de wachttijden van de meldkamer elk kwartaal openbaar te maken. Daarnaast adviseert
        de Inspectie de korpschef om per district een vertrouwenspersoon aan te wijzen. Dat neem ik over.""".replace("\n", " "),
        [("", "", "de wachttijden van de meldkamer elk kwartaal openbaar te maken"),
         ("", "de korpschef", "per district een vertrouwenspersoon aan te wijzen")],
    ),
    "headings": (
        """H1 Reactie op de aanbevelingen
        H2 Aanbeveling 1: Stel een landelijke norm vast voor de bezetting in de nacht
        P Deze aanbeveling neem ik over.
        H2 Aanbeveling 2: Maak de meldplicht van toepassing op onderaannemers
        P Hiertoe zie ik geen aanleiding.""",
        [("1", "", "Stel een landelijke norm vast voor de bezetting in de nacht"),
         ("2", "", "Maak de meldplicht van toepassing op onderaannemers")],
    ),
    "table": (
        """H1 Reactie op de aanbevelingen
        T Aanbeveling | Reactie
        T Stel een landelijk register van vergunningen in | Deze aanbeveling neem ik over.
        T Verhoog het aantal controles in de haven | Dit neem ik niet over, de capaciteit ontbreekt.""",
        [("", "", "Stel een landelijk register van vergunningen in"),
         ("", "", "Verhoog het aantal controles in de haven")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", LETTERS)
def test_in_letters(form):
    text, expected = LETTERS[form]
    assert found(OPENING + text) == expected


def test_in_a_report():
    text = """H1 Aanbevelingen
    P Wij bevelen de minister van Defensie aan:
    N 1 Stel een norm vast voor opslag.
    N 2 Controleer de opslag elk jaar."""
    assert found(text, "report") == [
        ("1", "de minister van Defensie", "Stel een norm vast voor opslag"),
        ("2", "de minister van Defensie", "Controleer de opslag elk jaar"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "P Wij nemen de volgende maatregelen:\nB de vloot wordt vernieuwd;\nB de vergoeding stijgt met 6 procent.",
        "P De motie van het lid Jansen verzoekt de regering om de tarieven te verlagen. Daaraan geef ik gevolg.",
        "P De Inspectie constateert het volgende:\nB op elf posten ontbrak een plan;\nB de registratie verschilt per post.",
    ],
    ids=["measures", "motion", "findings"],
)
def test_what_is_no_recommendation(text):
    assert found(OPENING + text) == []


def test_a_text_is_the_words_of_its_source():
    text = OPENING + LETTERS["prose"][0]
    lines = [line.strip()[2:] for line in text.strip().splitlines()]
    made = recommendations(text)
    assert len(made) == 2
    assert [r.text for r in made] == [lines[r.sources[0].block][r.sources[0].start : r.sources[0].end] for r in made]
