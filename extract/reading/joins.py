"""What a page, column or figure broke in two is joined again: paragraphs, items, and the rows of tables."""

from __future__ import annotations

from extract.reading.drafts import Draft, fits

_ENDS = ".:;?!"


def join_over_breaks(made: list[Draft]) -> list[Draft]:
    """The drafts with those joined that go on in the next column or on the next page."""
    whole: list[Draft] = []
    for draft in made:
        home = _home(whole, draft)
        if home is not None:
            home.lines += draft.lines
        else:
            whole.append(draft)
    return whole


def _home(whole: list[Draft], draft: Draft) -> Draft | None:
    """The draft that this one continues: the last one, or the last before a float at the break."""
    if not whole or draft.gap < 9:
        return None
    last = whole[-1]
    if last.kind == "heading" == draft.kind:
        return last if _heading_goes_on(last, draft) else None
    if draft.kind != "paragraph" or draft.label is not None:
        return None
    if _goes_on(last, draft):
        return last
    for back in range(2, min(4, len(whole)) + 1):
        earlier = whole[-back]
        if earlier.role in ("box", "caption") or earlier.kind == "heading":
            continue
        floats = all(d.role in ("box", "caption") for d in whole[len(whole) - back + 1 :])
        cut = earlier.lines[-1].text[-1:] not in _ENDS and draft.text[:1].islower()
        return earlier if floats and cut and _goes_on(earlier, draft) else None
    return None


def _heading_goes_on(last: Draft, draft: Draft) -> bool:
    """A heading over two lines that a page or column parts."""
    before, after = last.lines[-1], draft.lines[0]
    return after.text[:1].islower() and fits(before, after) <= 0 and abs(before.size - after.size) < 0.6


def _goes_on(last: Draft, draft: Draft) -> bool:
    if last.kind not in ("paragraph", "item") or last.role != draft.role or last.role == "caption":
        return False
    before, after = last.lines[-1], draft.lines[0]
    if (before.page, before.column) == (after.page, after.column) and after.baseline > before.baseline:
        return False
    cut = after.text[:1].islower() and (before.text[-1:].isalnum() or before.text[-1:] in "-,")
    if abs(before.size - after.size) > 0.6 or not (cut or _aligned(last, draft)):
        return False
    if before.text.endswith("-") or after.text[:1].islower():
        return before.text[-1:] not in ".?!"
    room = fits(before, after)
    if before.text[-1:] in _ENDS:
        return room <= 0 and before.text[-1:] not in ":;"
    return room <= 1.5


def _aligned(last: Draft, draft: Draft) -> bool:
    """Whether the new lines stand where the old ones would have gone on, each within its column."""
    after = draft.lines[0].x0 - draft.lines[0].column[0]
    if last.kind == "item" and last.label is not None:
        hanging = last.lines[1].x0 if len(last.lines) > 1 else last.label.text_x
        return abs(after - hanging + last.lines[0].column[0]) < 4 or abs(draft.lines[0].x0 - hanging) < 4
    settled = last.lines[-1].x0 - last.lines[-1].column[0]
    return abs(after - settled) < 4 or after < 4
