"""The records that pass between the stages: frozen, picklable, and each knows where it comes from.

A character span is always (start, end) into the `text` of the block or record that carries it. Pages are 1-based.
Boxes are (x0, top, x1, bottom) in points from the upper left corner of the page, as pdfplumber writes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]

BLOCK_KINDS = ("heading", "paragraph", "item", "table", "footnote", "furniture")
LAYOUTS = ("kamerstuk", "letter", "report", "questions", "other")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: the characters [start, end) of its block's text stand in this box on this page."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of main text in reading order; `text` is one line, hyphenation undone.

    kind    one of BLOCK_KINDS. A table is one block for each row, with its `cells`; a run of rows shares `table`.
    level   headings 1, 2, 3 …; items 0 for the outermost list, 1 for a list in a list; table rows 0 for a header, 1 for others
    number  as printed, without its point or bracket ('3', '1a', 'IV', '2.1'); '•' for a bullet; the mark of a footnote
    role    '' or what the layout tells beyond the kind: 'caption', 'box' (in a ruled or shaded box), 'signature',
            and for furniture 'header', 'footer', 'margin', 'address', 'cover', 'contents'
    notes   marks of the footnotes whose raised figure stood in the text: (position in text, mark)
    """

    kind: str
    text: str
    page: int = 1
    box: Box = (0.0, 0.0, 0.0, 0.0)
    level: int = 0
    number: str = ""
    role: str = ""
    lines: tuple[Line, ...] = ()
    cells: tuple[str, ...] = ()
    table: int = 0
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one page: `text` it has a text layer; `ocr`; `empty` no text layer; `unmapped` glyphs without Unicode."""

    number: int
    width: float
    height: float
    status: str = "text"


@dataclass(frozen=True, slots=True)
class Reading:
    """One PDF, read. `blocks` hold the main text in reading order with footnotes last; `furniture` all else."""

    sha256: str
    layout: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    furniture: tuple[Block, ...] = ()
    title: str = ""  # of the PDF's own metadata
    created: str = ""  # ISO date of the PDF's own metadata, or ''


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself; '' where it does not say."""

    kind: str = ""  # 'letter', 'report' or ''
    title: str = ""
    date: str = ""
    signatory: str = ""
    ministry: str = ""
    issuer: str = ""
    report_title: str = ""
    dossier: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document: the characters [start, end) of block number `block`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a document that may state a recommendation, as the models see it: a sentence, an item, a heading, a cell.

    form     sentence, box, item, heading or cell: the characters [start, end) of block `block`
    group    what stands in a row with it: the items of its list, the headings of its level, its column, its section
    section  block number of the heading above it; -1 where there is none
    tokens   (word, start, end) in the text of the block; the body that made the report reads ISSUER, a figure 0
    words    the words in it and around it, each with its place ('first=zorg', 'head=aanbevelingen')
    values   what layout and rules tell, by name
    """

    block: int
    start: int
    end: int
    form: str
    group: str
    section: int
    tokens: tuple[tuple[str, int, int], ...]
    words: tuple[str, ...]
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Clause:
    """A recommendation as the models found it: the characters [start, end) of the block of unit number `unit`."""

    unit: int
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as one document states it."""

    recommendation_id: str
    ordinal: int
    text: str
    page: int
    sources: tuple[Source, ...]
    number: str = ""
    addressee: str = ""
    issuer: str = ""
    report_title: str = ""
    rule: str = ""  # which pattern found it
    corrected: str = ""  # what a person made of it: see the column of that name in corpus.tables
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A passage of a letter as the models see it: its text, the spans of its sentences, and words for where it stands."""

    block: int
    text: str
    sentences: tuple[tuple[int, int], ...]
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One recommendation (by ordinal) and one passage (by its position), with `values` in the order of extract.linking.FEATURES."""

    ordinal: int
    passage: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """A passage that answers one or more recommendations, with what it says."""

    response_id: str
    text: str
    page: int
    sources: tuple[Source, ...]
    recommendation_ids: tuple[str, ...]
    link: str = ""  # how it was linked: number, ordinal, group, position, same-block, meaning
    position: str = ""
    action: str = ""
    status: str = ""
    confidence: float = 0.0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A dated or undated promise to act or to inform the Kamer."""

    commitment_id: str
    text: str
    page: int
    sources: tuple[Source, ...]
    deadline_text: str = ""
    deadline_from: str = ""
    deadline_to: str = ""
    recommendation_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """The answer to one recommendation in one letter, all passages taken together."""

    recommendation_id: str
    status: str
    position: str
    action: str
    confidence: float
    needs_review: bool
    evidence: str
    response_text: str
    response_page: int | None
    deadline_from: str = ""
    deadline_to: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One input and all that was found in it."""

    document_id: str
    source_file: str
    sha256: str
    status: str  # 'ok', 'empty' or 'failed'
    message: str = ""
    pages: int = 0
    metadata: Metadata = field(default_factory=Metadata)
    recommendations: tuple[Recommendation, ...] = ()
    responses: tuple[Response, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    codings: tuple[Coding, ...] = ()
    answered_by: tuple[
        tuple[str, str, str], ...
    ] = ()  # in a report: (recommendation_id, letter's document_id, its recommendation_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a letter says to one recommendation, as the models see it: the text, its sentences and what rules found in it.

    sentences  (start, end) spans of the text
    cues       (start, end, kind, rule, sentence number) of the cues in it (extract.cues)
    links      how the passages were tied to the recommendation ('row', 'group', 'except', …)
    support    the probability of the surest of these links; 0 when there is none
    overlaps   for each sentence the share of the recommendation's terms that it has
    asks_study whether the recommendation itself asks for a study or for talks
    talks      whether it asks for talks and the text tells of talks
    """

    recommendation: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int, str, str, int], ...] = ()
    links: tuple[str, ...] = ()
    support: float = 1.0
    overlaps: tuple[float, ...] = ()
    asks_study: bool = False
    talks: bool = False
