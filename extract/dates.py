"""Moments in Dutch prose as periods: 'medio 2022', 'uiterlijk 1 oktober', 'in het voorjaar', 'binnen zes maanden'.

A period is (from, to), both dates; a day is a period of one day. Season and 'begin/medio/eind' follow the coding scheme's calendar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: i
    for i, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november december".split(), 1
    )
}
_NUMBERS = {
    name: i for i, name in enumerate("een twee drie vier vijf zes zeven acht negen tien elf twaalf".split(), 1)
} | {"één": 1, "anderhalf": 1.5, "enkele": 3, "achttien": 18, "vierentwintig": 24}
_PARTS = {
    "begin": (1, 3),
    "medio": (6, 8),
    "midden": (6, 8),
    "eind": (10, 12),
    "einde": (10, 12),
    "najaar": (9, 11),
    "herfst": (9, 11),
    "voorjaar": (3, 5),
    "lente": (3, 5),
    "zomer": (6, 8),
    "winter": (12, 12),
}
_M = "|".join(MONTHS)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_UNTIL = r"(?P<until>(?:nog\s+)?(?:uiterlijk|vóór|voor|tot|niet later dan|ten laatste)(?:\s+(?:op|per|in|eind|het einde van|de)\b)?\s+)?"
_THIS = r"(?:dit|het lopende|van dit|het komende)\s+"
_PATTERNS = [
    ("day", rf"{_UNTIL}(?P<d>\d{{1,2}})\s+(?P<m>{_M})(?:\s+{_YEAR})?(?:\s+(?P<past>jl|jongstleden))?"),
    ("quarter", rf"{_UNTIL}(?:(?P<q>eerste|tweede|derde|vierde|laatste)\s+kwartaal|[QK](?P<qn>[1-4])|kwartaal\s+(?P<qm>[1-4]))(?:\s+(?:van\s+)?(?:{_YEAR}|(?P<rel>dit jaar|volgend jaar|het volgende jaar)))?"),
    ("half", rf"{_UNTIL}(?P<h>eerste|tweede|laatste)\s+(?:half\s*jaar|helft)(?:\s+van)?\s*(?:{_YEAR}|(?P<rel>dit jaar|volgend jaar|het jaar))?"),
    ("end_month", rf"(?P<until2>(?:uiterlijk|vóór|voor|tot)\s+(?:het\s+)?)?(?P<part>begin|medio|half|eind|einde)(?:\s+van)?\s+(?P<m>{_M})(?:\s+{_YEAR})?"),
    ("before_summer", rf"(?:vóór|voor|nog vóór|nog voor)\s+(?:de|het)\s+(?P<season>zomer(?:reces)?|kerst(?:reces)?|einde van (?:het|dit) jaar|eind van (?:het|dit) jaar|einde van het parlementaire jaar|herfstreces|meireces|voorjaarsreces)(?:\s+(?:van\s+)?{_YEAR})?"),
    ("part", rf"{_UNTIL}(?:de|het|dit|deze|komend|komende|komende|aanstaande|volgend)?\s*(?P<part>begin|medio|midden|eind|einde|najaar|herfst|voorjaar|zomer)(?:\s+van)?(?:\s+(?:{_YEAR}|(?P<rel>dit jaar|het jaar|volgend jaar|het volgende jaar)))?"),
    ("within", rf"(?:binnen|over|in de komende|de komende|het komende|in het komende)\s+(?P<n>\d+|{'|'.join(_NUMBERS)}|half)?\s*(?P<unit>weken|week|maanden|maand|jaren|jaar)"),
    ("month", rf"{_UNTIL}(?P<m>{_M})(?:\s+{_YEAR}|\s+(?P<rel>dit jaar|volgend jaar|aanstaande|a\.s\.))?"),
    ("this_year", r"(?P<until>(?:vóór|voor) het einde van\s+|nog\s+|in de loop van\s+)?(?:dit (?:jaar|kalenderjaar)|het lopende jaar)"),
    ("next_year", r"(?:volgend jaar|het komende jaar|komend jaar)"),
    ("year", rf"(?P<until>uiterlijk\s+(?:in\s+)?|vóór\s+|voor\s+|vanaf\s+|met ingang van\s+|per\s+)?(?:in\s+de\s+loop\s+van\s+|in\s+|in het jaar\s+|het\s+(?:begrotings|verslag|contract|school|studie|subsidie|aanvraag|toezicht|belasting)?jaar\s+){_YEAR}(?![\d–-])"),
]  # fmt: skip
_COMPILED = [
    (name, re.compile(r"(?<![\w-])(?:" + pattern + r")(?![\w])", re.IGNORECASE)) for name, pattern in _PATTERNS
]


@dataclass(frozen=True, slots=True)
class Moment:
    """The words [start, end) of a text name this period."""

    start: int
    end: int
    text: str
    first: date
    last: date


def find_moments(text: str, written: date) -> list[Moment]:
    """The moments that a text names, in order, read as of the day on which it was written."""
    found: list[Moment] = []
    for name, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            period = _READERS[name](match, written)
            if period and period[0] <= period[1]:
                found.append(Moment(match.start(), match.end(), match[0].strip(), *period))
    return sorted(found, key=lambda m: m.start)


def parse_date(text: str) -> date | None:
    """The first full date ('14 maart 2023', '14-03-2023') in a text, or None."""
    match = re.search(rf"\b(\d{{1,2}})\s+({_M})\s+((?:19|20)\d\d)\b", text, re.IGNORECASE)
    if match:
        return _day(int(match[3]), MONTHS[match[2].lower()], int(match[1]))
    match = re.search(r"\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b", text)
    return _day(int(match[3]), int(match[2]), int(match[1])) if match else None


Period = tuple[date, date]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> Period:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _get(match: re.Match[str], name: str) -> str:
    return (match.groupdict().get(name) or "").lower()


def _year(match: re.Match[str], written: date, month: int) -> int:
    """The year that is named; else the first in which the month has not passed when the letter was written."""
    if _get(match, "year"):
        return int(match["year"])
    rel = _get(match, "rel")
    if rel.startswith(("volgend", "het volgende")):
        return written.year + 1
    if rel or month >= written.month:
        return written.year
    return written.year + 1


def _until(match: re.Match[str], written: date, period: Period) -> Period:
    """'uiterlijk' and 'vóór' open the period at the day of writing; 'vóór 1 juli' ends it the day before."""
    word = _get(match, "until").strip()
    if not word or (word.startswith(("vanaf", "met", "per", "nog ")) and "uiterlijk" not in word):
        return period
    part = _get(match, "part")
    if word.split()[0] == "voor" and part in ("begin", "medio"):
        return period  # 'voorzien voor begin 2025'
    if word.split()[0] in ("vóór", "voor") and "eind" not in word + part:
        return written, period[0] - timedelta(days=1)
    return written, period[1]


def _read_day(match, written):
    month = MONTHS[_get(match, "m")]
    day = _day(_year(match, written, month), month, int(match["d"]))
    if not day or _get(match, "past"):
        return None
    return _until(match, written, (day, day))


def _read_quarter(match, written):
    word = _get(match, "q")
    number = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": 4}.get(word) or int(
        _get(match, "qn") or _get(match, "qm")
    )
    last = number * 3
    return _until(match, written, _months(_year(match, written, last), last - 2, last))


def _read_half(match, written):
    if not _get(match, "year") and not _get(match, "rel"):
        return None
    first, last = (1, 6) if _get(match, "h") == "eerste" else (7, 12)
    return _until(match, written, _months(_year(match, written, last), first, last))


def _read_end_month(match, written):
    month = MONTHS[_get(match, "m")]
    period = _months(_year(match, written, month), month, month)
    return (written, period[1]) if _get(match, "until2") else period


def _read_before(match, written):
    season = _get(match, "season")
    month = (
        6
        if season.startswith(("zomer", "einde van het parl"))
        else 12
        if season.startswith(("kerst", "eind"))
        else {"herfstreces": 10, "meireces": 4, "voorjaarsreces": 2}[season]
    )
    return written, _months(_year(match, written, month), month, month)[1]


def _read_part(match, written):
    part = _get(match, "part")
    first, last = _PARTS[part]
    if part in ("begin", "midden", "eind", "einde") and not (_get(match, "year") or _get(match, "rel")):
        return None
    return _until(match, written, _months(_year(match, written, last), first, last))


def _read_within(match, written):
    word = _get(match, "n")
    number = _NUMBERS.get(word) or (0.5 if word == "half" else float(word) if word else 1)
    unit = _get(match, "unit")
    if not word and not match[0].lower().startswith(("het komende", "in het komende", "de komende", "in de komende")):
        return None
    days = number * 7 if unit.startswith("we") else 0
    months = round(number * (12 if unit.startswith("ja") else 1)) if not days else 0
    return written, add_months(written, months) + timedelta(days=int(days))


def add_months(day: date, months: int) -> date:
    """The same day of the month some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _read_month(match, written):
    month = MONTHS[_get(match, "m")]
    return _until(match, written, _months(_year(match, written, month), month, month))


def _read_this_year(match, written):
    return written, date(written.year, 12, 31)


def _read_next_year(match, written):
    return _months(written.year + 1, 1, 12)


def _read_year(match, written):
    year = int(match["year"])
    period = _months(year, 1, 12)
    if _get(match, "until").startswith(("vanaf", "met", "per")):
        return date(year, 1, 1), date(year, 12, 31)
    return _until(match, written, period)


_READERS = {
    "day": _read_day, "quarter": _read_quarter, "half": _read_half, "end_month": _read_end_month, "before_summer": _read_before, "part": _read_part,
    "within": _read_within, "month": _read_month, "this_year": _read_this_year, "next_year": _read_next_year, "year": _read_year,
}  # fmt: skip


def future(moments: list[Moment], written: date) -> Iterator[Moment]:
    """The moments that had not passed when the letter was written."""
    return (m for m in moments if m.last >= written)
