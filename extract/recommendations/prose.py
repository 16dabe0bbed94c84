"""Recommendations in running prose: 'Daarnaast beveelt de Inspectie aan dat ik …', 'De IVD zou … moeten delen'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.phrases import any_of, rules
from extract.recommendations.addressees import addressee_in, addressee_of_clause, subject_of_that
from extract.recommendations.candidates import Candidate, Context, candidate
from extract.recommendations.forms import is_imperative
from extract.recommendations.provenance import is_foreign, own_names

_PRONOUN = re.compile(r"\b(?:zij|hij|ze|deze)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:wij|we|ik|het kabinet)\b", re.IGNORECASE)
_COMPLEMENT = re.compile(r"^(?P<between>[^;:.]{0,110}?)(?P<word>(?:\b(?:om|dat|erop toe te zien dat|ervoor te zorgen dat)\b)|:)\s*", re.IGNORECASE)
_NEXT = re.compile(r",?\s+(?:terwijl|en)\s+(?=(?:zij|hij|deze|de \w+)?\s*(?:haar|hem|hen|mij)?\s*(?:ten slotte\s+|tevens\s+|daarnaast\s+)?(?:vraagt|beveelt|adviseert|verzoekt|roept|raadt)\b)", re.IGNORECASE)
_ENUMERATED = re.compile(r"(?:(?<=\s)|^)\(?(?P<number>[ivx]{1,5}|[a-h]|\d{1,2})\)\s+", re.IGNORECASE)
_QUOTE = re.compile(r"[«“](?P<text>[^«»“”]{20,}?)[»”]")
_SUBJECT_I = re.compile(r"^(?:ik|wij|we|hij|zij)\s+", re.IGNORECASE)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    words = rules("recommendations")["prose"]
    return {name: any_of(words[name]) for name in ("present", "past", "passive", "noun", "modal")}


@cache
def _skip() -> re.Pattern[str]:
    return re.compile(r"^(?:\W*(?:" + rules("recommendations")["prose"]["skip"][0] + r")\b)+\W*", re.IGNORECASE)


def prose(context: Context) -> Iterator[Candidate]:
    """Candidates from the sentences of the paragraphs."""
    outline = context.outline
    for i, block in enumerate(outline.blocks):
        if block.kind != "paragraph" or context.outside(i):
            continue
        near = False  # whether the sentence before stated or announced recommendations
        for start, end in outline.sentences(i):
            found = list(_in_sentence(context, i, start, end, near))
            near = bool(found) or _announces(block.text[start:end])
            yield from found


def _announces(sentence: str) -> bool:
    words = rules("recommendations")["announce"]
    return bool(any_of(words["strong"] + ["stelt|stellen ~ voor", "vraagt|vragen"]).search(sentence)) and len(sentence) < 260


def _in_sentence(context: Context, i: int, start: int, end: int, near: bool) -> Iterator[Candidate]:
    text = context.outline.blocks[i].text
    sentence = text[start:end]
    if is_foreign(sentence, context) or sentence.rstrip().endswith(("?", ":")):
        return
    enumerated = list(_ENUMERATED.finditer(sentence))
    if (len(enumerated) >= 2 or (enumerated and near)) and _speaks(context, sentence, near):
        yield from _parts(context, i, start, end, enumerated)
        return
    quote = _QUOTE.search(sentence)
    if quote and is_imperative(quote["text"]) and _introduces(context, i, sentence):
        yield candidate(context.outline, i, start + quote.start("text"), start + quote.end("text"), "prose", addressee=addressee_in(sentence[: quote.start()], own_names(context)), rule="quote", sure=0.9)
        return
    cut = [0, *(m.end() for m in _NEXT.finditer(sentence)), len(sentence)]
    for a, b in zip(cut, cut[1:], strict=False):
        hit = _cue(context, sentence[a:b], near)
        if hit:
            name, begin, sure = hit
            to = _addressee(context, sentence[a:b], name, begin)
            yield candidate(context.outline, i, start + a + begin, start + b, "prose", addressee=to, rule=name, sure=sure)


def _addressee(context: Context, sentence: str, cue: str, begin: int) -> str:
    own = own_names(context)
    if cue in ("modal", "wants"):
        return addressee_of_clause(sentence, own)
    named = addressee_in(sentence[:begin], own)
    return named or (subject_of_that(sentence[max(0, begin - 12) :]) if re.search(r"\bdat\b", sentence[max(0, begin - 12) : begin]) else "")


def _introduces(context: Context, i: int, sentence: str) -> bool:
    """Whether the sentence, or the heading above it, presents what it quotes as a recommendation of the report's body."""
    strong = any_of(rules("recommendations")["announce"]["strong"])
    return bool(strong.search(sentence) or strong.search(context.outline.heading_text(i)) or own_names(context).search(sentence))


def _speaks(context: Context, sentence: str, near: bool) -> bool:
    """Whether the sentence, whatever its grammar, tells what the report's body asks."""
    asked = _cues()["present"].search(sentence) or _cues()["passive"].search(sentence) or _cues()["modal"].search(sentence)
    return bool(asked) and (near or own_names(context).search(sentence) is not None or _PRONOUN.search(sentence) is not None)


def _parts(context: Context, i: int, start: int, end: int, marks: list[re.Match[str]]) -> Iterator[Candidate]:
    """'(i) … , (ii) … en (iii) …': each numbered part is a recommendation of its own."""
    text = context.outline.blocks[i].text
    ends = [*(start + m.start() for m in marks[1:]), end]
    for mark, stop in zip(marks, ends, strict=True):
        part = re.sub(r"[\s,;]+(?:en|alsmede)?\s*$", "", text[start + mark.end() : stop])
        yield candidate(context.outline, i, start + mark.end(), start + mark.end() + len(part), "prose", number=mark["number"], addressee=_addressee(context, text[start : marks[0].start() + start], "modal", 0), rule="enumerated", sure=0.9)


def _cue(context: Context, sentence: str, near: bool) -> tuple[str, int, float] | None:
    """(cue, where the recommendation begins, how sure), or None when the sentence states none."""
    cues = _cues()
    own = own_names(context)
    for name in ("present", "past", "passive", "noun"):
        for match in cues[name].finditer(sentence):
            if name in ("present", "past") and not _has_subject(context, sentence, match, own):
                continue
            begin = _content(sentence, match.end(), strict=name == "noun")
            if begin is not None and len(sentence) - begin >= 25:
                return name, begin, 0.7
    wants = re.search(r"\b(?:wil|willen|wenst|zou(?:den)? graag)\b", sentence)
    if wants and context.kind == "letter" and _has_subject(context, sentence, wants, own) and own.search(sentence):
        begin = _after_subject(sentence, wants.end(), own)
        if len(sentence) - begin >= 35 and not re.search(r"\b(?:weten|zeggen|voeren|benadrukken|wijzen|meegeven)\W*$", sentence):
            return "wants", begin, 0.4
    match = cues["modal"].search(sentence)
    if match and (near or own.search(sentence)) and not re.search(r"\bzou(?:den)?\b.*\b(?:betekenen|leiden|ontstaan|hebben)\b", sentence):
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
    if re.search(r"\bte \w+en\b|\w+te\w+en\b", tail):
        return at + direct
    return None
