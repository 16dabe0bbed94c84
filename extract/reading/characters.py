"""Characters as a reader means them: ligatures undone, bullets of symbol fonts named, line-end hyphens plain."""

from __future__ import annotations

import unicodedata
from collections import Counter

BULLETS = "•◦▪▫■□●○◆◇►▶➢➤✓✔❑❖‣⁃∙·–—−-*"
_LIGATURES = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0xFB00, 0xFB07)} | {"ĳ": "ij", "Ĳ": "IJ"}
# Private-use code points: Symbol and Wingdings as Word writes them. Any other private one at the head of a
# line is a bullet too.
_PRIVATE = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "□", 0xF02D: "-", 0xF06F: "◦", 0xF0E0: "→"}
_OTHER = {0x02: "-", 0xFFFE: "-", 0x2010: "-", 0x2011: "-", 0x00: "\ufffd", 0x2044: "/", 0x201B: "‘"}


def plain(codes: list[int]) -> list[str]:
    """One string for each code point; most are the character itself."""
    return [_known[code] if code in _known else _learn(code) for code in codes]


_known: dict[int, str] = {}


def _learn(code: int) -> str:
    if len(_known) > 5000:
        _known.clear()
    _known[code] = _one(code)
    return _known[code]


def _one(code: int) -> str:
    if code in _OTHER:
        return _OTHER[code]
    if 0xE000 <= code <= 0xF8FF:
        return _PRIVATE.get(code, chr(code))
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    if code < 32 or 0x7F <= code < 0xA0:
        return " " if code in (9, 10, 13) else "\ufffd"
    return _LIGATURES.get(char, char)


def is_bullet(word: str) -> bool:
    """Whether a line's first word is a bullet: one such sign, a lost glyph, or a letter o that stands for a ring."""
    return len(word) == 1 and (word in BULLETS or word == "\ufffd" or "\ue000" <= word <= "\uf8ff" or word == "o")


def gibberish(text: str) -> bool:
    """Whether letters have the wrong values: in Dutch, English, German, French these ten are 70 to 80 % of all
    letters."""
    counts = Counter(text.lower())
    signs = sum(n for c, n in counts.items() if not c.isspace() and c not in "._…-")
    letters = sum(n for c, n in counts.items() if c.isalpha())
    if signs < 100:
        return False
    if letters < 0.35 * signs and sum(n for c, n in counts.items() if c.isdigit()) < 0.3 * signs:
        return True
    return letters >= 100 and sum(counts[c] for c in "enatirodsl") < 0.45 * letters
