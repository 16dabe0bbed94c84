"""To whom a recommendation is directed, as written: in its own sentence, in the lead-in of its list, in the heading above it."""

from __future__ import annotations

import re

from extract.recommendations.parties import is_party, party_at

# The header of a table's column that says to whom.
COLUMN = re.compile(
    r"(?:gericht )?(?:aan|tot|voor)(?: wie)?|geadresseerden?|adressaat|voor wie bestemd|wie", re.IGNORECASE
)
_WORD = re.compile(r"[\w’'-]+")
PRONOUNS = ("zij", "hij", "deze", "hem", "haar", "hen")
_ADVERBS = (
    r"(?:daarom|daartoe|daarbij|daarnaast|voorts|verder|tevens|ook|allereerst|hierbij|ten slotte|tot slot|in dat verband|eveneens|bovendien|vervolgens|met klem|nadrukkelijk|eerst|"
    r"in de eerste plaats|dan ook|mede|onder meer|onder andere|nog|wel|dringend|gezamenlijk|het volgende|de volgende \w+|als eerste|evenzeer|in het bijzonder)"
)
_VERB = r"(?:beveelt|bevelen|beval|bevalen|adviseert|adviseren|adviseerde|raadt|raden|raadde|verzoekt|verzoeken|verzocht|vraagt|vragen|vroeg|roept|roepen|riep|spoort|sporen|geeft|geven|gaf|doet|doen|deed)"
_PARTICLE = r"(?:aan|op|in overweging)"
_END = re.compile(
    rf"\s+(?:de|het|een)\s+(?:volgende\s+|\w+\s+)?aanbeveling|\s+{_PARTICLE}\b|\s*[:,;]|\s+(?:om|dat)\b|\s*$"
)
_FRONTED = re.compile(
    rf"^(?:\W|\b{_ADVERBS}\b\s*)*(?:[Aa]an|[Tt]ot|[Vv]an|[Vv]oor)\s+(?P<to>[^:;.]{{2,120}}?)\s+(?:{_VERB}|richt|richten|wendt|wenden|doet|doen|geldt|gelden|zijn|is|luidt|luiden|vraagt|verlangt|verwacht|verwachten|verlangen|stelt)\b"
)
_TO = re.compile(rf"^(?:\W|\b{_ADVERBS}\b\s*)*(?:[Aa]an|[Tt]ot)\b")
_URGED = re.compile(r"\b(?:dringt|dringen|drong|drongen)\b.{0,60}?\bbij\s+(?P<to>[^:;.]{2,90}?)\s+(?:erop|op|er)\b")
_MINE = re.compile(rf"^(?P<to>[Mm]ij|[Oo]ns|[Hh]en|[Hh]em)\s+{_VERB}\b")
_PASSIVE = re.compile(
    r"(?:^|, )(?P<to>[^,:;.]{2,110}?)\s+(?:wordt|worden|is|zijn|krijgt|krijgen)\s+(?:\w+\s+){0,6}?(?:aangeraden|aanbevolen|geadviseerd|gevraagd|verzocht|opgeroepen|het advies|de raad|de aanbeveling|in overweging gegeven)"
)
_WORDT_HIM = re.compile(
    r"\b(?:wordt|worden)\s+(?P<to>[^,:;.]{2,60}?)\s+(?:aangeraden|aanbevolen|geadviseerd|gevraagd|verzocht|opgeroepen|in overweging gegeven)"
)
_MEANT = re.compile(
    r"\b(?:bestemd voor|gericht (?:tot|aan)|voor)\s+(?P<to>[^,:;.()]{2,110}?)(?:\s+(?:bestemd|bedoeld|gericht)|\s*[:,;.]|\s*$|\s+om\b)|\b(?:tot|aan)\s+(?P<to2>[^,:;.()]{2,110}?)\s+(?:gericht|geadresseerd)"
)
_NOUN = re.compile(
    r"\b(?:aanbeveling(?:en)?|advies|adviezen|oproep|verzoek|suggestie)\s+aan\s+(?P<to>[^,:;.]{2,110}?)(?=\s*(?:[:,;.(]|$|\s(?:om|dat|luid\w+|is|zijn)\b))"
)
_HEADING = re.compile(
    r"^\s*(?:[\dIVX.]+\s+)?(?:(?:[Dd]e\s+)?[Aa]anbeveling(?:en)?\s+)?(?:gericht\s+)?(?:aan|tot|voor|Aan|Tot|Voor)\s+(?P<to>.{2,120}?)\s*:?\s*$"
)
_ASKED_OF = re.compile(
    r"^\s*(?:[\dIVX.]+\s+)?Wat\s+.{3,60}?\s+(?:van|aan)\s+(?P<to>.{2,80}?)\s+(?:vraagt|verlangt|verwacht|adviseert|aanbeveelt|beveelt)\s*$"
)
_MODAL = re.compile(
    r"^(?:(?:[Vv]olgens|[Nn]aar het oordeel van|[Ii]n de ogen van) [^,]{2,60}?(?:, | (?=zou)))?(?P<to>[^,:;.]{2,90}?)\s+(?:zou|zouden|dient|dienen|moet|moeten)\b"
)
_MODAL_AFTER = re.compile(
    r"\b(?:zou|zouden|dient|dienen|moet|moeten)\s+(?P<to>(?:ik|wij|zij|hij|u|het kabinet|de \w+|het \w+|[A-Z][\w&-]+))\b"
)
_ADVISED = re.compile(
    rf"\s+(?:{_VERB}\s+(?:wij|zij|hij|ik)\b|(?:krijgt|krijgen|wordt|worden|is|zijn)\s+(?:\w+\s+){{0,5}}?(?:aangeraden|aanbevolen|geadviseerd|gevraagd|verzocht|opgeroepen|het advies|de raad|de aanbeveling|de suggestie|in overweging gegeven)\b)"
)
# A party that comes first and is acted on: 'gemeenten verplichten om …', 'scholen worden beter bekostigd'.
_OBJECT = re.compile(
    r"\bte \w+en\W*$|\b\w+te\w+en\W*$|\b(?:verplichten|verzoeken|vragen|stimuleren|ondersteunen|aanspreken|dwingen)\W*$|\bge\w+ worden\W*$|^.{0,50}\b(?:worden|wordt)\b"
)
_FORBIDDEN = re.compile(
    r"^(?:daar\w*|hier\w*|waar\w*|om|ook|voorts|verder|tevens|slot|haar|hem|hen|hun|ze|tevens|zijn|deze|dit|dat|die|welke|er|grond|basis|het volgende|mijn oordeel|wie|wat|hoe|een en ander|bij|voor|in|op|met|per|te|meer|alle opzichten|de hand|de orde|niet|geen)\b"
    r"|\b(?:bevinding|conclusie|aanbeveling|analyse|onderzoek|rapport|hoofdstuk|resultaat|oordeel|inzien)\w*|\bte \w+en\b|\d{3}",
    re.IGNORECASE,
)


