"""Recommendations in running prose: 'Daarnaast beveelt de Inspectie aan dat ik …', 'De IVD zou … moeten delen'."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from extract.phrases import any_of, rules
from extract.recommendations.addressees import addressee_in, addressee_of_clause, subject_of_clause
from extract.recommendations.candidates import ENUMERATED, Candidate, Context, candidate, enumerated
from extract.recommendations.forms import is_imperative
from extract.recommendations.provenance import is_foreign, own_names

_PRONOUN = re.compile(r"\b(?:zij|hij|ze|deze)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:wij|we|ik|het kabinet)\b", re.IGNORECASE)
_COMPLEMENT = re.compile(
    r"^(?P<between>[^;:.]{0,110}?)(?P<word>(?:\b(?:om|dat|erop toe te zien dat|ervoor te zorgen dat)\b)|:)\s*",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r",?\s+(?:terwijl|en)\s+(?=(?:zij|hij|deze|de \w+)?\s*(?:haar|hem|hen|mij)?\s*(?:ten slotte\s+|tevens\s+|daarnaast\s+)?(?:vraagt|beveelt|adviseert|verzoekt|roept|raadt)\b)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[«“](?P<text>[^«»“”]{20,}?)[»”]")
_ORDINAL = re.compile(
    r"^(?:De|Een|Haar|Zijn)\s+(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|laatste)(?:\s+(?:aanbeveling|advies|en laatste(?: aanbeveling)?))?\s+"
    r"(?:strekt ertoe dat|strekt ertoe|is dat|is om|is|houdt in dat|luidt dat|luidt om|luidt|behelst|beoogt dat|betreft|ziet op)\s*:?\s+(?!dat\b|gericht|een\s+\w+e\s+aanbeveling|door|niet|reeds|al\b|inmiddels|in\b|aan\b|van\b|naar\b)"
)
_OPINION = re.compile(r"(?:vindt|vinden|meent|menen)\b.*?\bdat\s+", re.IGNORECASE)
_SUBJECT_I = re.compile(r"^(?:ik|wij|we|hij|zij)\s+", re.IGNORECASE)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    words = rules("recommendations")["prose"]
    return {
        name: any_of(words[name]) for name in ("present", "past", "passive", "noun", "modal", "wish", "ought", "object")
    }


@cache
def _skip() -> re.Pattern[str]:
    return re.compile(r"^(?:\W*(?:" + rules("recommendations")["prose"]["skip"][0] + r")\b)+\W*", re.IGNORECASE)


def prose(context: Context) -> Iterator[Candidate]:
    """Candidates from the sentences of the paragraphs."""
    outline = context.outline
    for i, block in enumerate(outline.blocks if context.speaks else ()):
        if block.kind != "paragraph" or context.outside(i):
            continue
        # whether the sentence before stated or announced recommendations; an announcement may end the paragraph before
        near = i > 0 and outline.blocks[i - 1].kind == "paragraph" and _announces_more(outline.blocks[i - 1].text)
        for start, end in outline.sentences(i):
            found = list(_in_sentence(context, i, start, end, near))
            near = bool(found) or _announces(block.text[start:end])
            yield from found


def _announces_more(paragraph: str) -> bool:
    """'Daarin lees ik acht aanbevelingen, die ik in haar eigen volgorde weergeef.'"""
    return bool(
        re.search(
            r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\d+|de volgende|achttal|\w+tal)\s+(?:\w+\s+)?(?:aanbevelingen|adviezen|voorstellen)\b[^.]{0,120}[.:]\s*$",
            paragraph,
        )
    )


def _announces(sentence: str) -> bool:
    words = rules("recommendations")["announce"]
    return (
        bool(
            any_of(words["strong"] + ["stelt|stellen ~ voor", "vraagt|vragen", "richt|richten ~ het woord"]).search(
                sentence
            )
        )
        and len(sentence) < 260
    )


def _in_sentence(context: Context, i: int, start: int, end: int, near: bool) -> Iterator[Candidate]:
    text = context.outline.blocks[i].text
    sentence = text[start:end]
    if is_foreign(sentence, context) or sentence.rstrip().endswith(("?", ":")):
        return
    marks = list(ENUMERATED.finditer(text, start, end))
    if marks and (near or len(marks) >= 2) and (_speaks(context, sentence, near) or _goes_on(text, marks[0])):
        to = _addressee(context, text[start : marks[0].start()], "modal", 0)
        yield from enumerated(context.outline, i, marks, end, "prose", to)
        return
    quote = _QUOTE.search(sentence)
    if quote and is_imperative(quote["text"]) and _introduces(context, i, sentence):
        yield candidate(
            context.outline,
            i,
            start + quote.start("text"),
            start + quote.end("text"),
            "prose",
            addressee=addressee_in(sentence[: quote.start()], own_names(context)),
            rule="quote",
            sure=0.9,
        )
        return
    cut = [0, *(m.end() for m in _NEXT.finditer(sentence)), len(sentence)]
    for a, b in itertools.pairwise(cut):
        hit = _cue(context, sentence[a:b], near, context.outline.zones[i])
        if hit:
            name, begin, sure = hit
            to = _addressee(context, sentence[a:b], name, begin)
            yield candidate(
                context.outline, i, start + a + begin, start + b, "prose", addressee=to, rule=name, sure=sure
            )


def _addressee(context: Context, sentence: str, cue: str, begin: int) -> str:
    own = own_names(context)
    if cue in ("modal", "wants"):
        return addressee_of_clause(sentence, own)
    named = addressee_in(sentence[:begin], own)
    that = re.search(r"\bdat\b\W*$", sentence[:begin])
    return named or (subject_of_clause(sentence[begin:], own) if that else "")


def _introduces(context: Context, i: int, sentence: str) -> bool:
    """Whether the sentence, or the heading above it, presents what it quotes as a recommendation of the report's body."""
    strong = any_of(rules("recommendations")["announce"]["strong"])
    return bool(
        strong.search(sentence) or strong.search(context.outline.heading_text(i)) or own_names(context).search(sentence)
    )


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    """Whether the number follows one earlier in the paragraph: '(iv) … . Tot X richt zich het advies om (v) …'."""
    before = [m["number"].lower() for m in ENUMERATED.finditer(text, 0, mark.start())]
    if not before:
        return False
    order = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
    here, last = mark["number"].lower(), before[-1]
    return (here in order and last in order and order.index(here) == order.index(last) + 1) or (
        here.isdigit() and last.isdigit() and int(here) == int(last) + 1
    )


