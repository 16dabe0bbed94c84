"""How a letter points at recommendations: by number, by ordinal, as a group, with exceptions, or as 'deze aanbeveling'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.records import Recommendation
from extract.phrases import rules
from extract.terms import terms

_NUM = r"(?:\d{1,2}[a-z]?|[IVX]{1,5}|[A-Ha-h]|\((?:[ivx]{1,5}|[a-h]|\d{1,2})\))(?![\w])"
_SERIES = rf"{_NUM}(?:\s*(?:,|en|–|-|t/m|tot en met|respectievelijk|, respectievelijk|alsmede|, en)\s*(?:aanbeveling\s+)?{_NUM})*"
_BY_NUMBER = re.compile(
    rf"\b(?:deel|hoofd)?aanbeveling(?:en)?\s+(?:nummers?\s+|nr\.?\s+|onder\s+)?({_SERIES})|\b(?:onder|punt(?:en)?|onderdeel)\s+({_SERIES})|^\s*(?:[Aa]d|[Rr]e)\s+({_SERIES})",
    re.IGNORECASE,
)
# Roman numbers in a row, or letters after a preposition, stand for recommendations where these are printed so: 'Bij III, VI en XI'.
_BARE = re.compile(
    r"(?<![\w’'-])(?P<roman>[IVX]{1,5}(?:(?:\s*,\s*|\s+en\s+|\s*,\s*en\s+|\s+tot en met\s+)[IVX]{1,5})+)(?![\w’'-])"
    r"|\((?P<one>[IVX]{1,5})\)|\b(?:[Bb]ij|[Vv]oor|[Oo]p|[Aa]an|[Oo]ver|[Vv]an|[Oo]nder)\s+(?P<alone>[IVX]{2,5})(?![\w’'-])"
    r"|\b(?:[Bb]ij|[Vv]oor|[Oo]p|[Oo]ver|[Oo]nder)\s+(?P<letters>[a-h](?:(?:\s*,\s*|\s+en\s+)[a-h])+)(?![\w’'-])"
)
_ENUM_ONLY = re.compile(r"\((?:[ivx]{2,5}|i|v|x)\)")
_ORDINAL_NOUN = r"(?:aanbeveling(?:en)?|advies|adviezen|deelaanbeveling(?:en)?|punt(?:en)?|voorstel(?:len)?|suggestie|onderdeel|aandachtspunt)"
_ALL = re.compile(
    r"\bde\s+(?:aan|tot)\s+(?P<to>[^,.;]{2,80}?)\s+gerichte\s+(?:\w+\s+)?aanbevelingen|"
    r"\b(?:alle|deze|de|het rapport en de|haar|zijn|uw|hun)\s+(?:[\w-]+\s+){0,2}?aanbevelingen\b(?!\s+(?:\d|[IVX]+\b|van (?:het|de) (?:CPT|Europe)))|\b(?:elk|ieder) van de aanbevelingen|\balle\s+(?:\w+\s+)?aanbevelingen|\baan alle \w+ wordt",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:met uitzondering van|uitgezonderd|behalve|behoudens|op\b(?=.{3,60}\bna\b)|niet zijnde|anders dan|buiten)\b",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:deze|die|dit|de genoemde|bovenstaande|genoemde)\s+(?:aanbeveling|advies|suggestie|oproep|verzoek|voorstel|punt|gedachte)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:een aantal|enkele|sommige|verschillende|diverse|meerdere|een deel)\s+(?:van\s+(?:de|deze|haar|zijn)\s+)?(?:\w+\s+)?aanbevelingen\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:de\s+)?(laatste|slot|voorlaatste)[ -]?(?:twee|drie|vier|genoemde)?\s*(?:aanbeveling|advies|punt|onderdeel)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The words [start, end) point at the recommendations with these ordinals. `kind`: number, ordinal, group, except, this."""

    start: int
    end: int
    ordinals: tuple[int, ...]
    kind: str


@cache
def _words() -> tuple[dict[str, int], dict[str, int], re.Pattern[str], re.Pattern[str]]:
    data = rules("references")
    names = "|".join(data["ordinals"])
    series = re.compile(
        rf"\b((?:{names}|laatste|voorlaatste)(?:(?:\s*,\s*|\s+en\s+|\s*,?\s+tot en met\s+|\s+alsmede\s+|\s*,\s*en\s+)(?:de\s+|het\s+)?(?:{names}|laatste|voorlaatste))*)(?:\s+(twee|drie|vier|vijf|zes|zeven|acht))?(?:\s+(?:en\s+)?[\w-]+)?\s+({_ORDINAL_NOUN})\b",
        re.IGNORECASE,
    )
    bare = re.compile(
        rf"\b(?:de|het|ten)\s+({names}|laatste|voorlaatste)(?=\s*(?:en|na|,|\.|$|is|wordt|betreft|ziet|niet))",
        re.IGNORECASE,
    )
    return data["ordinals"], data["numerals"], series, bare