def _clean(name: str, told: bool = False) -> str:
    """The name without adverbs around it; '' for what cannot be one. `told`: the words around it say that it is an addressee,
    so it need not be a party that is known."""
    name = re.sub(rf"^(?:\W|\b{_ADVERBS}\b\s*)+", "", name.strip(" ,:;.–-"))
    name = re.sub(r"^(?:aan|tot|voor)\s+", "", name)
    name = re.sub(rf"(?:\s+{_ADVERBS})+$", "", name).strip(" ,:;.–-")
    party = party_at(name)
    if told and not party:
        return "" if not name or _FORBIDDEN.search(name) or len(name.split()) > 14 else name
    if not party or _FORBIDDEN.search(party):
        return ""
    return (
        name
        if re.match(r"(?:$|,?\s+(?:die|dat|met|in|van|en)\b)", name[len(party) :]) and len(name.split()) <= 24
        else party
    )


def addressee_of_heading(text: str) -> str:
    """'de minister van OCW' from '5.3 Aanbevelingen aan de minister van OCW' or 'Aan de minister van OCW:'; '' otherwise."""
    match = _HEADING.match(text) or _ASKED_OF.match(text)
    return _clean(match["to"], not re.match(r"[\W\dIVX]*[Vv]oor\b", text)) if match else ""


