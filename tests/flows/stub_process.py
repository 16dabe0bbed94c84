"""In place of flows.process: a document with one recommendation for each PDF, quickly, to test all around it."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
from types import ModuleType

from corpus.records import Coding, Document, Metadata, Recommendation, Source


def process_document(data: bytes, source_file: str) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    identity = sha256[:16]
    if b"BROKEN" in data:
        raise ValueError("this one cannot be read")
    text = re.search(rb"\(([^)]*)\) Tj", data).group(1).decode("latin-1")
    kind = "letter" if "Beleidsreactie" in text else "report"
    recommendation = Recommendation(f"{identity}-1", 1, f"Verbeter {text}.", 1, (Source(0, 0, 9),))
    coding = Coding(f"{identity}-1", "adopted", "agree", "new", 0.9, False, "ja", "Ja, dat doen wij.", 1)
    codings = (coding,) if kind == "letter" else ()
    return Document(identity, source_file, sha256, "ok", "", 1, Metadata(kind), (recommendation,), codings=codings)


def pair_documents(documents: list[Document]) -> list[Document]:
    letters = [d for d in documents if d.metadata.kind == "letter"]
    return [_answered(d, letters[0]) if letters and d.metadata.kind == "report" else d for d in documents]


def _answered(report: Document, letter: Document) -> Document:
    answer = (
        report.recommendations[0].recommendation_id,
        letter.document_id,
        letter.recommendations[0].recommendation_id,
    )
    return dataclasses.replace(report, answered_by=(answer,))


def make(version: str = "stub 1") -> ModuleType:
    """A module like flows.process."""
    module = ModuleType("flows.process")
    module.VERSION = version
    module.process_document = process_document
    module.pair_documents = pair_documents
    return module


def main() -> int:
    """The command line with this in the place of flows.process."""
    from flows.cli import main as command_line

    sys.modules["flows.process"] = make()
    return command_line()


if __name__ == "__main__":
    sys.exit(main())
