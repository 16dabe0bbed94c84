"""The selection against real titles, read from ../shared; here are only their identities and what a reader said.

The reader (one, who wrote the rules afterwards) answered 'yes' when a document can hold recommendations of an
inspectorate, audit body, ombudsman, safety board or research body, or the government's answer to recommendations:
the report itself, its offering, the reaction, a progress letter. 'no': notes of civil servants, EU proposals
('Fiche'), questions and answers, annual plans and reports, lists of reports, postponements. The rules were mended
on what went wrong in the odd half; the even half is the measure.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.sources.base import Item
from corpus.sources.selection import SelectionError, load_selection

HERE = Path(__file__).parent
API = HERE.parents[3] / "shared" / "real" / "api"
KINDS = {"Rapport/brief Algemene Rekenkamer": "Brief Algemene Rekenkamer"}  # the kind of the Zaak, and of its Document


def titles() -> dict[str, Item]:
    if not API.is_dir():
        pytest.skip("../shared is not here")
    found = {}
    for name in ("documents.tsv", "zaken.tsv"):
        with open(API / name, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                kind = KINDS.get(row["Soort"], row["Soort"])
                found[row["Id"]] = Item(row["Id"], kind, title=row["Titel"], subject=row["Onderwerp"])
    return found


def scores(half: int) -> tuple[float, float, int, list[str]]:
    """Recall, precision, number of titles, and what went wrong."""
    items, rows = titles(), [line.split("\t") for line in (HERE / "annotated.tsv").read_text().splitlines()]
    assert len(rows) == 330
    wanted, taken, wrong = set(), set(), []
    for place, (identity, label) in enumerate(rows):
        if place % 2 != half:
            continue
        rule = load_selection().rule(items[identity])
        wanted |= {identity} if label == "yes" else set()
        taken |= {identity} if rule else set()
        if bool(rule) != (label == "yes"):
            wrong.append(f"{label} {rule!r}: {items[identity].subject}")
    right = wanted & taken
    return len(right) / len(wanted), len(right) / len(taken), len(rows[half::2]), wrong


def test_recall_and_precision_on_titles_that_the_rules_were_not_mended_on():
    recall, precision, count, wrong = scores(0)
    print(f"\nselection: recall {recall:.3f}, precision {precision:.3f} on {count} titles", *wrong, sep="\n  ")
    assert count == 165
    assert recall >= 0.95
    assert precision >= 0.85


def test_a_letter_is_taken_for_its_annex_but_not_against_its_own_subject():
    annex = Item("b", "Bijlage", subject="Inspectierapport 'Toezicht op de zorg'")
    plain = Item("a", "Brief regering", subject="Veiligheid in de zorg", annexes=(annex,))
    note = Item("a", "Brief regering", subject="Antwoord op vragen van het lid X", annexes=(annex,))
    selection = load_selection()
    assert [selection.rule(plain), selection.rule(note)] == ["annex: answers", ""]


def test_a_kind_that_is_not_followed_is_never_taken():
    assert load_selection().rule(Item("a", "Motie", subject="Beleidsreactie op het inspectierapport")) == ""


def test_notes_do_not_come_along():
    note = Item("b", "Bijlage", subject="Beslisnota bij Kamerbrief over het inspectierapport")
    assert not load_selection().takes_annex(note)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("follow = []\nfolow = []", "unknown or missing: always, answers, bodies, folow, never, reports"),
        ("follow = [", r"own\.toml"),
    ],
)
def test_a_selection_with_a_mistake_is_refused(tmp_path, text, message):
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(SelectionError, match=message):
        load_selection(path)
