"""A store with letters for the tests of the review page: real PDFs, read by the real reader, with made-up results."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from corpus.records import Coding, Document, Metadata, Reading, Recommendation, Response
from corpus.store import Store, open_store, save
from extract.reading import read_pdf
from flows.review.places import Text, page_of

EVIL = "<script>document.title='kwaad'</script>"
ASKS = (
    "Zorg dat elke vergunning voor de opslag van chemische stoffen om de drie jaar wordt herzien.",
    f"Leg vast wie in de nacht beslist over het openen van de noodopvang {EVIL} en oefen dat elk kwartaal.",
    "Maak de meldplicht voor bijna-ongevallen ook van toepassing op uitzendkrachten.",
)
ANSWERS = (
    "De eerste aanbeveling neem ik over. In het voorjaar treedt een wijziging van het besluit in werking.",
    "Of een vaste beslisser in de nacht nodig is, zal ik met de veiligheidsregio's bezien.",
    "Voor een ruimere meldplicht zie ik geen aanleiding, want de bestaande regels volstaan.",
)
MISSED = "Het verdient aanbeveling dat de regio's hun rampenplannen jaarlijks met de ziekenhuizen bespreken."
CODES = (("adopted", "agree", "new", "neem ik over"), ("deferred", "neutral", "study", "zal ik met"),
         ("rejected", "disagree", "existing", "zie ik geen aanleiding"))  # fmt: skip


def letter_pdf(n: int) -> bytes:
    """A letter of two pages: what is recommended, then the answers."""
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    body.spaceAfter = 14
    escape = str.maketrans({"<": "&lt;", ">": "&gt;"})
    parts = [Paragraph(f"Reactie op het onderzoek naar de noodopvang {n}", styles["Heading1"])]
    parts += [Paragraph("Met deze brief reageer ik op het rapport van de Inspectie Justitie en Veiligheid.", body)]
    parts += [Paragraph(f"{i}. {ask.translate(escape)}", body) for i, ask in enumerate(ASKS, 1)]
    parts += [Paragraph(MISSED, body), PageBreak()]
    parts += [Paragraph(answer, body) for answer in ANSWERS]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1, title=f"brief {n}").build(parts)
    return out.getvalue()


def document(reading: Reading, n: int) -> Document:
    """What a program could have made of the letter: the last recommendation is missed, the second in doubt."""
    text = Text(reading.blocks)
    recommendations, responses, codings = [], [], []
    for i, (ask, answer, code) in enumerate(zip(ASKS, ANSWERS, CODES, strict=True), 1):
        asked, answered = text.find(ask), text.find(answer)
        rid, at = f"r{n}-{i}", page_of(reading.blocks, answered)
        recommendations.append(
            Recommendation(
                rid, i, ask, page_of(reading.blocks, asked), asked, str(i), "", "Inspectie JenV", "Noodopvang"
            )
        )
        responses.append(Response(f"p{n}-{i}", answer, at, answered, (rid,), "ordinal", code[1], code[2], code[0], 0.9))
        codings.append(Coding(rid, *code[:3], 0.95 - i * 0.1 - n * 0.001, i == 2, code[3], answer, at))
    return Document(
        f"d{n}", f"brief-{n}.pdf", reading.sha256, "ok", pages=len(reading.pages),
        metadata=Metadata("letter", f"Reactie {n}", "2024-05-01", "N. Voorbeeld", "Justitie", "Inspectie"),
        recommendations=tuple(recommendations), responses=tuple(responses), codings=tuple(codings),
    )  # fmt: skip


def fill(store: Store, letters: int = 2) -> list[Document]:
    """Put so many letters into the store, as a run does; also anew."""
    made = []
    for n in range(1, letters + 1):
        data = letter_pdf(n)
        store.files.put(data)
        made.append(document(read_pdf(data), n))
        save(store, made[-1], version="test")
    return made


def new_store(home: Path, letters: int = 2) -> Store:
    """A filled store in a folder."""
    store = open_store(home)
    fill(store, letters)
    return store
