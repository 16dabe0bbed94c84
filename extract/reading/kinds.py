"""What each draft is: heading, item, caption, signature or paragraph, by its style and its neighbours."""

from __future__ import annotations

import re
from collections import Counter

from extract.reading.drafts import Draft
from extract.reading.frame import Layout
from extract.reading.lines import PrintedLine

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4}[a-z]?|[IVX]{1,5}|[A-Za-z])(?:[.)]\s*|\s+(?!\d))")
_CAPTION = re.compile(r"(?:figuur|tabel|grafiek|diagram|afbeelding|figure|table|foto)\s+[\dIVXA-Z][\d.]*\b", re.I)
_COUNTED = re.compile(r"([^\W\d]+(?: [^\W\d]+){0,3}) (\d{1,3}[a-z]?)(?:(?:, \d+)* en \d+)?:?$")


class Style:
    """What is common in a document, so that what is uncommon can be a heading."""

    def __init__(self, lines: list[PrintedLine], body: Layout):
        letters = sum(len(p.text) for p in lines) or 1
        self.body = body
        self.bold = sum(p.bold * len(p.text) for p in lines) / letters > 0.3
        self.italic = sum(p.italic * len(p.text) for p in lines) / letters > 0.3


def name_kinds(made: list[Draft], style: Style) -> None:
    """Give each draft its kind, number and role; headings get their levels when all are known."""
    counted = _counted(made)
    for k, draft in enumerate(made):
        following = made[k + 1] if k + 1 < len(made) else None
        if _is_heading(draft, following, style) or _is_counted(draft, following, counted):
            draft.kind = "heading"
            _number_heading(draft)
        elif _CAPTION.match(draft.text) and len(draft.lines) <= 4 and _is_caption(draft, style):
            draft.kind, draft.role = "paragraph", "caption"
        elif draft.label is not None:
            draft.kind, draft.number, draft.skip = "item", draft.label.number, draft.label.length
        else:
            draft.kind = "paragraph"
    _levels(made)
    _nesting(made)


def _is_caption(draft: Draft, style: Style) -> bool:
    return draft.all("italic") or draft.all("bold") or draft.size < 0.95 * style.body.size or len(draft.lines) == 1


def _is_heading(draft: Draft, following: Draft | None, style: Style) -> bool:
    text = draft.lines[0].text[: draft.skip] + draft.text
    larger = draft.size > 1.12 * style.body.size
    bold, italic = draft.all("bold") and not style.bold, draft.all("italic") and not style.italic
    if draft.role == "box" or not (larger or bold or italic) or len(text) > 220 or len(draft.lines) > 4:
        return False
    if (draft.label is not None and draft.label.bullet) or (
        not any(c.isalpha() for c in text) and not (larger or bold)
    ):
        return False
    if (
        (text[-1] in ".;," and not larger)
        or _CAPTION.match(text)
        or draft.size < (0.75 if bold else 0.9) * style.body.size
    ):
        return False
    if bold or larger:
        return True
    column = draft.lines[0].column[1] - draft.lines[0].column[0]
    short = len(draft.lines) * column < 90 * style.body.size  # two lines of a page, or four of a narrow column
    return not text[0].islower() and short and draft.gap > 1.15 and _rests(draft, following)


def _rests(draft: Draft, following: Draft | None) -> bool:
    """An italic heading has text in another style after it, on the same page or the next."""
    return (following is not None and not following.all("italic")) or (following is not None and following.gap > 1.15)


def _counted(made: list[Draft]) -> set[str]:
    """Words that stand with ever other figures as lines of their own ('Vraag 1', 'Vraag 2'): labels set
    without a style."""
    seen: Counter[str] = Counter()
    for draft in made:
        match = _COUNTED.match(draft.text) if len(draft.lines) == 1 and draft.label is None else None
        if match and draft.gap > 1.15:
            seen[match[1]] += 1
    return {word for word, times in seen.items() if times >= 2}


def _is_counted(draft: Draft, following: Draft | None, counted: set[str]) -> bool:
    if len(draft.lines) != 1 or draft.label is not None or following is None:
        return False
    match = _COUNTED.match(draft.text)
    return bool(match) and match[1] in counted


def _number_heading(draft: Draft) -> None:
    match = _NUMBERED.match(draft.lines[0].text)
    if match and len(match[0]) < len(draft.lines[0].text) and (draft.label is not None or match[1][0].isdigit()):
        draft.number, draft.skip = match[1], len(match[0])


def _levels(made: list[Draft]) -> None:
    """Levels by look: larger before smaller, bold before italic before plain; numbers like 2.1 say it themselves."""
    headings = [d for d in made if d.kind == "heading"]
    looks = sorted({_look(d) for d in headings}, reverse=True)
    by_look = {look: k + 1 for k, look in enumerate(looks)}
    numbered: dict[tuple, int] = {}
    for d in headings:
        if d.number[:1].isdigit():
            numbered.setdefault(_look(d), d.number.count(".") + 1)
    for d in headings:
        if d.number[:1].isdigit():
            d.level = d.number.count(".") + 1
        else:
            d.level = min(by_look[_look(d)], numbered.get(_look(d), 9))


def _look(draft: Draft) -> tuple[float, bool, bool]:
    return (round(draft.size * 2) / 2, draft.all("bold"), draft.all("italic"))


def _nesting(made: list[Draft]) -> None:
    """Levels of items by how far their labels are indented, within a run of items."""
    open_at: list[float] = []
    for draft in made:
        if draft.kind != "item":
            if draft.kind == "heading":
                open_at = []
            continue
        x = draft.label.x - draft.lines[0].column[0]
        while open_at and x < open_at[-1] - 5:
            open_at.pop()
        if not open_at or x > open_at[-1] + 5:
            open_at.append(x)
        draft.level = len(open_at) - 1
