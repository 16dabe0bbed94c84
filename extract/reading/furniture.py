"""What belongs to the page and not to the text: running heads and feet, margin columns, the masthead, cover
and contents.

Found by place and repetition. Each is kept as a furniture block, since dates, titles and numbers are read from it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from extract.reading.frame import Layout
from extract.reading.segments import Segment
from extract.reading.sheets import Sheet, set_apart

_DIGITS = re.compile(r"\d+|\b[ivxl]+\b")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{0,3}\s*$|…{2,}\s*\d{0,3}\s*$|_{4,}\s*\d{0,3}\s*$")
_PAGE_NUMBER = re.compile(r"^(?:[ivxl]{1,6}|\d{1,3})$")
_FOLIO = re.compile(r"^(?:\W*\w{0,7}\W*)?\d{1,4}(?:\s*(?:/|van|of|de|von|-)\s*\d{1,4})?\W*$")


def margins(sheet: Sheet, body: Layout) -> None:
    """Move what stands wholly beside the columns out of the rows: sender, date, reference, notes in the margin."""
    _begun_column(sheet, body)
    for k, row in enumerate(sheet.rows):
        aside = [s for s in row if _beside(s, row, sheet)]
        if aside:
            set_apart(sheet, aside, _place(aside, sheet))
            sheet.rows[k] = [s for s in row if s not in aside]
    sheet.rows = [row for row in sheet.rows if row]


def _begun_column(sheet: Sheet, body: Layout) -> None:
    """Print to the right in the body's own size is no margin but a column with a few lines in it."""
    aside = [
        s
        for row in sheet.rows
        for s in row
        if s.x0 > sheet.right + 3 and _place([s], sheet) == "margin" and not _FOLIO.match(s.text)
    ]
    if aside and min(s.size for s in aside) > 0.95 * body.size:
        left, width = min(s.x0 for s in aside), sheet.columns[0][1] - sheet.columns[0][0]
        sheet.columns = [*sheet.columns, (left, max(left + width, *(s.x1 for s in aside)))]


def _beside(segment: Segment, row: list[Segment], sheet: Sheet) -> bool:
    if segment.x0 > sheet.right + 3:
        return True
    if segment.x1 > sheet.left - 3:
        return False
    neighbour = min((s.x0 for s in row if s.x0 > segment.x1), default=None)
    return neighbour is None or neighbour - segment.x1 > 2.5 * segment.size


def _place(parts: list[Segment], sheet: Sheet) -> str:
    middle = parts[0].baseline / sheet.height
    return "footer" if middle > 0.9 else "header" if middle < 0.07 else "margin"


def masthead(sheet: Sheet, body: Layout) -> bool:
    """Set apart the head of a printed paper: rows that start in a wide left margin, down to the last of them.
    True when there is one."""
    hung = [
        k for k, row in enumerate(sheet.rows) if row[0].x0 < body.left - 20 and row[0].baseline < 0.6 * sheet.height
    ]
    if len(hung) < 2 or body.left < 0.15 * sheet.width:
        return False
    last = hung[-1] + 1
    while last < len(sheet.rows) and _same_title(sheet.rows[last - 1], sheet.rows[last], body):
        last += 1
    for row in sheet.rows[:last]:
        for part in _by_column(row, body.left):
            set_apart(sheet, part, "header")
    sheet.rows = sheet.rows[last:]
    return True


def _same_title(row: list[Segment], following: list[Segment], body: Layout) -> bool:
    close = following[0].baseline - row[0].baseline < 1.35 * body.step
    return close and row[-1].bold > 0.9 and following[0].bold > 0.9


def _by_column(row: list[Segment], left: float) -> list[list[Segment]]:
    """The part of a row in the left margin and the part in the body, each apart."""
    hung, rest = [s for s in row if s.x0 < left - 6], [s for s in row if s.x0 >= left - 6]
    return [part for part in (hung, rest) if part]


