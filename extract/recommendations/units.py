"""The pieces of a document that may state a recommendation, each described for models.finder: every sentence, item, heading and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.records import Unit
from extract.outline import ItemList
from extract.recommendations.candidates import Candidate, Context
from extract.recommendations.forms import asking_part, asks, is_imperative, is_infinitive
from extract.recommendations.provenance import is_foreign, own_names

SHORTEST = 13
_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]")
_AROUND = re.compile(r"\w+|[«»“”‘’:;?!(),]")
_FIRST_PERSON = re.compile(r"\b(?:ik|mij|mijn|wij|ons|kabinet)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[«“][^»”]{20,}[»”]")
_ALL_QUOTED = re.compile(r"\W*[«“].*[»”]\W*$", re.DOTALL)

Place = tuple[int, int, int, str]


def units(context: Context, candidates: Sequence[Candidate]) -> tuple[Unit, ...]:
    """All units in reading order; `candidates` is what the rules alone would take."""
    own = own_names(context)
    lists = {i: lst for lst in context.outline.lists for i in lst.items}
    return tuple(_unit(context, place, own, lists, candidates) for place in _places(context))


def _places(context: Context) -> Iterator[Place]:
    """(block, start, end, form) of every unit."""
    outline = context.outline
    for i, block in enumerate(outline.blocks):
        if block.kind == "item" and len(block.text) >= SHORTEST:
            yield i, 0, asking_part(block.text, outline.sentences(i)), "item"
        elif block.kind == "heading" and len(block.text) >= SHORTEST:
            yield i, 0, len(block.text), "heading"
        elif block.kind == "table" and block.level:
            at = 0
            for cell in block.cells:
                if len(cell) >= SHORTEST:
                    yield i, at, at + len(cell), "cell"
                at += len(cell) + 3
        elif block.kind == "paragraph":
            form = "box" if block.role == "box" else "sentence"
            yield from ((i, start, end, form) for start, end in outline.sentences(i) if end - start >= SHORTEST)


def _unit(
    context: Context, place: Place, own: re.Pattern[str], lists: dict[int, ItemList], candidates: Sequence[Candidate]
) -> Unit:
    i, start, end, form = place
    before, after = _before(context, place, lists), _after(context, place)
    found = next((c for c in candidates if c.block == i and c.sources[0].start < end and start < c.sources[0].end), None)
    values = _values(context, place, own, before, found)
    if form == "item" and i in lists:
        values |= _of_list(context, lists[i])
    headings = [h for h in context.outline.headings[i] if h != i]
    return Unit(
        i,
        start,
        end,
        form,
        _group(context, place, lists),
        headings[-1] if headings else -1,
        tuple(_tokens(context.outline.blocks[i].text, start, end, own)),
        tuple(_words(context, place, own, before, after, headings)),
        values,
    )


def _before(context: Context, place: Place, lists: dict[int, ItemList]) -> str:
    """What leads to the unit: a list's lead-in, a column's header, the paragraph so far, or the block before."""
    outline, (i, start, _, form) = context.outline, place
    block = outline.blocks[i]
    if form == "item" and i in lists:
        return outline.lead_text(lists[i])
    if form == "cell":
        return outline.header(i, block.text[:start].count(" | "))
    if block.text[:start].strip():
        return block.text[:start]
    return outline.blocks[i - 1].text if i and outline.blocks[i - 1].kind != "footnote" else ""


def _after(context: Context, place: Place) -> str:
    """What follows the unit in its block, or the next block."""
    blocks, (i, _, end, _) = context.outline.blocks, place
    rest = blocks[i].text[end:]
    if rest.strip():
        return rest
    return blocks[i + 1].text if i + 1 < len(blocks) else ""


def _group(context: Context, place: Place, lists: dict[int, ItemList]) -> str:
    outline, (i, start, _, form) = context.outline, place
    block = outline.blocks[i]
    if form == "item" and i in lists:
        items = lists[i].items
        return f"list:{items[0]}" if len(items) > 1 else f"items:{outline.heading_text(i)}"
    if form == "heading":
        return f"heading:{block.level}"
    if form == "cell":
        return f"column:{block.table}:{block.text[:start].count(' | ')}"
    return f"section:{outline.heading_text(i)}"


# ---- words


def _tokens(text: str, start: int, end: int, own: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text, start, end):
        word = "ISSUER" if own.fullmatch(match[0]) else re.sub(r"\d+", "0", match[0])
        yield word, match.start(), match.end()


def _plain_words(text: str, own: re.Pattern[str]) -> list[str]:
    text = re.sub(r"\d[\d.,]*", "0", own.sub(" ISSUERX ", text))
    return ["ISSUER" if t == "ISSUERX" else t.lower() for t in _AROUND.findall(text)]


def _runs(name: str, words: Sequence[str], longest: int) -> Iterator[str]:
    """Runs of one to `longest` words, each under a name."""
    for n in range(1, longest + 1):
        yield from (f"{name}=" + "_".join(words[k : k + n]) for k in range(len(words) - n + 1))


def _words(
    context: Context, place: Place, own: re.Pattern[str], before: str, after: str, headings: Sequence[int]
) -> Iterator[str]:
    outline, (i, start, end, form) = context.outline, place
    words = _plain_words(outline.blocks[i].text[start:end], own)
    yield from _runs("in", words, 3)
    yield from _runs("last", words[-3:], 2)
    yield from (f"ends={w[-3:]}" for w in words[-2:])
    yield from (f"begins={w[:3]}" for w in words[:2])
    yield from (f"first-ends={w[-3:]}" for w in words[:2])
    yield from _runs("lead", _plain_words(before[-260:], own), 2)
    placed = [
        *_runs("first", words[:4], 3),
        *(f"opens={w}" for w in words[:1]),
        *_runs("head", [w for h in headings[-2:] for w in _plain_words(outline.blocks[h].text, own)], 2),
        *_runs("near", _plain_words(before, own)[-12:], 2),
    ]
    yield from placed
    yield from (f"{form}:{w}" for w in placed)  # what introduces an item is another thing than what precedes a sentence
    yield from _runs("next", _plain_words(after[:140], own)[:10], 2)


# ---- what layout and rules tell


def _values(
    context: Context, place: Place, own: re.Pattern[str], before: str, found: Candidate | None
) -> dict[str, float]:
    outline, (i, start, end, form) = context.outline, place
    block = outline.blocks[i]
    text = block.text[start:end]
    told = {
        "order": is_imperative(text),
        "infinitive": is_infinitive(text),
        "asks": asks(text),
        "question": text.rstrip().endswith("?"),
        "colon": text.rstrip().endswith(":"),
        "early": i < 8,
        "own": bool(own.search(text)),
        "own before": bool(own.search(before[-260:])),
        "foreign": is_foreign(text, context),
        "foreign before": bool(before) and is_foreign(before[-300:], context),
        "first person": bool(_FIRST_PERSON.search(text)),
        "quotes": bool(_QUOTED.search(text)),
        "quoted": bool(_ALL_QUOTED.match(text)),
        "outside": context.outside(i),
        "speaks": context.speaks,
        "numbered": bool(block.number and block.number != "•"),
        "lower case": text[:1].islower(),
        "rule": found is not None,
    }
    values = {name: 1.0 for name, true in told.items() if true}
    values |= {f"{name}/{form}": 1.0 for name in ("order", "asks", "own") if told[name]}
    values |= {f"form:{form}/{context.kind}": 1.0, f"zone:{outline.zones[i]}/{context.kind}": 1.0}
    values |= {"place": i / len(outline.blocks), "length": min(len(text), 600) / 600, context.kind: 1.0}
    return values | ({f"rule:{found.form}": 1.0, "sure": found.sure} if found else {})


def _of_list(context: Context, lst: ItemList) -> dict[str, float]:
    """What the list tells of each of its items."""
    texts = [context.outline.blocks[i].text for i in lst.items]
    lead = context.outline.lead_text(lst)
    return {
        "list length": min(len(texts), 12) / 12,
        "list asks": sum(map(asks, texts)) / len(texts),
        "list orders": sum(map(is_imperative, texts)) / len(texts),
        "list infinitives": sum(map(is_infinitive, texts)) / len(texts),
        "list short": float(sum(map(len, texts)) / len(texts) < 60),
        "lead colon": float(lead.rstrip().endswith(":")),
        "no lead": float(not lead),
    }
