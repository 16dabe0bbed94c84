"""The parts of a letter that are neither head nor body: address and subject at the start, the signature at the end."""

from __future__ import annotations

from extract.reading.drafts import Draft
from extract.reading.frame import Layout


def name_address(made: list[Draft], letter: bool) -> None:
    """On a letter's first page, the short lines down to the rows of label and value ('Datum', 'Betreft') are
    its address."""
    if not letter:
        return
    first = [k for k, d in enumerate(made) if d.page == 1 and d.kind != "heading"][:14]
    pairs = [k for k in first if _is_pair(made[k])]
    if not pairs:
        return
    for draft in made[: pairs[-1] + 1]:
        draft.role = draft.role or "address"
        draft.kind = "paragraph"


def _is_pair(draft: Draft) -> bool:
    """A short label, a gap, a value."""
    printed = draft.lines[0]
    parts = printed.segments
    if len(parts) < 2:
        return False
    return (
        parts[1].x0 - parts[0].x1 > 1.0 * printed.size
        and parts[0].x1 - parts[0].x0 < 9 * printed.size
        and draft.label is None
    )


def name_signature(made: list[Draft], body: Layout) -> None:
    """The short lines that end the document, or the part before an annex that starts a page, are its signature."""
    ends = [len(made)] + [
        k for k, d in enumerate(made) if k and d.kind == "heading" and d.page > made[k - 1].lines[-1].page
    ]
    for end in ends:
        start = end
        while start and end - start < 12 and _is_signing(made[start - 1], body):
            start -= 1
        if 0 < start < end and end - start <= 10 and made[start - 1].kind != "heading":
            for draft in made[start:end]:
                draft.role = "signature"


def _is_signing(draft: Draft, body: Layout) -> bool:
    printed = draft.lines[-1]
    if draft.kind != "paragraph" or draft.role or len(draft.lines) > 2 or draft.lines[0].marks:
        return False
    short = printed.x1 - printed.x0 < 0.85 * (body.right - body.left)
    return short and draft.text[-1:] not in ".:;?!" and draft.text[:1].isupper() and len(draft.text) < 130
