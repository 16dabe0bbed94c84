"""Pages as pictures: for the review page, and with the blocks outlined for `text --show`."""

from __future__ import annotations

import io

from corpus.records import Box, Reading
from extract.reading.document import open_document
from extract.reading.errors import ReadingError

_COLOURS = {
    "heading": "#c00000",
    "paragraph": "#1f6fb4",
    "item": "#2a8a3a",
    "table": "#8a2be2",
    "footnote": "#b07a00",
    "furniture": "#808080",
}
_MOST_PIXELS = 40_000_000


def open_page_image(data: bytes, page_number: int, scale: float = 1.5) -> bytes:
    """One page as PNG; `scale` is pixels a point, `page_number` from 1. Raises ReadingError."""
    return _png(_render(data, page_number, scale))


def outlined(data: bytes, reading: Reading, page_number: int, scale: float = 2.0) -> bytes:
    """One page as PNG with each block's lines outlined in the colour of its kind, numbered in reading order."""
    from PIL import ImageDraw

    picture = _render(data, page_number, scale).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for number, block in enumerate(reading.blocks, 1):
        for boxes in _pieces([line.box for line in block.lines if line.page == page_number]):
            _outline(
                draw,
                _around(boxes),
                block.kind,
                f"{number} {block.kind}{' ' + block.role if block.role else ''}",
                scale,
            )
    for block in reading.furniture:
        if block.page == page_number:
            _outline(draw, block.box, "furniture", block.role, scale)
    return _png(picture)


def _pieces(boxes: list[Box]) -> list[list[Box]]:
    """The boxes of a block's lines by column: where one stands higher than the one before, another column begins."""
    found: list[list[Box]] = []
    for box in boxes:
        if found and box[1] >= found[-1][-1][1]:
            found[-1].append(box)
        else:
            found.append([box])
    return found


def _outline(draw, box: Box, kind: str, words: str, scale: float) -> None:
    x0, top, x1, bottom = (v * scale for v in box)
    draw.rectangle((x0 - 2, top - 1, max(x0, x1) + 2, max(top, bottom) + 1), outline=_COLOURS[kind], width=2)
    draw.text((max(0, x0 - 2), max(0, top - 12)), words, fill=_COLOURS[kind])


def _around(boxes: list[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _render(data: bytes, page_number: int, scale: float):
    document = open_document(data)
    try:
        if not 1 <= page_number <= len(document):
            raise ReadingError(f"there is no page {page_number}: the PDF has {len(document)}")
        page = document[page_number - 1]
        width, height = page.get_size()
        fitting = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        return page.render(scale=fitting).to_pil()
    finally:
        document.close()


def _png(picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