def find_references(text: str, recommendations: Sequence[Recommendation]) -> list[Reference]:
    """All references in the text, in order; those that fall under an exception ('met uitzondering van …') have kind 'except'."""
    if not recommendations:
        return []
    found = [*_by_number(text, recommendations), *_by_ordinal(text, recommendations)]
    taken = [(r.start, r.end) for r in found]
    found += [r for r in _groups(text, recommendations) if not any(a < r.end and r.start < b for a, b in taken)]
    found += _some(text, recommendations)
    found += [Reference(m.start(), m.end(), (), "this") for m in _THIS.finditer(text)]
    return sorted((_excepted(text, r) for r in found), key=lambda r: (r.start, r.end))


def _excepted(text: str, reference: Reference) -> Reference:
    """The same reference with kind 'except' where the words before it in its clause say so."""
    if reference.kind in ("group", "this"):
        return reference
    before = text[max(0, reference.start - 45) : reference.start]
    match = max(_EXCEPT.finditer(before), key=lambda m: m.start(), default=None)
    na = re.match(
        r"\W*(?:(?:en\s+(?:de\s+)?\w+\s+)?na|uitgezonderd|daargelaten|niet meegerekend)\b", text[reference.end :]
    )
    if (match and not re.search(r"[.;:]", before[match.end() :])) or na:
        return Reference(reference.start, reference.end, reference.ordinals, "except")
    return reference


def _by_number(text: str, recommendations: Sequence[Recommendation]) -> list[Reference]:
    printed = {_key(r.number): r.ordinal for r in recommendations if r.number and r.number != "•"}
    out = []
    for match in _BY_NUMBER.finditer(text):
        series = next(g for g in match.groups() if g)
        ordinals = _expand(series, printed, len(recommendations))
        if ordinals:
            out.append(Reference(match.start(), match.end(), ordinals, "number"))
    for match in _BARE.finditer(text) if printed else ():
        series = next(g for g in match.groups() if g)
        keys = [_key(m[0]) for m in re.finditer(r"\w+", series) if m[0] not in ("en", "tot", "met")]
        if set(keys) <= printed.keys() and not any(r.start < match.end() and match.start() < r.end for r in out):
            out.append(Reference(match.start(), match.end(), _expand(series, printed, len(recommendations)), "number"))
    for match in _ENUM_ONLY.finditer(text):
        ordinal = printed.get(_key(match[0]))
        if ordinal and not any(r.start <= match.start() < r.end for r in out):
            out.append(Reference(match.start(), match.end(), (ordinal,), "number"))
    return out


def _key(number: str) -> str:
    return number.strip("(). ").lower()


def _expand(series: str, printed: dict[str, int], count: int) -> tuple[int, ...]:
    """'1, 3 en 5' → (1, 3, 5); '3 tot en met 5' → (3, 4, 5): ordinals of the recommendations with these printed numbers."""
    numbers = list(re.finditer(_NUM, series))
    out: list[int] = []
    for i, match in enumerate(numbers):
        found = _resolve(_key(match[0]), printed, count)
        between = series[numbers[i - 1].end() : match.start()] if i else ""
        if found and out and re.search(r"tot en met|t/m|–|-", between):
            out += range(out[-1] + 1, found[0])
        out += found
    return tuple(dict.fromkeys(out))


def _resolve(key: str, printed: dict[str, int], count: int) -> list[int]:
    if key in printed:
        return [printed[key]]
    parts = [
        o for k, o in printed.items() if re.fullmatch(re.escape(key) + r"[a-z]", k)
    ]  # 'aanbeveling 1' where 1a and 1b are printed
    if parts:
        return parts
    return [int(key)] if not printed and key.isdigit() and 1 <= int(key) <= count else []


def _by_ordinal(text: str, recommendations: Sequence[Recommendation]) -> list[Reference]:
    ordinals, numerals, series, bare = _words()
    out = []
    count = len(recommendations)
    for match in series.finditer(text):
        scope = _scope(text[match.end() : match.end() + 60], recommendations)
        found = _ordinals(match[1], ordinals, len(scope))
        if match[2]:  # 'de eerste drie aanbevelingen', 'de laatste twee'
            n = numerals[match[2].lower()]
            found = (
                list(range(1, n + 1))
                if match[1].lower().endswith("eerste")
                else list(range(len(scope) - n + 1, len(scope) + 1))
            )
        picked = tuple(scope[k - 1] for k in found if 1 <= k <= len(scope))
        if picked:
            out.append(Reference(match.start(), match.end(), picked, "ordinal"))
    if re.search(r"\bslotaanbeveling\b", text, re.IGNORECASE):
        at = text.lower().index("slotaanbeveling")
        out.append(Reference(at, at + 15, (count,), "ordinal"))
    if re.search(r"aanbeveling", text, re.IGNORECASE):
        for match in bare.finditer(text):
            k = ordinals.get(match[1].lower(), count if match[1].lower() == "laatste" else count - 1)
            near = re.search(r"aanbeveling", text[max(0, match.start() - 120) : match.end() + 120], re.IGNORECASE)
            if near and 1 <= k <= count and not any(r.start < match.end() and match.start() < r.end for r in out):
                out.append(Reference(match.start(), match.end(), (k,), "ordinal"))
    return out