def party_of_heading(text: str) -> str:
    """The party that a heading names and nothing else: 'Gemeenten', '5.2 De minister van OCW'; or as addressee_of_heading."""
    text = re.sub(r"^\s*(?:[\dIVX]+[.\d]*|[A-Za-z][.)])\s+", "", text).strip(" .:")
    return text if is_party(text) else addressee_of_heading(text)


def addressee_in(text: str, own: re.Pattern[str] | None = None) -> str:
    """The addressee that a lead-in or a stating sentence names; '' when it names none. `own` matches the names of the issuer."""
    for pattern in (_MINE, _FRONTED, _URGED):
        match = pattern.search(text)
        if match and (name := _not_own(_clean(match["to"], pattern is _FRONTED and bool(_TO.match(text))), own)):
            return name
    if name := _fronted(text, own) or _object(text, own):
        return name
    for pattern in (_NOUN, _PASSIVE, _WORDT_HIM, _MEANT):
        for match in pattern.finditer(text):
            name = _not_own(_clean(match["to"] or (match["to2"] if pattern is _MEANT else "") or "", pattern is _NOUN), own)
            if name:
                return name
    return "mij" if re.search(r"\b(?:voor|tot|aan) mij\b", text) else ""


def addressee_of_clause(text: str, own: re.Pattern[str] | None = None) -> str:
    """The addressee of a clause in prose: the subject of 'zou moeten', or of the clause after 'dat'; else as addressee_in."""
    for pattern in (_MODAL_AFTER, _MODAL):
        match = pattern.search(text)
        if match and (name := _not_own(_clean(match["to"]), own)):
            return name
    return subject_of_clause(text, own) or addressee_in(text, own)


def subject_of_clause(text: str, own: re.Pattern[str] | None = None) -> str:
    """'banken' from '(dat) banken geen kosten meer in rekening brengen'; '' where no party comes first, or where it is only the object."""
    text = re.sub(r"^dat\s+", "", text)
    party = party_at(text)
    if text[len(party) :].startswith(":"):
        return _not_own(party, own)
    must = re.match(r"\s+(?:zou|zouden|dient|dienen|moet|moeten|behoort|behoren)\b(?!.*\bworden\b)", text[len(party) :])
    return "" if not party or (_OBJECT.search(text) and not must) else _not_own(party, own)


def only_party(text: str, own: re.Pattern[str] | None = None) -> str:
    """The one party that the words before a recommendation name besides the issuer; '' when they name none or several."""
    found, end = [], 0
    for match in _WORD.finditer(text):
        party = party_at(text, match.start()) if match.start() >= end else ""
        if party:
            end = match.start() + len(party)
        if party and party.lower() not in ("ik", "mij", "wij", "ons", *PRONOUNS) and _not_own(party, own):
            found.append(party)
    return found[0] if len(found) == 1 else ""


