"""What a font looks like: bold, italic, monospaced names aside. Read once for each font of a document."""

from __future__ import annotations

import ctypes
import re
import struct

import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|black|heavy|demi|(?:[-,]|com-?|std-?)(?:bd|6[5-9]|7[5-9]|8[5-9])", re.I)
_ITALIC = re.compile(r"ital|obli|kursiv|[-,](?:it|bi)\b", re.I)
_UNTOLD = re.compile(r"^(?:[A-Z]{6}\+)?(?:CIDFont|Font|F|TT|T1_|C\d_)?[+_-]?[A-Z]?\d*$", re.I)
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6


def font_style(font) -> tuple[str, bool, bool]:
    """(name, bold, italic) of a pdfium font handle; where the name tells nothing, the embedded file is asked."""
    name = _name(font)
    flags = pdfium.FPDFFont_GetFlags(font)
    flags = 0 if flags < 0 else flags
    bold = bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD)
    italic = bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)
    if _UNTOLD.match(name):
        from_file = _style_of_file(_data(font))
        bold, italic = bold or from_file[0], italic or from_file[1]
    return name, bold, italic


def _name(font) -> str:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not 0 < size < 1000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _data(font) -> bytes:
    size = ctypes.c_size_t(0)
    if not pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size)) or not 0 < size.value < 20_000_000:
        return b""
    buffer = (ctypes.c_uint8 * size.value)()
    pdfium.FPDFFont_GetFontData(font, buffer, size.value, ctypes.byref(size))
    return bytes(buffer)


def _style_of_file(data: bytes) -> tuple[bool, bool]:
    """Bold and italic of a TrueType or OpenType file, by the macStyle of `head` and the weight class of `OS/2`."""
    tables = _tables(data)
    head, os2 = tables.get(b"head", b""), tables.get(b"OS/2", b"")
    bold = italic = False
    if len(head) >= 46:
        style = struct.unpack(">H", head[44:46])[0]
        bold, italic = bool(style & 1), bool(style & 2)
    if len(os2) >= 6:
        bold = bold or 600 <= struct.unpack(">H", os2[4:6])[0] <= 1000
    return bold, italic


def _tables(data: bytes) -> dict[bytes, bytes]:
    if len(data) < 12 or data[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return {}
    found = {}
    for k in range(min(struct.unpack(">H", data[4:6])[0], 64)):
        entry = data[12 + 16 * k : 28 + 16 * k]
        if len(entry) == 16:
            offset, length = struct.unpack(">II", entry[8:])
            found[entry[:4]] = data[offset : offset + length]
    return found