def _ordinals(series: str, values: dict[str, int], count: int) -> list[int]:
    words = re.findall(r"[a-zë]+", series.lower())
    out: list[int] = []
    through = False
    for word in words:
        value = values.get(word) or {"laatste": count, "voorlaatste": count - 1}.get(word)
        if value is None:
            through = through or word == "met"
            continue
        if through and out:
            out += range(out[-1] + 1, value)
        out.append(value)
        through = False
    return out


def _scope(after: str, recommendations: Sequence[Recommendation]) -> list[int]:
    """The ordinals among which 'de eerste aanbeveling aan mij' counts: those to that addressee, else all."""
    match = re.match(r"\s+(?:aan|tot|voor)\s+((?:de |het )?[\w&-]+)", after)
    if match:
        mine = [r.ordinal for r in recommendations if r.addressee and same_addressee(match[1], r.addressee)]
        if mine:
            return mine
    return [r.ordinal for r in recommendations]


def same_addressee(a: str, b: str) -> bool:
    """Whether two names for an addressee are the same: 'de KMar' and 'KMar'; 'mij' and 'ik'."""
    self_words = {"mij", "ik", "ons", "wij", "mijzelf"}
    x, y = (re.sub(r"^(?:de|het)\s+", "", s.strip().lower()) for s in (a, b))
    return x == y or (x in self_words and y in self_words) or (len(x) > 2 and x in y) or (len(y) > 2 and y in x)


def _groups(text: str, recommendations: Sequence[Recommendation]) -> list[Reference]:
    out = []
    everyone = tuple(r.ordinal for r in recommendations)
    for match in _ALL.finditer(text):
        tail = text[match.end() : match.end() + 90]
        to = re.match(
            r"\s+(?:die\s+)?(?:aan|tot|voor)\s+([^,.;]+?)(?:\s+(?:zijn|is|en tot|hecht|neem|worden|heb|kan|krijgen|gericht)\b|[,.;]|$)",
            tail,
        )
        ordinals = everyone
        named = match["to"] or (to[1] if to else "")
        if named:
            names = re.split(r"\s+en(?:\s+aan)?\s+|,\s*", re.sub(r"\s+(?:zelve|zelf)\b", "", named))
            mine = tuple(
                r.ordinal
                for r in recommendations
                if r.addressee and any(same_addressee(n, r.addressee) for n in names if n)
            )
            ordinals = mine or everyone
        out.append(Reference(match.start(), match.end(), ordinals, "group"))
    return out + [r for r in _counted(text, recommendations) if not any(o.start < r.end and r.start < o.end for o in out)]


def _some(text: str, recommendations: Sequence[Recommendation]) -> list[Reference]:
    """'Een aantal aanbevelingen …': those of which what follows has two words at least that few others have."""
    match = _SOME.search(text)
    if not match or len(recommendations) < 3:
        return []
    asked = {r.ordinal: {t for t, n in terms(r.text).items() if n >= 1} for r in recommendations}
    seen = Counter(t for words in asked.values() for t in words)
    said = {t for t in terms(text[match.end() :]) if seen[t] * 3 <= len(recommendations)}
    picked = tuple(o for o, words in asked.items() if len(words & said) >= 2)
    return [Reference(match.start(), match.end(), picked, "number")] if picked else []


def _counted(text: str, recommendations: Sequence[Recommendation]) -> list[Reference]:
    """'Alle zes de punten': the group, or all recommendations, where just so many are stated."""
    numerals = rules("references")["numerals"]
    pattern = re.compile(
        rf"\b(?:alle|deze|de|die|genoemde|overige)\s+({'|'.join(numerals)})\s+(?:de\s+|van de\s+)?(?:\w+\s+)?{_ORDINAL_NOUN}",
        re.IGNORECASE,
    )
    groups = [*_runs(recommendations), tuple(r.ordinal for r in recommendations)]
    out = []
    for match in pattern.finditer(text):
        group = next((g for g in groups if len(g) == numerals[match[1].lower()]), None)
        if group:
            out.append(Reference(match.start(), match.end(), group, "group"))
    return out


def _runs(recommendations: Sequence[Recommendation]) -> list[tuple[int, ...]]:
    """The ordinals of recommendations that stand one after the other in a list, list by list."""
    out: list[list[int]] = []
    last = -9
    for r in recommendations:
        block = r.sources[0].block
        if block == last + 1:
            out[-1].append(r.ordinal)
        else:
            out.append([r.ordinal])
        last = block
    return [tuple(g) for g in out]
