"""What a document says of itself: kind, title, date, signatory, ministry, issuer, report, dossier and number."""

from __future__ import annotations

import re

from corpus.records import Block, Metadata, Reading
from extract.dates import MONTHS, parse_date
from extract.issuers import Issuer, find_issuers

_NAME = re.compile(
    r"^(?:(?:drs|dr|mr|ir|ing|prof|dhr|mw|mevr)\.?\s+)*(?:[A-Z]{1,2}(?:[a-z]{1,2})?\.\s?-?){1,6}\s*(?:\([A-Z][\w-]+\)\s*)?(?:(?:van|de|den|der|ten|ter|te|von|d’|'t|’t|el|al)\s+){0,3}[A-ZÀ-Ý][\w’'À-ÿ-]+(?:[ -](?:van |de |den |der )*[A-ZÀ-Ý][\w’'À-ÿ-]+)*(?:\s+[A-Z]{2,4}(?:/[A-Z])?)?$"
)
_FUNCTION = re.compile(r"^(?:de |DE )?(?:minister|staatssecretaris|minister-president|ministers)\b", re.IGNORECASE)
_MINISTRY_OF = re.compile(
    r"(?:[Mm]inister|[Ss]taatssecretaris|MINISTER|STAATSSECRETARIS)\s+(?:van|VAN)\s+(?P<of>.+?)(?:\s+–|\s+(?:en|EN) (?:de|DE) |,?\s*$)"
)
_QUOTED = re.compile(r"[«“‘](?P<title>[A-ZÀ-Ý0-9][^«»“”]{3,200}?)[»”’](?!\w)")
_NO_LETTER = re.compile(
    r"\b(?:MOTIE|AMENDEMENT|VERSLAG|LIJST VAN VRAGEN|VOORSTEL VAN WET|MEMORIE|NOTA NAAR AANLEIDING|NOTA VAN WIJZIGING)\b"
)
_SELF = {"rechtsbescherming": "Justitie en Veiligheid", "medische zorg": "Volksgezondheid, Welzijn en Sport", "langdurige zorg en sport": "Volksgezondheid, Welzijn en Sport",
         "milieu": "Infrastructuur en Waterstaat", "natuur en stikstof": "Landbouw, Natuur en Voedselkwaliteit", "klimaat en energie": "Economische Zaken en Klimaat",
         "primair en voortgezet onderwijs": "Onderwijs, Cultuur en Wetenschap", "wonen en rijksdienst": "Binnenlandse Zaken en Koninkrijksrelaties",
         "volkshuisvesting en ruimtelijke ordening": "Binnenlandse Zaken en Koninkrijksrelaties", "buitenlandse handel en ontwikkelingssamenwerking": "Buitenlandse Zaken"}  # fmt: skip


def find_metadata(reading: Reading) -> tuple[Metadata, tuple[Issuer, ...]]:
    """The metadata, and the bodies whose recommendations the document is about (the first is the main one)."""
    lines = list(reading.furniture) + [b for b in reading.blocks if b.role == "address"]
    body = [b for b in reading.blocks if b.role != "address"]
    kind = _kind(reading, lines, body)
    title = _title(reading, lines, body, kind)
    cover = (
        " ".join(b.text for b in reading.furniture if b.role in ("cover", "header") and b.page <= 3)
        if kind == "report"
        else ""
    )
    issuers = tuple(find_issuers(tuple(body), f"{title} {cover}")) if kind else ()
    dossier, number = _dossier(lines)
    return Metadata(
        kind=kind,
        title=title,
        date=_date(lines, body),
        signatory=_signatory(body) if kind == "letter" else "",
        ministry=_ministry(lines, body) if kind == "letter" else "",
        issuer="; ".join(i.name for i in issuers),
        report_title=title if kind == "report" else _report_title(title, body) if kind == "letter" else "",
        dossier=dossier,
        number=number,
    ), issuers


def _kind(reading: Reading, lines: list[Block], body: list[Block]) -> str:
    """'letter', 'report', or '' for what is neither: motions, questions and answers, minutes."""
    headers = [b.text for b in lines if b.role == "header" and b.page == 1]
    first = [b.text for b in body[:6]]
    if any(t.upper().startswith("BRIEF VAN") for t in headers):
        return "letter"
    if (
        reading.layout == "questions"
        or any(_NO_LETTER.search(t) for t in headers)
        or any(re.match(r"De Kamer,\s*$|gehoord de beraadslaging", t) for t in first)
    ):
        return ""
    if reading.layout == "report":
        return "report"
    if any(t.upper().startswith(("BRIEF VAN", "BRIEF VAN DE")) for t in headers) or reading.layout == "letter":
        return "letter"
    opening = " ".join(first + [b.text for b in lines if b.role == "address"])
    if (
        re.search(r"Geachte voorzitter|Voorzitter van de (?:Tweede|Eerste) Kamer", opening, re.IGNORECASE)
        or reading.layout == "kamerstuk"
    ):
        return "letter" if not re.search(r"vaste commissie .{0,80}(?:vragen|verslag)", opening, re.IGNORECASE) else ""
    return (
        "report"
        if len(reading.pages) >= 5
        and sum(b.kind == "heading" for b in body) >= 6
        and not re.search(r"vaste commissie|Verslag van een", opening)
        else ""
    )


