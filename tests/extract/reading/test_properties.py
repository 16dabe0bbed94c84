"""Random pages composed from blocks, typeset and read back, give the same blocks."""

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from extract.reading import read_pdf
from tests.extract.reading.typesetting import Look, Setter

WORDS = tuple(
    word
    for line in (
        "de het een van dat niet werk plan raad toezicht bedrijf gemeente wet regel jaar mens vraag antwoord verslag",
        "aanbeveling vergunning handhaving veiligheid inspecteur samenwerking in op met voor bij uit tot over zorg",
        "school water grens haven schip dier voedsel lucht energie kennis gegevens register melding termijn onderzoek",
    )
    for word in line.split()
)
LOOKS = (
    Look(header="Een kop boven elke bladzijde", footer="Blad {} van het stuk"),
    Look(columns=((60.0, 285.0), (310.0, 535.0)), size=9.0, leading=11.5, header="Raad | Jaarbericht", footer="{}"),
    Look(columns=((156.0, 530.0),), size=9.5, leading=11.6, footer="Kamer, vergaderjaar, nr. {}", bullet="–"),
    Look(columns=((96.0, 500.0),), font="Times-Roman", bold="Times-Bold", size=11.0, leading=14.0, header="Rapport"),
)

phrase = st.lists(st.sampled_from(WORDS), min_size=5, max_size=60).map(lambda w: " ".join(w).capitalize() + ".")
title = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda w: " ".join(w).capitalize())
block = st.one_of(
    st.tuples(st.just("heading"), title),
    st.tuples(st.just("paragraph"), st.lists(phrase, min_size=1, max_size=4).map(" ".join)),
    st.tuples(st.just("bullets"), st.lists(phrase, min_size=2, max_size=4)),
    st.tuples(st.just("numbers"), st.lists(phrase, min_size=2, max_size=4)),
)


def ended(setter: Setter, text: str, indent: float) -> str:
    """The text, lengthened until its last line ends well short: after a full one nobody can tell what follows."""
    look = setter.look
    width = look.columns[0][1] - look.columns[0][0] - indent
    while stringWidth(setter.wrapped(text, look.font, look.size, width)[-1], look.font, look.size) > 0.6 * width:
        text += f" Zo gaat het met {WORDS[len(text) % len(WORDS)]}."
    return text


def compose(look: Look, blocks) -> tuple[bytes, list[tuple[str, str, str]]]:
    """The PDF and the blocks that reading it should give."""
    setter, wanted = Setter(look), []
    for kind, content in blocks:
        if kind == "heading":
            setter.heading(content)
            wanted.append(("heading", "", content))
        elif kind == "paragraph":
            text = ended(setter, content, 0)
            setter.text(text)
            wanted.append(("paragraph", "", text))
        else:
            for number, item in enumerate(content, 1):
                text = ended(setter, item, 18)
                label = f"{number}." if kind == "numbers" else look.bullet
                setter.text(text, indent=18, label=label)
                wanted.append(("item", str(number) if kind == "numbers" else "•", text))
    return setter.done(), wanted


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(LOOKS), st.lists(block, min_size=6, max_size=16))
def test_what_is_set_is_read(look, blocks):
    opening = (
        "paragraph",
        " ".join(["Hier begint het stuk en dit is de eerste alinea van het geheel, die lang is."] * 4),
    )
    data, wanted = compose(replace(look), [opening, *_parted(blocks)])
    reading = read_pdf(data)
    assert [(b.kind, b.number, b.text) for b in reading.blocks] == wanted


def _parted(blocks):
    """No two headings in a row, and none at the end: stacked titles may be one title over two lines."""
    kept = [b for k, b in enumerate(blocks) if b[0] != "heading" or (k and blocks[k - 1][0] != "heading")]
    return [*kept, ("paragraph", "Aan het einde staat nog een alinea die het stuk besluit.")]
