"""Characters, fonts and OCR words, each by itself."""

from extract.reading import ocr
from extract.reading.characters import gibberish, is_bullet, plain
from extract.reading.fonts import _style_of_file
from extract.reading.segments import LIKELY_SPACE, UNLIKELY_SPACE, Segment, settle


def test_ligatures_bullets_and_hyphens():
    assert plain([0xFB01, 0xFB03, 0x133, 0xF0B7, 0x02, 0xAB, 0x2019]) == ["fi", "ffi", "ij", "•", "-", "«", "’"]
    assert all(map(is_bullet, ("•", "–", "\uf0d8", "\ufffd", "o"))) and not is_bullet("a") and not is_bullet("1.")


def test_gibberish_is_told_from_tables_and_text():
    assert gibberish("!#%&/()=?+*'<>|{}[]^~" * 10)
    assert not gibberish("De raad heeft gezien dat het werk nog lang niet af is en vraagt om een plan. " * 4)
    assert not gibberish("1.234 5.678 9.012 3.456 " * 20)
    assert not gibberish("Hoofdstuk een ........................................ 3 " * 5)


def test_an_unknown_file_is_no_style():
    assert _style_of_file(b"") == _style_of_file(b"\0\1\0\0" + bytes(40)) == (False, False)


def words(*texts):
    made = [Segment(0.0, 9.0, 9.0, 9.0, text, 0.0, 0.0, 5.0, 6.0) for text in texts]
    settle(made)
    return [s.text for s in made]


def test_the_words_of_the_document_settle_doubtful_gaps():
    assert words(f"Inf{UNLIKELY_SPACE}rastructuur") == ["Infrastructuur"]
    assert words(f"de{LIKELY_SPACE}wet", "de ene wet")[0] == "de wet"
    assert words(f"on{LIKELY_SPACE}derzoek", "het onderzoek on derzoek")[0] == "onderzoek"
    assert words(f"5.{UNLIKELY_SPACE}Zie")[0] == "5. Zie"


def test_a_likely_gap_parts_words_that_stand_nowhere_else():
    assert words(f"LVNL{LIKELY_SPACE}gevoerd", f"ongeveer{LIKELY_SPACE}1") == ["LVNL gevoerd", "ongeveer 1"]
    assert words(f"start-{LIKELY_SPACE}en") == ["start- en"]
    assert words(f"Water{LIKELY_SPACE}en", "water en lucht en water in wateren")[0] == "Water en"
    assert words(f"Water{LIKELY_SPACE}en", "in wateren")[0] == "Wateren"
    assert words(f"LVNL{UNLIKELY_SPACE}gevoerd", f"P{LIKELY_SPACE}agina") == ["LVNLgevoerd", "Pagina"]


def test_words_of_tesseract_become_lines():
    found = {
        "text": ["De", "raad", "", "~"], "conf": [96, 91, -1, 12], "left": [100, 160, 0, 5], "top": [200, 204, 0, 0],
        "width": [40, 90, 0, 3], "height": [40, 36, 0, 3],
        "block_num": [1, 1, 1, 2], "par_num": [1] * 4, "line_num": [1] * 4,
    }  # fmt: skip
    (line,) = ocr._segments(found, scale=4.0)
    assert (line.text, line.x0, line.x1, line.baseline) == ("De raad", 25.0, 62.5, 60.0)