def _speaks(context: Context, sentence: str, near: bool) -> bool:
    """Whether the sentence, whatever its grammar, tells what the report's body asks."""
    asked = (
        _cues()["present"].search(sentence) or _cues()["passive"].search(sentence) or _cues()["modal"].search(sentence)
    )
    return bool(asked) and (
        near or own_names(context).search(sentence) is not None or _PRONOUN.search(sentence) is not None
    )


def _cue(context: Context, sentence: str, near: bool, zone: str) -> tuple[str, int, float] | None:
    """(cue, where the recommendation begins, how sure), or None when the sentence states none."""
    cues = _cues()
    own = own_names(context)
    ordinal = _ORDINAL.search(sentence)
    if ordinal and len(sentence) - ordinal.end() >= 25 and (near or "aanbeveling" in ordinal[0]) and zone != "reaction":
        return "ordinal", ordinal.end(), 0.6
    for name in ("present", "past", "passive", "noun"):
        for match in cues[name].finditer(sentence):
            if name in ("present", "past") and not _has_subject(context, sentence, match, own):
                continue
            begin = _content(sentence, match.end(), strict=name == "noun")
            opinion = _OPINION.match(match.group())
            begin = match.start() + opinion.end() if opinion else begin
            if begin is not None and len(sentence) - begin >= 25:
                return "opinion" if opinion else name, begin, 0.5 if opinion else 0.7
    wants = re.search(r"\b(?:wil|willen|wenst|zou(?:den)? graag)\b", sentence)
    if wants and context.kind == "letter" and _has_subject(context, sentence, wants, own) and own.search(sentence):
        begin = _after_subject(sentence, wants.end(), own)
        if len(sentence) - begin >= 35 and not re.search(
            r"\b(?:weten|zeggen|voeren|benadrukken|wijzen|meegeven)\W*$", sentence
        ):
            return "wants", begin, 0.4
    match = cues["modal"].search(sentence)
    if context.kind == "report" and zone == "recommendations":
        wish = cues["wish"].search(sentence)
        if wish:
            return "wish", wish.end() + 1, 0.5
        if match or cues["ought"].search(sentence):
            return "modal", 0, 0.5
    if (
        match
        and (near or own.search(sentence))
        and not re.search(r"\bzou(?:den)?\b.*\b(?:betekenen|leiden|ontstaan|hebben)\b", sentence)
    ):
        head = re.match(r".*?\bzou(?:den)?\s+(?:ik|wij)\s+", sentence)
        return "modal", head.end() if head else _after_colon(sentence, match.start()), 0.5 if near else 0.4
    return None


