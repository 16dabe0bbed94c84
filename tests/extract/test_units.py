"""The pieces that may state a recommendation, and what becomes of those that the models choose."""

from corpus.records import Clause
from extract.recommendations import addressed, candidates
from extract.recommendations.chosen import chosen
from extract.recommendations.units import units
from tests.extract.documents import context_of

LETTER = """P De Inspectie Justitie en Veiligheid (hierna: de Inspectie) heeft het rapport «Aan de grens» uitgebracht, met aanbevelingen.
H1 Aanbeveling 2
P De Inspectie zou graag zien dat de minister een landelijke norm vaststelt. Dat is een goed idee.
B stel een register in
T Punt | Reactie
T Oefen het noodplan elk jaar | Dit neem ik over."""


def seen():
    context = context_of(LETTER)
    by_rules = candidates(context)
    return context, units(context, by_rules), by_rules


def test_every_sentence_item_heading_and_cell_is_a_unit():
    context, found, _ = seen()
    texts = [(u.form, context.outline.blocks[u.block].text[u.start : u.end]) for u in found]
    assert texts[1:] == [
        ("heading", "Aanbeveling 2"),
        ("sentence", "De Inspectie zou graag zien dat de minister een landelijke norm vaststelt."),
        ("sentence", "Dat is een goed idee."),
        ("item", "stel een register in"),
        ("cell", "Oefen het noodplan elk jaar"),
        ("cell", "Dit neem ik over."),
    ]
    assert all(context.outline.blocks[u.block].text[s:e] for u in found for _, s, e in u.tokens)
    assert "ISSUER" in {w for w, _, _ in found[2].tokens}


def made(text, where):
    """The candidate that comes of choosing the unit with this text, cut to `where`."""
    context, found, by_rules = seen()
    k = next(k for k, u in enumerate(found) if text in context.outline.blocks[u.block].text[u.start : u.end])
    whole = context.outline.blocks[found[k].block].text
    start = whole.index(where)
    return addressed(context, chosen(context, found, [Clause(k, start, start + len(where), 0.9)], by_rules))


def test_a_chosen_sentence_gets_its_number_and_its_addressee():
    (c,) = made("zou graag", "de minister een landelijke norm vaststelt")
    assert (c.text, c.form, c.sure) == ("de minister een landelijke norm vaststelt", "prose", 0.9)
    assert c.addressee == "de minister"


def test_a_chosen_cell_is_a_table_row():
    (c,) = made("noodplan", "Oefen het noodplan elk jaar")
    assert (c.form, c.text) == ("table", "Oefen het noodplan elk jaar")


def test_the_same_thing_said_twice_is_kept_once():
    context, found, by_rules = seen()
    twice = [Clause(k, found[k].start, found[k].end, 0.9) for k in (4, 4)]
    assert len(chosen(context, found, twice, by_rules)) == 1
