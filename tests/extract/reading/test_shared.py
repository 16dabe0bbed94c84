"""The documents of ../shared, read: what other programs and people said is in them is there, whole."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from extract.reading import read_pdf

SHARED = Path(__file__).resolve().parents[4] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared, with the documents to read, is not here")


def tool(name):
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golds():
    """(source, layout) of each annotated document in the layouts it is meant for, and of grenstoezicht in all four."""
    for source in sorted(SHARED.glob("constructed/*.txt")):
        gold = json.loads(source.with_suffix(".json").read_text("utf-8"))
        yield from ((source, layout) for layout in (LETTERS if gold["kind"] == "letter" else REPORTS))
    yield from ((source, layout) for source in SHARED.glob("letters/*.txt") for layout in (*LETTERS, *REPORTS))


LETTERS, REPORTS = ("kamerstuk", "rijksbrief"), ("rapport", "tweekoloms")


@pytest.mark.parametrize(("source", "layout"), list(golds()), ids=lambda v: v if isinstance(v, str) else v.stem)
def test_every_gold_passage_stands_in_one_block(source, layout, tmp_path):
    score = tool("score")
    tool("typeset").main(str(source), layout, str(tmp_path / "made.pdf"))
    blocks = [score.norm(b.text) for b in read_pdf((tmp_path / "made.pdf").read_bytes()).blocks if b.kind != "footnote"]
    gold = json.loads(source.with_suffix(".json").read_text("utf-8"))
    text = score.plain(source.read_text("utf-8"))
    wanted = [score.gold_text(text, r) for r in gold["recommendations"]]
    wanted += [score.norm(r["contains"]) for r in gold["responses"] + gold["commitments"]]
    assert wanted
    assert [passage for passage in wanted if not any(passage in block for block in blocks)] == []


def marked(block):
    """The text as the expected lines have it: with the marks of footnotes in it."""
    text = block.text
    for at, mark in reversed(block.notes):
        text = text[:at] + mark + text[at:]
    return text


@pytest.mark.parametrize(("name", "headings"), [("emissie_luchtvaart", 10), ("innovatie_missie", 8)])
def test_letters_have_the_structure_that_others_expect(name, headings):
    norm = tool("structure").norm
    reading = read_pdf((SHARED / "real" / "letters" / f"{name}.pdf").read_bytes())
    expected = json.loads((SHARED / "real" / "structure" / f"{name}.json").read_text("utf-8"))
    titles = {norm(e["title"]) for e in expected if e["type"] == "HEADLINES"}
    found = {norm(b.number + b.text) for b in reading.blocks if b.kind == "heading"}
    assert len(titles) == headings
    assert found == titles
    text = norm(" ".join(b.number + " " + marked(b) for b in reading.blocks if b.kind != "footnote"))
    plain = norm(" ".join(marked(b) for b in reading.blocks if b.kind != "footnote"))
    lines = [norm(line) for e in expected for line in e["lines"]]
    assert [line for line in lines if line not in text and line not in plain] == []


def test_broken_spacing_is_mended():
    reading = read_pdf((SHARED / "real" / "letters" / "emissie_luchtvaart.pdf").read_bytes())
    margin = " ".join(b.text for b in reading.furniture)
    assert "Infrastructuur en" in margin and "Pagina 1 van 9" in margin
    assert not re.search(r"Inf rastructuur|P agina|I E NW", margin)


SPACED = {  # spaces that are no more than a jump, a little narrower than those that are printed
    "emissie_luchtvaart": [
        "Maastricht Aachen Airport", "de algemene fysieke staat en", "hart- en", "vertrek- en", "start- en", "(zie figuur 1)",
        "met LVNL gevoerd", "EC-voorstel aan", "mondiaal verder", "milieueffectrapporten (MER-ren)", "(ongeveer 1 kilo",
    ],
    "innovatie_missie": ["Landbouw, Water en Voedsel:"],
    "verzamelbrief_luchtvaart": ["diensten zoals", "wet- en", "Schiphol geleid", "1.339 vliegtuigbewegingen"],
    "contourennota": ["kabinet streeft"],
}  # fmt: skip


@pytest.mark.parametrize("name", SPACED)
def test_narrow_spaces_are_seen(name):
    reading = read_pdf((SHARED / "real" / "letters" / f"{name}.pdf").read_bytes())
    text = " ".join(b.text for b in reading.blocks)
    assert [words for words in SPACED[name] if words not in text] == []


STATUSES = {
    "scan_without_text": ["empty"] * 3,
    "page_without_text": ["empty", "text"],
    "motie_scan": ["text"],
    "broken_unicode": ["text"] * 17,
}


@pytest.mark.parametrize("name", STATUSES)
def test_pages_that_are_hard_to_read_say_so(name, monkeypatch):
    monkeypatch.setattr("extract.reading.ocr.ready", lambda: False)  # with Tesseract: test_ocr.py
    reading = read_pdf((SHARED / "real" / "hard" / f"{name}.pdf").read_bytes())
    assert [page.status for page in reading.pages] == STATUSES[name]


LAYOUTS = {
    "kamerstukken/aanhangsel_1": "questions",
    "kamerstukken/kst_32545_143": "kamerstuk",
    "letters/verzamelbrief_luchtvaart": "letter",
    "reports/second_opinion": "report",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_are_told_apart(name):
    assert read_pdf((SHARED / "real" / f"{name}.pdf").read_bytes()).layout == LAYOUTS[name]


def test_recommendations_that_are_run_in_are_items():
    reading = read_pdf((SHARED / "real" / "reports" / "second_opinion.pdf").read_bytes())
    numbers = [b.number for b in reading.blocks if b.kind == "item" and b.page in (6, 7) and b.number.isdigit()]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7"]