def _title(reading: Reading, lines: list[Block], body: list[Block], kind: str) -> str:
    for i, block in enumerate(lines):
        match = re.match(r"(?:Betreft|Onderwerp)\s*:?\s*(.*)", block.text)
        if match:
            following = [b.text for b in lines[i + 1 : i + 3] if b.role == "address" and b.page == block.page]
            return (
                match[1]
                + (
                    ""
                    if match[1].endswith((".", "»"))
                    else "".join(" " + t for t in following if not re.match(r"Datum|Geachte|Aan ", t))
                )
            ).strip()
    if kind == "report":
        return _cover_title(reading, body)
    document = (
        reading.title
        if reading.title and not re.search(r"\.docx?|Microsoft|untitled|%20|^-$|^None$", reading.title, re.IGNORECASE)
        else ""
    )
    dossier = next(
        (b.text for i, b in enumerate(lines) if i and re.fullmatch(r"\d{2} ?\d{3}(?:[ -][A-Z]+)?", lines[i - 1].text)),
        "",
    )
    return document or dossier


def _cover_title(reading: Reading, body: list[Block]) -> str:
    """The lines of the cover down to the author or date; the largest are set first on every cover seen."""
    out: list[str] = []
    cover = [b for b in reading.furniture if b.role == "cover" and b.page == 1]
    sizes = [b.box[3] - b.box[1] for b in cover]
    for block, size in zip(cover, sizes, strict=True):
        if size >= 0.75 * max(sizes) and not re.search(r"(?:19|20)\d\d$|^\d+$", block.text):
            joined = out and out[-1].endswith("-") and block.text[:1].islower()
            out = [*out[:-1], out[-1][:-1] + block.text] if joined else [*out, block.text]
    if out:
        return " ".join(out)
    return reading.title or next((b.text for b in body if b.kind == "heading"), "")


def _date(lines: list[Block], body: list[Block]) -> str:
    for i, block in enumerate(lines):
        if re.match(r"Datum\b", block.text):
            found = parse_date(block.text) or (parse_date(lines[i + 1].text) if i + 1 < len(lines) else None)
            if found:
                return found.isoformat()
    for block in [*body[:6], *body[-12:], *lines]:
        if len(block.text) < 60 and not re.match(r"Voorgesteld", block.text):
            found = parse_date(block.text)
            if found and re.match(
                rf"(?:[’'A-Za-z -]+,\s*)?(?:\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|\d)", block.text, re.IGNORECASE
            ):
                return found.isoformat()
    return ""


def _signatory(body: list[Block]) -> str:
    """The names under the letter, joined by '; '."""
    tail = [b.text.strip() for b in body if b.kind in ("paragraph", "heading")][-14:]
    names = [t for t in tail if _NAME.match(t)]
    return "; ".join(dict.fromkeys(names))


def _ministry(lines: list[Block], body: list[Block]) -> str:
    for i, block in enumerate(lines):
        if re.match(r"Ministerie van\b", block.text):
            text = block.text
            for following in lines[i + 1 : i + 4]:
                if following.page != block.page or re.search(
                    r"\d|\bPostbus\b|^(?:Postadres|Bezoekadres|Datum|Ons)", following.text
                ):
                    break
                if (
                    not re.search(r"\b(?:en|van)$|,$", text)
                    and following.text[:1].isupper()
                    and text != "Ministerie van"
                ):
                    break
                text += " " + following.text
            return text
    functions = [b.text for b in lines if b.text.upper().startswith("BRIEF VAN")] + [
        b.text for b in body if _FUNCTION.match(b.text) and len(b.text) < 140
    ]
    for text in functions:
        match = _MINISTRY_OF.search(text)
        if match:
            return "Ministerie van " + _cased(match["of"].strip())
        minister_for = re.search(r"\bvoor\s+([^,.]+)", text, re.IGNORECASE)
        if minister_for and minister_for[1].strip().lower() in _SELF:
            return "Ministerie van " + _SELF[minister_for[1].strip().lower()]
    return ""


def _cased(name: str) -> str:
    """'KLIMAAT EN GROENE GROEI' as 'Klimaat en Groene Groei'."""
    return (
        " ".join(w.lower() if w in ("EN", "VAN", "DE") else w.capitalize() for w in name.split())
        if name.isupper()
        else name
    )


def _report_title(title: str, body: list[Block]) -> str:
    """The report that the letter answers: its title stands in quotes, near the word 'rapport'."""
    match = _QUOTED.search(title)
    if match:
        return match["title"].rstrip(" .,")
    for block in body[:14]:
        for match in _QUOTED.finditer(block.text):
            near = block.text[max(0, match.start() - 140) : match.end() + 60]
            if re.search(r"rapport|onderzoek|advies|themarapport", near, re.IGNORECASE):
                return match["title"].rstrip(" .,")
    return ""


def _dossier(lines: list[Block]) -> tuple[str, str]:
    """('28638', '200') from the printed header or the kst-number at the foot."""
    dossier, number = "", ""
    for block in lines:
        match = re.match(r"kst-(\d{5})(?:-([IVX]+[A-Z]?))?-(\d+)\b", block.text)
        if match:
            return match[1], match[3]
        match = re.search(r"\b(\d{2})\s(\d{3})(?:\s[IVX]+[A-Z]?)?, nr\. (\d+)", block.text)
        if match:
            return match[1] + match[2], match[3]
        if re.fullmatch(r"\d{2} ?\d{3}(?:[ -][IVX]+[A-Z]?)?", block.text):
            dossier = re.sub(r"\D", "", block.text)[:5]
        if match := re.match(r"Nr\.\s*(\d+)", block.text):
            number = match[1]
    return (dossier, number) if dossier else ("", "")
