"""Tesseract itself: pages that are pictures, read. What is made of its words without it stands in test_characters.py."""

import csv
import difflib
import io
import re

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.reading import ocr, read_contained, read_pdf
from flows.cli import main
from tests.extract.reading.typesetting import Look, Setter

pytestmark = pytest.mark.skipif(
    not ocr.ready(), reason="Tesseract, its Dutch model (tesseract-ocr-nld) or pytesseract is not installed here"
)
TEXT = "De inspectie heeft gezien dat het toezicht op de opslag nog lang niet af is en vraagt daarom om een plan. "
ITEMS = (
    "Stel vóór het einde van het jaar een plan op, waarin staat wie welke controles uitvoert en wanneer dat gebeurt.",
    "Leg vast hoe gemeenten en omgevingsdiensten elkaar op de hoogte brengen van gebreken.",
)


def scanned(data: bytes, turn: int = 0) -> bytes:
    """A PDF whose pages are pictures of those of `data`, as a scanner at 200 dpi makes them; `turn` is /Rotate."""
    document, out, size = pypdfium2.PdfDocument(data), io.BytesIO(), A4[::-1] if turn % 180 else A4
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in document:
        picture = page.render(scale=200 / 72).to_pil().rotate(turn, expand=True)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        canvas.showPage()
    document.close()
    canvas.save()
    return turned(out, turn) if turn else out.getvalue()


def turned(file: io.BytesIO, turn: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for page in PdfReader(file).pages:
        writer.add_page(page.rotate(turn))
    writer.write(out)
    return out.getvalue()


def typeset(look: Look | None = None) -> bytes:
    setter = Setter(look or Look(font="Times-Roman", bold="Times-Bold", size=10.5, leading=13.5))
    for number, count in ((1, 5), (2, 3)):
        setter.text(f"{number} Toezicht op de opslag", font=setter.look.bold, size=14)
        setter.text((TEXT * count).strip())
        setter.text((f"In {2020 + number} was dat niet anders. " + TEXT * 2).strip())
        for item in ITEMS:
            setter.text(item, indent=18, label="•")
    return setter.done()


def letters(blocks) -> str:
    return re.sub(r"[\W_]", "", "".join(b.number + b.text for b in blocks))


def alike(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


@pytest.fixture(scope="module")
def plain():
    return read_pdf(typeset())


@pytest.fixture(scope="module")
def picture():
    return read_pdf(scanned(typeset()))


def test_a_picture_of_a_page_gives_its_letters(plain, picture):
    assert [p.status for p in plain.pages] == ["text"]
    assert [p.status for p in picture.pages] == ["ocr"]
    assert alike(letters(plain.blocks), letters(picture.blocks)) > 0.98


def test_a_picture_of_a_page_gives_its_blocks(plain, picture):
    assert [(b.kind, b.number, b.level) for b in picture.blocks] == [(b.kind, b.number, b.level) for b in plain.blocks]
    assert [b.kind for b in picture.blocks] == ["heading", "paragraph", "paragraph", "item", "item"] * 2
    assert min(alike(a.text, b.text) for a, b in zip(plain.blocks, picture.blocks, strict=True)) > 0.95


def test_a_picture_of_a_page_gives_boxes_where_its_lines_are(plain, picture):
    ours, theirs = ([line.box for b in reading.blocks for line in b.lines] for reading in (picture, plain))
    apart = [max(abs(a - b) for a, b in zip(one, other, strict=True)) for one, other in zip(ours, theirs, strict=True)]
    assert max(apart) < 3, "points"


def test_a_turned_page_is_read_as_shown(plain):
    found = read_pdf(scanned(typeset(), turn=90))
    assert (found.pages[0].width, found.pages[0].height) == (plain.pages[0].width, plain.pages[0].height)
    assert alike(letters(plain.blocks), letters(found.blocks)) > 0.98


def test_columns_and_margins_of_a_picture_stay_apart():
    look = Look(columns=((60.0, 285.0), (310.0, 535.0)), size=9.0, leading=11.5)
    wanted, found = read_pdf(typeset(look)), read_pdf(scanned(typeset(look)))
    assert alike(letters(wanted.blocks), letters(found.blocks)) > 0.97


def test_a_worker_reads_pictures_within_its_limit_of_memory(tmp_path, picture):
    (tmp_path / "scan.pdf").write_bytes(scanned(typeset()))
    assert read_contained(tmp_path / "scan.pdf").blocks == picture.blocks


# ---- a real scan of three pages: a note to a minister, with a margin column, bullets, and a pen's marks


@pytest.fixture(scope="module")
def scan(shared):
    return read_pdf((shared / "real" / "hard" / "scan_without_text.pdf").read_bytes())


SAID = (
    "Een samenwerking van VWS, SZW, VNG, Divosa, ZN, Mondzorgalliantie en Patientenfederatie Nederland hebben de "
    "problematiek en maatregelen m.b.t. de mijding van mondzorg onderzocht. De Tweede Kamer heeft in mei 2024 het "
    "eindverslag ontvangen.",
    "Voor de korte termijn wordt geïnvesteerd in een betere inzet van de gemeentepolis, het opzetten van sociale "
    "vangnetten en betere doelgroepgerichte voorlichting. Hiervoor loopt op dit moment in 14 gemeenten een pilot, "
    "waarvoor onder andere Dokters van de Wereld een subsidie ontvangt.",
)


def test_a_scan_has_whole_paragraphs(scan):
    assert [p.status for p in scan.pages] == ["ocr"] * 3
    for said in SAID:
        assert max(alike(said, b.text) for b in scan.blocks) > 0.95
    assert sum(b.kind == "paragraph" and len(b.lines) >= 3 for b in scan.blocks) >= 4
    bullets = [b for b in scan.blocks if b.kind == "item" and b.number == "•"]
    assert len(bullets) == 5 and all(len(b.lines) >= 3 for b in bullets)


def test_a_scan_has_its_margin_apart(scan):
    text = " ".join(b.text for b in scan.blocks)
    assert not re.search(r"Langdurige Zorg|Directie Zorgverzekeringen|Kenmerk|Pagina \d", text)
    assert "Directie Zorgverzekeringen" in " ".join(b.text for b in scan.furniture)


def test_the_places_on_a_scan(scan):
    (block,) = (b for b in scan.blocks if b.text.startswith("Een samenwerking van VWS"))
    wanted = (76.6, 531.3, 443.0, 577.1)  # as measured on the picture, points
    assert block.page == 1
    assert max(abs(a - b) for a, b in zip(block.box, wanted, strict=True)) < 4


def test_run_reads_scans(shared, tmp_path):
    (tmp_path / "made.pdf").write_bytes(scanned(typeset()))
    real = shared / "real" / "hard" / "scan_without_text.pdf"
    assert main(["run", str(tmp_path / "made.pdf"), str(real), "--out", str(tmp_path / "o"), "--workers", "1"]) == 0
    with (tmp_path / "o" / "documents.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["source_file"], row["status"], row["message"], row["pages"]) for row in csv.DictReader(file)]
    assert found == [("made.pdf", "ok", "", "1"), (real.name, "ok", "", "3")]
