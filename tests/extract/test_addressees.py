"""Who is named as the one to act: parties, and where a sentence or a heading names them."""

import re

import pytest

from extract.recommendations.addressees import (
    addressee_in,
    noted_after,
    only_party,
    party_of_heading,
    subject_of_clause,
)
from extract.recommendations.parties import is_party, party_at
from tests.extract.documents import found

OWN = re.compile(r"inspectie|Inspectie van de haven", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("havenbeheerders elk jaar hun kranen laten keuren", "havenbeheerders"),
        ("de Minister van Landbouw, Natuur en Voedselkwaliteit en de Minister van Financiën", None),
        ("de Dienst Justitiële Inrichtingen (DJI) bij elk vervoer", "de Dienst Justitiële Inrichtingen (DJI)"),
        ("het Verbond van Verzekeraars een norm", "het Verbond van Verzekeraars"),
        ("alle kleine gemeenten samen", "alle kleine gemeenten"),
        ("TNO de metingen verzamelt", "TNO"),
        ("provincies, waterschappen en gemeenten", None),
        ("het college van procureurs-generaal", "het college"),
        ("de telefoon", ""),
        ("Vervolgens", ""),
        ("de achterstand bij de NVWA", ""),
    ],
)
def test_a_party(text, party):
    assert party_at(text) == (text if party is None else party)


def test_a_party_and_no_more():
    assert is_party("De minister van OCW")
    assert not is_party("Gemeenten in beeld")
    assert not is_party("")


@pytest.mark.parametrize(
    ("clause", "party"),
    [
        ("banken geen kosten meer rekenen voor een vordering", "banken"),
        ("Hogescholen schaffen de toets af", "Hogescholen"),
        ("zorgkantoren zouden hierover afspraken moeten maken", "zorgkantoren"),
        ("RIVM: schat hoeveel mensen ziek worden", "RIVM"),
        ("gemeenten te verplichten om elk jaar te tellen", ""),
        ("scholen worden beter bekostigd", ""),
        ("de norm te herzien", ""),
        ("de inspectie vaker onaangekondigd meet", ""),
    ],
)
def test_the_subject_of_a_clause(clause, party):
    assert subject_of_clause(clause, OWN) == party


@pytest.mark.parametrize(
    ("heading", "party"),
    [("5.3 Gemeenten", "Gemeenten"), ("Voor werkgevers", "werkgevers"), ("De minister van OCW", "De minister van OCW"), ("Gemeenten in beeld", "")],
)  # fmt: skip
def test_a_heading_that_is_a_party(heading, party):
    assert party_of_heading(heading) == party


@pytest.mark.parametrize(
    ("lead", "party"),
    [
        ("De korpschef bevelen wij aan ", "De korpschef"),
        ("Gemeenten krijgen de raad om ", "Gemeenten"),
        ("De inspectie adviseert om ", ""),
    ],
)
def test_the_party_that_comes_first(lead, party):
    assert addressee_in(lead, OWN) == party


def test_the_only_party_of_a_lead():
    assert only_party("Op gemeenten doet de inspectie een beroep om ", OWN) == "gemeenten"
    assert only_party("De inspectie spreekt met gemeenten en zegt dat het Rijk ", OWN) == ""


def test_a_note_after_the_recommendation():
    text = "Een register van kranen (aan de havenbeheerders)."
    assert noted_after(text, text.index(" (")) == "de havenbeheerders"


def test_headings_of_labels_keep_the_party_above_them():
    text = """H1 Aanbevelingen
    H2 Voor werkgevers
    H2 Aanbeveling 1. Een plan
    N 1 Beschrijf per functie het gewicht dat wordt getild.
    H2 Aanbeveling 2. Een plek
    N 2 Richt een meldpunt in voor iedereen die in de haven werkt."""
    assert {to for _, to, _ in found(text, "report")} == {"werkgevers"}


def test_a_heading_for_others_names_nobody():
    text = """H1 Aanbevelingen
    H2 Aan anderen
    N 1 Beschrijf per functie het gewicht dat wordt getild.
    N 2 Richt een meldpunt in voor iedereen die in de haven werkt."""
    assert [to for _, to, _ in found(text, "report")] == ["", ""]
