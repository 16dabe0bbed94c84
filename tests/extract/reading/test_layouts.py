"""Pages set for the purpose, read back: each test one thing that layouts do."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract.reading import ocr, read_pdf
from tests.extract.reading.typesetting import HEIGHT, Look, Setter

TEXT = "De raad heeft gezien dat het werk nog lang niet af is en vraagt daarom om een plan met een datum erbij. "
TWO = Look(columns=((60.0, 285.0), (310.0, 535.0)), size=9.0, leading=11.5, header="Raad | Jaarbericht", footer="{}")


def kinds(reading):
    return [(b.kind, b.number, b.text) for b in reading.blocks]


def test_columns_are_read_one_after_the_other_and_joined():
    setter = Setter(TWO)
    wanted = []
    for chapter in range(1, 8):
        setter.heading(f"{chapter} Hoofdstuk")
        text = (f"In deel {chapter} staat het volgende. " + TEXT * 9).strip()
        setter.text(text)
        wanted += [("heading", str(chapter), "Hoofdstuk"), ("paragraph", "", text)]
    reading = read_pdf(setter.done())
    assert len(reading.pages) == 2
    assert kinds(reading) == wanted
    assert {b.role for b in reading.furniture} == {"header", "footer"}


def test_a_footnote_is_tied_to_its_mark():
    setter = Setter(Look())
    setter.text((TEXT * 4).strip(), note="Zie het rapport van vorig jaar.")
    setter.text((TEXT * 2).strip())
    first, second, note = read_pdf(setter.done()).blocks
    assert first.text == (TEXT * 4).strip() and second.text == (TEXT * 2).strip()
    assert first.notes == ((len(first.text), "1"),)
    assert (note.kind, note.number, note.text) == ("footnote", "1", "Zie het rapport van vorig jaar.")


def test_a_table_over_a_page_break_is_one_table_and_its_header_is_said_once():
    setter = Setter(Look())
    for _ in range(11):
        setter.text((TEXT * 3).strip())
    rows = [["Naam", "Waarde", "Bron"], *([f"rij {k}", f"waarde {k}", "boek"] for k in range(12))]
    setter.table(rows[:7])
    setter.room(900)
    setter.table([rows[0], *rows[7:]])
    setter.text((TEXT * 3).strip())
    reading = read_pdf(setter.done())
    found = [b for b in reading.blocks if b.kind == "table"]
    assert [list(b.cells) for b in found] == rows
    assert {b.table for b in found} == {1}
    assert [b.level for b in found] == [0] + [1] * 12
    assert {b.page for b in found} == {2, 3} or {b.page for b in found} == {1, 2}


def test_a_table_without_rules():
    setter = Setter(Look())
    setter.text((TEXT * 3).strip())
    rows = [
        ["Gemeente", "Meldingen", "Jaar"],
        ["Ergens", "12", "2023"],
        ["Elders", "7", "2024"],
        ["Hier", "0", "2025"],
    ]
    setter.table(rows, ruled=False)
    setter.text((TEXT * 3).strip())
    reading = read_pdf(setter.done())
    assert [b.kind for b in reading.blocks] == ["paragraph", *["table"] * 4, "paragraph"]
    assert [list(b.cells) for b in reading.blocks if b.kind == "table"] == rows


def test_a_margin_column_stays_out_of_the_text():
    setter = Setter(Look(columns=((80.0, 400.0),)))
    setter.canvas.setFont("Helvetica", 6.5)
    for k, words in enumerate(("Dienst van het werk", "Postbus 1", "Datum", "3 mei 2024")):
        setter.canvas.drawString(425, HEIGHT - 92 - 9 * k, words)
    text = (TEXT * 8).strip()
    setter.text(text)
    reading = read_pdf(setter.done())
    assert [b.text for b in reading.blocks] == [text]
    assert [b.text for b in reading.furniture if b.role == "margin"] == [
        "Dienst van het werk", "Postbus 1", "Datum", "3 mei 2024"]  # fmt: skip


def test_items_nest_and_go_on_overleaf():
    setter = Setter(Look(top=90, bottom=400))
    for _ in range(3):
        setter.text((TEXT * 4).strip())
    setter.text("een eerste punt dat wordt genoemd;", indent=18, label="•")
    setter.text("met een punt daaronder;", indent=40, label="–")
    setter.text((TEXT * 6).strip(), indent=18, label="•")
    reading = read_pdf(setter.done())
    items = [b for b in reading.blocks if b.kind == "item"]
    assert [(b.number, b.level) for b in items] == [("•", 0), ("•", 1), ("•", 0)]
    assert items[2].text == (TEXT * 6).strip()
    assert {line.page for line in items[2].lines} == {1, 2}


def test_every_span_of_a_block_has_a_line_on_the_page():
    setter = Setter(Look())
    setter.text((TEXT * 5).strip())
    reading = read_pdf(setter.done())
    (block,) = reading.blocks
    assert block.lines[0].start == 0 and block.lines[-1].end == len(block.text)
    for line, after in zip(block.lines, block.lines[1:], strict=False):
        assert line.end <= after.start <= line.end + 1
        assert line.box[0] < line.box[2] <= 595 and line.box[1] < line.box[3] <= 842


def test_turned_pages_are_read_as_shown(tmp_path):
    from pypdf import PdfReader, PdfWriter

    setter = Setter(Look())
    setter.text((TEXT * 5).strip())
    plain = setter.done()
    (tmp_path / "plain.pdf").write_bytes(plain)
    writer = PdfWriter()
    for page in PdfReader(tmp_path / "plain.pdf").pages:
        writer.add_page(page).rotate(90)
    writer.write(tmp_path / "turned.pdf")
    turned = read_pdf((tmp_path / "turned.pdf").read_bytes())
    assert not turned.blocks and turned.furniture  # set sideways: kept, apart from the text
    assert (turned.pages[0].width, turned.pages[0].height) == (round(A4[1], 1), round(A4[0], 1))


@pytest.mark.parametrize("tesseract", [True, False])
def test_a_page_without_text_is_said_to_be_empty(tmp_path, monkeypatch, tesseract):
    if not tesseract:
        monkeypatch.setattr("extract.reading.ocr.ready", lambda: False)
    elif not ocr.ready():
        pytest.skip("Tesseract with Dutch is not installed here")
    canvas = Canvas(str(tmp_path / "empty.pdf"))
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    reading = read_pdf((tmp_path / "empty.pdf").read_bytes())
    assert [page.status for page in reading.pages] == ["empty"]
    assert reading.blocks == () == reading.furniture


def test_shifted_letters_are_not_passed_on(monkeypatch):
    monkeypatch.setattr("extract.reading.ocr.ready", lambda: False)  # with Tesseract the page would be read from its picture
    shifted = "".join(chr((ord(c) - 97 + 5) % 26 + 97) if c.islower() else c for c in TEXT * 5)
    setter = Setter(Look())
    setter.text(shifted)
    reading = read_pdf(setter.done())
    assert [page.status for page in reading.pages] == ["unmapped"]
    assert reading.blocks == ()