def _after_colon(sentence: str, before: int) -> int:
    """Where the clause of a modal begins: after a colon that introduces it, else at the beginning."""
    colon = sentence.rfind(": ", 0, before)
    return colon + 2 if colon >= 0 else 0


def _after_subject(sentence: str, at: int, own: re.Pattern[str]) -> int:
    """After the verb, and after its subject where that follows it ('wil de Raad …')."""
    match = re.match(r"\s+(?:de |het )?(?:" + own.pattern + r"|(?:zij|hij)\b)\s*", sentence[at:], re.IGNORECASE)
    return at + (match.end() if match else 1)


def _has_subject(context: Context, sentence: str, match: re.Match[str], own: re.Pattern[str]) -> bool:
    """Whether the report's own body, or a pronoun for it, is the subject of the verb found."""
    before = sentence[max(0, match.start() - 60) : match.start()]
    after = sentence[match.start() : min(len(sentence), match.end() + 45)]
    verb = match.group().split()[0]
    following = after[len(verb) :]
    if re.match(r"\s+u\b", following) or re.search(r"\b[Uu]\s+$", before):
        return True  # a letter to the body itself: 'U beveelt mij aan'
    who = _SELF if context.kind == "report" else _PRONOUN
    subject_after = re.match(r"\s+(?:de |het )?(?:" + own.pattern + r"|(?:zij|hij|wij)\b)", following, re.IGNORECASE)
    if context.kind == "letter" and re.match(r"\s+(?:ik|wij|uw)\b", following, re.IGNORECASE):
        return False
    if subject_after:
        return True
    tail = before[-45:]
    if own.match(re.sub(r"^(?:\W|de |het |De |Het )+", "", sentence[: match.start()])) and not re.search(
        r"[;:]", before
    ):
        return True
    return bool(own.search(tail) or who.search(tail) or _PRONOUN.search(tail[-12:]))


def _content(sentence: str, at: int, strict: bool) -> int | None:
    """Where the content begins after the cue that ends at `at`; None when nothing follows that could be content."""
    tail = sentence[at:]
    if strict:
        # the noun's phrase ends with the complementiser itself
        return at + len(tail) - len(tail.lstrip(" ,:"))
    skipped = _skip().match(tail)
    direct = skipped.end() if skipped else len(tail) - len(tail.lstrip(" ,"))
    match = _COMPLEMENT.match(tail)
    if match and not re.search(r"\bte \w+en\b", match["between"]):
        begin = match.end()
        subject = _SUBJECT_I.match(tail[begin:]) if match["word"].lower().endswith("dat") else None
        return at + begin + (subject.end() if subject else 0)
    if re.search(r"\bte \w+en\b|\w+te\w+en\b", tail) or _cues()["object"].search(sentence[max(0, at - 40) : at]):
        return at + direct
    return None