_NOTE = re.compile(
    r"\s*\((?:(?:gericht (?:tot|aan)|aan|tot|voor)\s+)?(?P<to>(?!onder|zie|bijv|circa|art|lid|par|nr)[^()\d]{2,60})\)[\s.;]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[\s.;]*(?:Gericht (?:tot|aan)|Aan|Geadresseerde:|Adressaat:|Voor)\s+(?P<to>[^.;:]{2,110}?)[.;]?\s*$"
)
_AS = re.compile(
    r"^\W*\w+\s+als\s+(?P<to>(?:gezamenlijke\s+)?(?:minister|staatssecretaris|beheerder\w*|bestuur|gemeente\w*|inspectie|werkgever\w*|instelling\w*|\w+houder\w*|\w+beheerder\w*))\b"
)
_ALL_TO = re.compile(
    r"\b(?:[Aa]anbevelingen|[Aa]dviezen|[Aa]anbeveling|eerste \w+|laatste \w+)\b[^.:]{0,60}?\b(?:gericht|bestemd|geadresseerd|gelden|geldt)\s+(?:zijn\s+)?(?:aan|tot|voor)?\s*(?P<to>(?:de|het|mij|ons|alle)\b[^.:,;]{0,90}|[A-Z][^.:,;]{1,60})"
    r"|\b(?:[Rr]icht|[Rr]ichten)\b[^.:]{0,40}?\b(?:aanbevelingen|adviezen|zich)\s+(?:tot|aan)\s+(?P<to2>[^.:,;]{2,90})"
    r"|\b[Dd]eze (?:aanbeveling )?is (?:bestemd |bedoeld )?voor\s+(?P<to3>[^.:,;]{2,90}?)(?:\s+bestemd|\s+bedoeld)?(?=[.,;])"
)


def without_note(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The span without '(gericht tot X)' at its end, and X; or the X of 'Stel als minister …'."""
    match = _NOTE.search(text[start:end])
    if match and len(match["to"].split()) <= 8:
        return start, start + match.start(), match["to"].strip()
    match = _AS.match(text[start:end])
    return start, end, match["to"] if match else ""


def noted_after(text: str, end: int) -> str:
    """X, where after the recommendation nothing follows but 'Gericht tot X.'."""
    match = _AFTER.match(text[end:]) or _NOTE.match(text[end:])
    return _clean(match["to"]) if match else ""


def addressee_of_all(text: str, own: re.Pattern[str] | None = None) -> str:
    """The addressee in a sentence about all recommendations: 'De raad heeft zijn aanbevelingen gericht aan het kabinet.'"""
    for match in _ALL_TO.finditer(text):
        name = _not_own(_clean(match["to"] or match["to2"] or match["to3"] or ""), own)
        if name:
            return name
    return ""


def _fronted(text: str, own: re.Pattern[str] | None) -> str:
    """'De korpschef' from 'De korpschef bevelen wij aan …' and from 'Gemeenten krijgen de raad …'."""
    party = party_at(text)
    if party.lower() in ("ik", "wij", "hij", "zij"):
        return ""
    return _not_own(party, own) if party and _ADVISED.match(text, text.index(party) + len(party)) else ""


def _not_own(name: str, own: re.Pattern[str] | None) -> str:
    return "" if name and own and own.fullmatch(re.sub(r"^(?:de|het)\s+", "", name, flags=re.IGNORECASE)) else name


def _object(text: str, own: re.Pattern[str] | None) -> str:
    """The object between the verb and its particle: 'beveelt [de Inspectie] UWV [daarom] aan'."""
    subject = (
        rf"(?:\s+(?:de |het )?(?:{own.pattern})(?:\s+\([^)]*\))?|\s+(?:zij|hij|wij|ik|u)\b)?"
        if own
        else r"(?:\s+(?:zij|hij|wij|ik|u)\b)?"
    )
    for match in re.finditer(rf"\b{_VERB}\b{subject}(?P<rest>\s+.+)", text, re.IGNORECASE):
        rest = re.sub(rf"^(?:\s+{_ADVERBS}\b)+", "", match["rest"])
        end = _END.search(rest)
        name = _clean(rest[: end.start()]) if end else ""
        if re.match(r"\s+(?:mij|ons)\b", rest):
            return rest.split()[0]
        if (
            name
            and re.match(r"(?:de|het|alle|elke|iedere|beide|mij|ons|hem|haar|hen|u|[A-Z]|\w+en\b|\w+s\b|UWV)", name)
            and not re.match(r"(?:aan|op)\b", name)
        ):
            return _not_own(name, own)
    return ""
