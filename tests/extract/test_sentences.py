"""Sentences: abbreviations, initials and quotes of letters."""

import pytest

from extract.sentences import sentences

CASES = [
    ["Zie art. 3 van de wet.", "Dat geldt nog."],
    ["De heer A. de Vries sprak.", "Hij ging."],
    ["Dit kost € 3,4 mln. per jaar.", "Goed."],
    ["Hij zei: «Het kan niet.»", "Daarna ging hij."],
    ["Op 3 mei jl. is dit gemeld.", "Was het zo?", "Ja!"],
    ["De ILT c.s. heeft dit m.b.t. de haven gezegd.", "Punt."],
]


@pytest.mark.parametrize("parts", CASES, ids=lambda parts: parts[0][:20])
def test_where_sentences_end(parts):
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_sentences(text):
    assert sentences(text) == []
