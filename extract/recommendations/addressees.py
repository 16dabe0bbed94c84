"""To whom a recommendation is directed, as written."""

from __future__ import annotations

import re

_STOP = r"(?=\s*(?:$|[:.,;()]|\b(?:het volgende|de volgende|om|dat|beveelt|bevelen|adviseert|doet|richt|is|zijn|wordt|worden|aan\b(?!\s+de minister)|te\b)))"
_TO = re.compile(
    r"\b(?:[Aa]an|[Tt]ot|[Vv]oor)\s+((?:(?:de|het|alle|elke|iedere|mij|ons|u|uw)\b\s*)?[^:.;()]{0,110}?)" + _STOP,
)
_HEADING = re.compile(r"^\s*(?:[\dIVX.]+\s+)?(?:[Aa]anbeveling(?:en)?\s+)?(?:gericht\s+)?(?:aan|tot|voor|Aan|Tot|Voor)\s+(.{2,120}?)\s*:?\s*$")
_VERB_TO = re.compile(
    r"\b(?:beveelt|bevelen|beval|raadt|raden|adviseert|adviseren|adviseerde|verzoekt|vraagt|roept|spoort)\s+"
    r"(?:(?:de|het)\s+[Ii]nspectie\w*\s+|zij\s+|hij\s+|de\s+[A-Z]\w+\s+|wij\s+)?"
    r"((?:aan\s+)?(?:mij|ons|de|het|alle|[A-Z])[^,:.;]*?)"
    r"(?:\s+(?:daarom|voorts|verder|tevens|ook|daarnaast|allereerst|hierbij|ten slotte|tot slot|in dat verband|eveneens|bovendien))*"
    r"\s+(?:(?:het volgende|de volgende \w+)\s+)?(?:aan\b|op\b|om\b|te\b|dat\b|:|in overweging)"
)
_NOT = re.compile(r"^(?:haar|zijn|deze|dit|dat|die|welke|bevindingen|grond|basis|hand|orde|volgende|elke|het volgende|de hand|de orde|mijn oordeel)\b|\b(?:bevinding|conclusie|aanbeveling|analyse|onderzoek)\w*", re.IGNORECASE)


def _clean(name: str) -> str:
    name = re.sub(r"^(?:aan|tot|voor)\s+", "", name.strip(" ,:;.–-")).strip()
    name = re.sub(r"\s+(?:daarom|voorts|verder|ook|tevens|nog|gezamenlijk het volgende|het volgende|de volgende.*|zijn|is)$", "", name)
    return "" if _NOT.search(name) or len(name) > 120 else name


def addressee_of_heading(text: str) -> str:
    """'de minister van OCW' from '5.3 Aanbevelingen aan de minister van OCW' or 'Aan de minister van OCW:'; '' otherwise."""
    match = _HEADING.match(text)
    return _clean(match[1]) if match else ""


def addressee_in(text: str) -> str:
    """The addressee that a lead-in or a stating sentence names; '' when it names none."""
    for pattern in (_VERB_TO, _TO):
        for match in pattern.finditer(text):
            name = _clean(match[1])
            if name:
                return name
    if re.search(r"\b(?:voor|tot|aan) mij\b|\bmij\b", text):
        return "mij"
    return ""