def running(sheets: list[Sheet], body: Layout, known: Counter) -> None:
    """Set apart running heads and feet: the outermost rows that come back on other pages (`known`), or stand
    where others do."""
    places = _outer_places(sheets, body)
    for sheet in sheets:
        for outermost, role in ((0, "header"), (-1, "footer")):
            while sheet.rows and _is_running(sheet, outermost, known, places, len(sheets), body):
                set_apart(sheet, sheet.rows.pop(outermost), role)


def _key(row: list[Segment]) -> str:
    return _DIGITS.sub("#", " ".join(s.text for s in row)).lower()


def repeated(sheets: list[Sheet]) -> Counter:
    """How many pages have a row of this wording (figures and margins aside) at this height; heights in steps
    of 6 points."""
    counts: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        edge = [[s for s in row if not _beside(s, row, sheet)] for row in sheet.rows[:5] + sheet.rows[-7:]]
        counts.update({(_key(row), round(row[0].baseline / 6)) for row in edge if row})
    return counts


def _outer_places(sheets: list[Sheet], body: Layout) -> tuple[Counter, Counter]:
    """How many pages have an outermost row at this height (whole points): apart from the text, and at all."""
    apart: Counter[tuple[int, int]] = Counter()
    all_rows: Counter[tuple[int, int]] = Counter()
    for sheet in sheets:
        for outermost in (0, -1) if len(sheet.rows) > 2 else ():
            place = round(sheet.rows[outermost][0].baseline)
            here = [(outermost, place + d) for d in (-1, 0, 1)]
            all_rows.update(here)
            if _apart(sheet, outermost, body) > 1.8:
                apart.update(here)
    return apart, all_rows


def _apart(sheet: Sheet, outermost: int, body: Layout) -> float:
    """Distance of the outermost row from its neighbour, in the text's own steps."""
    here, there = (sheet.rows[0], sheet.rows[1]) if outermost == 0 else (sheet.rows[-1], sheet.rows[-2])
    return abs(here[0].baseline - there[0].baseline) / body.step


def _is_running(
    sheet: Sheet, outermost: int, known: Counter, places: tuple[Counter, Counter], pages: int, body: Layout
) -> bool:
    row = sheet.rows[outermost]
    place = row[0].baseline / sheet.height
    if not (place < 0.16 if outermost == 0 else place > 0.84):
        return False
    if _is_note(row, sheet):
        return False
    key, height = _key(row), round(row[0].baseline / 6)
    times = sum(known[(key, height + d)] for d in (-1, 0, 1))
    if (times >= max(2, 0.2 * pages) and len(key) > 1) or (times >= 2 and _FOLIO.match(row[0].text) and len(row) == 1):
        return True
    if len(sheet.rows) < 3:
        return False
    apart = _apart(sheet, outermost, body)
    here = (outermost, round(row[0].baseline))
    if pages >= 5 and apart > 1.8 and places[0][here] >= max(0.6 * pages, 0.85 * places[1][here]):
        return True
    return outermost == -1 and place > 0.9 and apart > 2.2 and (pages < 3 or bool(_FOLIO.match(_key(row))))


def _is_note(row: list[Segment], sheet: Sheet) -> bool:
    """A row that opens with a small raised figure, or with a figure below a short rule, is a footnote and no foot."""
    if len(row) > 1 and row[0].size < 0.86 * row[1].size and row[0].baseline < row[1].baseline:
        return True
    rule = note_rule(sheet)
    return rule is not None and row[0].baseline > rule and re.match(r"\d{1,3}\s+\S+\s+\S+", row[0].text) is not None


def note_rule(sheet: Sheet) -> float | None:
    """The height of the short rule above the footnotes: at the left of a column, well short of its width."""
    short = [
        top
        for x0, top, x1, _ in sheet.drawing.across
        for left, right in sheet.columns
        if abs(x0 - left) < 8 and 20 < x1 - x0 < 0.7 * (right - left) and top > 0.25 * sheet.height
    ]
    return max((top for top in short if not _underlines(top, sheet)), default=None)


