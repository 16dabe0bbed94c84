"""What the page of one recommendation shows: the document as corrected so far, and where its words stand."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from corpus.records import Coding, Document, Reading, Recommendation
from corpus.store import Correction, FileMissing, Store, apply, corrections, documents_by_id
from extract.reading import ReadingError, open_page_image, read_pdf
from flows.review.places import NotInDocument, Outline, Text, outlines, same

CODING = ("status", "position", "action", "response_text", "evidence", "deadline_from", "deadline_to")
KEPT = 12  # readings in memory
SCALE = 1.6  # pixels of the page image for a point


class NoSuchRecord(LookupError):
    """The store has no such document or recommendation (any more)."""


@dataclass(frozen=True)
class Record:
    """One recommendation as corrected so far. `reading` is None, and no page is shown, when the file is missing."""

    document: Document
    recommendation: Recommendation
    coding: Coding | None
    reading: Reading | None
    text_index: Text | None
    history: list[Correction]

    def values(self) -> dict[str, str]:
        """What the form shows, all as text."""
        r, c = self.recommendation, self.coding
        own = {"text": r.text, "number": r.number, "addressee": r.addressee, "page": str(r.page)}
        coded = {name: getattr(c, name) if c else "" for name in CODING}
        return own | coded | {"response_page": str((c.response_page if c else "") or "")}

    def outlines(self) -> list[Outline]:
        """The boxes of the recommendation and of its answer, by page."""
        if not self.reading or not self.text_index:
            return []
        r, answer = self.recommendation, self.coding.response_text if self.coding else ""
        linked = [p for p in self.document.responses if r.recommendation_id in p.recommendation_ids]
        passages = tuple(source for passage in linked for source in passage.sources)
        return [
            *outlines(self.reading, _where(self.text_index, r.text, r.sources), "recommendation"),
            *outlines(self.reading, _where(self.text_index, answer, passages), "answer"),
        ]


def _where(index: Text, text: str, sources):
    """The places of `text`: those given when they still hold it, else where it is found, else none."""
    if same(index.blocks, sources, text):
        return sources
    try:
        return index.find(text)
    except NotInDocument:
        return ()


class Shelf:
    """Readings and page images of the store's files; pdfium takes one call at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Reading, Text] | None] = OrderedDict()

    def read(self, sha256: str) -> tuple[Reading, Text] | None:
        """The reading of a file and the index of its text; None when the file is missing or cannot be read."""
        with self._lock:
            if sha256 not in self._kept:
                self._kept[sha256] = self._read(sha256)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(sha256)
            return self._kept[sha256]

    def _read(self, sha256: str) -> tuple[Reading, Text] | None:
        try:
            reading = read_pdf(self.store.files.get(sha256))
        except (FileMissing, ReadingError):
            return None
        return reading, Text(reading.blocks)

    def image(self, sha256: str, page: int) -> bytes:
        """A page as PNG. Raises FileMissing, ReadingError."""
        with self._lock:
            return open_page_image(self.store.files.get(sha256), page, SCALE)


def document_as_corrected(store: Store, document_id: str) -> tuple[Document, Document, list[Correction]]:
    """(as corrected, as the program has it, the corrections). Raises NoSuchRecord."""
    found = documents_by_id(store, [document_id]).get(document_id)
    if found is None:
        raise NoSuchRecord(document_id)
    made = [c for c in corrections(store, document_id) if not c.blind]
    return next(apply([found], made)), found, made


def load(store: Store, shelf: Shelf, document_id: str, recommendation_id: str, blind: bool = False) -> Record:
    """The record of one recommendation; with `blind` as the program has it, untouched. Raises NoSuchRecord."""
    corrected, found, made = document_as_corrected(store, document_id)
    document = found if blind else corrected
    recommendation = next((r for r in document.recommendations if r.recommendation_id == recommendation_id), None)
    if recommendation is None:
        raise NoSuchRecord(recommendation_id)
    coding = next((c for c in document.codings if c.recommendation_id == recommendation_id), None)
    reading, index = shelf.read(document.sha256) or (None, None)
    history = [c for c in made if c.recommendation_id == recommendation_id]
    return Record(document, recommendation, coding, reading, index, history)
