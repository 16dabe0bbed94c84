"""Cells and links of a sheet as XML text: objects and elements of openpyxl for each cell took most of an export's time.

Only what grows with the rows is made here; all around it comes from openpyxl (see corpus.export.workbook).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils.datetime import to_excel
from openpyxl.xml.constants import PKG_REL_NS, REL_NS

from corpus.export.guard import printable

MOST_CHARACTERS = 32_767

Value = str | int | float | bool | None
Link = tuple[str, str]  # the place of its cell ('C2') and the address


def is_blank(value: Value) -> bool:
    """Whether a cell shows nothing: unknown, or no number."""
    return value is None or value == "" or (isinstance(value, float) and not math.isfinite(value))


def cell(place: str, style: int, type_: str, value: Value) -> str:
    """One cell. `style` is its number in the workbook, `type_` the column's Frictionless type."""
    if is_blank(value):
        return f'<c r="{place}" s="{style}"/>'
    if type_ == "string":  # a text in the sheet itself, which is never a formula
        return f'<c r="{place}" s="{style}" t="inlineStr"><is>{_text(str(value))}</is></c>'
    if type_ == "date":
        value = to_excel(date.fromisoformat(str(value)))
    kind = "b" if type_ == "boolean" else "n"
    return f'<c r="{place}" s="{style}" t="{kind}"><v>{value:.16g}</v></c>'


def _text(text: str) -> str:
    shown = _short(printable(text))
    kept = "" if shown == shown.strip() else ' xml:space="preserve"'
    return f"<t{kept}>{escape(shown)}</t>"


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def hyperlinks(links: Iterable[Link]) -> Iterator[str]:
    """The links as the sheet lists them, in pieces; `relations` has their addresses."""
    yield f'<hyperlinks xmlns:r="{REL_NS}">'
    yield from (f'<hyperlink ref="{place}" r:id="rId{n}"/>' for n, (place, _) in enumerate(links, 1))
    yield "</hyperlinks>"


def relations(links: Iterable[Link]) -> Iterator[str]:
    """The addresses of the links, as the part beside the sheet lists them, in pieces."""
    yield f'<Relationships xmlns="{PKG_REL_NS}">'
    for n, (_, target) in enumerate(links, 1):
        address = f'Target={quoteattr(target)} TargetMode="External"'
        yield f'<Relationship Id="rId{n}" Type="{REL_NS}/hyperlink" {address}/>'
    yield "</Relationships>"