def _underlines(top: float, sheet: Sheet) -> bool:
    """Whether a line stands close under a row of text, as under a link."""
    return any(-0.05 * row[0].size < top - row[0].baseline < 0.4 * row[0].size for row in sheet.rows)


def above_frame(sheets: list[Sheet], body: Layout) -> None:
    """On the first page, what stands higher than any other page's text and is not in its size: a logo's words,
    a sender's line."""
    tops = [sheet.rows[0][0].baseline for sheet in sheets[1:] if len(sheet.rows) > 3]
    first = sheets[0]
    limit = min(tops) - 1.5 * body.step if tops else 0.1 * first.height
    while len(first.rows) > 1 and (first.rows[0][0].baseline < limit or first.rows[0][-1].size < 0.86 * body.size):
        if abs(first.rows[0][0].size - body.size) < 0.1 * body.size and first.rows[0][0].baseline > 0.1 * first.height:
            break
        set_apart(first, first.rows.pop(0), "header")


def cover(sheets: list[Sheet], body: Layout) -> bool:
    """Set apart the title pages that open a report: large type, little text, no paragraph. True when there is one."""
    found = False
    if len(sheets) < 4:
        return False
    for sheet in sheets[:3]:
        if not sheet.rows or not _is_title_page(sheet, body):
            break
        found = True
        for row in sheet.rows:
            set_apart(sheet, row, "cover")
        sheet.rows = []
    return found


def _is_title_page(sheet: Sheet, body: Layout) -> bool:
    letters = sum(len(s.text) for row in sheet.rows for s in row)
    largest = max(s.size for row in sheet.rows for s in row)
    full = sum(
        row[-1].x1 - row[0].x0 > 0.7 * (body.right - body.left) for row in sheet.rows if row[0].size < 1.3 * body.size
    )
    return letters < 900 and largest >= 1.4 * body.size and full < 4


def contents(sheets: list[Sheet], body: Layout) -> bool:
    """Set apart tables of contents: runs of rows that end in a page number, by leaders or in a column at the right."""
    found = False
    for sheet in sheets[: max(8, len(sheets) // 8)]:
        entries = [k for k, row in enumerate(sheet.rows) if _is_entry(row, sheet)]
        led = sum(bool(_LEADERS.search(sheet.rows[k][0].text)) for k in entries)
        if (len(entries) >= 4 or led >= 2) and _ascending(sheet, entries):
            _set_contents_apart(sheet, entries, body)
            found = True
    return found


def _is_entry(row: list[Segment], sheet: Sheet) -> bool:
    text = " ".join(s.text for s in row)
    if _LEADERS.search(text):
        return True
    wide = (
        len(row) > 1
        and row[-1].x0 - row[-2].x1 > 2 * row[-1].size
        and row[-1].x1 > sheet.right - 0.35 * (sheet.right - sheet.left)
    )
    return wide and bool(_PAGE_NUMBER.match(row[-1].text))


def _ascending(sheet: Sheet, entries: list[int]) -> bool:
    numbers = [int(m.group()) for k in entries if (m := re.search(r"\d+$", sheet.rows[k][-1].text))]
    rising = sum(a <= b for a, b in itertools.pairwise(numbers))
    return len(numbers) < 2 or rising >= 0.8 * (len(numbers) - 1)


def _set_contents_apart(sheet: Sheet, entries: list[int], body: Layout) -> None:
    """The entries, the rows between them, and the heading just above: unless running text stands between."""
    first, last = entries[0], entries[-1]
    if first and len(sheet.rows[first - 1]) == 1 and len(sheet.rows[first - 1][0].text) < 40:
        first -= 1
    rows = sheet.rows[first : last + 1]
    for row in rows:
        set_apart(sheet, row, "contents")
    sheet.rows = sheet.rows[:first] + sheet.rows[last + 1 :]
