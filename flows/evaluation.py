"""Score the program against annotated documents: as it is, or by leaving each author out of what it learns from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.annotated import Annotated, letters
from corpus.records import Document, Reading
from flows.process import process_reading
from flows.training import reading_of, train_models
from models.evaluation import Given, Scored, Wanted, score_document
from models.learning import Hearing
from models.storage import Models


def score(documents: Sequence[Annotated], models: Models, folder: Path | None = None) -> list[Scored]:
    """Each document's figures. Where `folder` holds NAME.pdf or NAME-….pdf, those are read; else the source stands for the reading."""
    names = sorted((d.name for d in documents), key=len, reverse=True)
    out = []
    for document in documents:
        for name, reading in readings(document, names, folder):
            found = process_reading(reading, name, models)
            out.append(score_document(name, document.gold["kind"], wanted_of(document), given_of(found)))
    return out


def readings(document: Annotated, names: Sequence[str], folder: Path | None) -> Iterator[tuple[str, Reading]]:
    """(name, reading) for each PDF of the document, or one made of its source."""
    from extract.reading import read_pdf

    files = []
    for path in sorted(folder.glob(f"{document.name}*.pdf")) if folder else []:
        owner = next((n for n in names if path.stem == n or path.stem.startswith(n + "-")), None)
        files += [path] if owner == document.name else []
    for path in files:
        yield path.name, read_pdf(path.read_bytes())
    if not files:
        yield document.name, reading_of(document)


def wanted_of(document: Annotated) -> list[Wanted]:
    """The gold of a document."""
    text = letters(" ".join(b.text for b in document.blocks))
    out = []
    for item in document.gold["recommendations"]:
        start = text.find(letters(item["starts"]))
        end = text.find(letters(item["ends"]), start) + len(letters(item["ends"]))
        passages = tuple(r["contains"] for r in document.gold["responses"] if item["ordinal"] in r["recommendations"])
        statuses = tuple(item.get("status") or ())
        out.append(
            Wanted(
                text[start:end],
                statuses,
                item.get("addressee", ""),
                item.get("position", ""),
                item.get("action", ""),
                passages,
            )
        )
    return out


def given_of(document: Document) -> list[Given]:
    """What the program made of a document."""
    codings = {c.recommendation_id: c for c in document.codings}
    out = []
    for r in document.recommendations:
        c = codings.get(r.recommendation_id)
        coded = (
            (c.status, r.addressee, c.position, c.action, c.response_text, c.confidence, c.needs_review)
            if c
            else ("", r.addressee)
        )
        out.append(Given(r.text, *coded))
    return out


def leave_authors_out(documents: Sequence[Annotated], hearing: Hearing, count: int) -> Iterator[tuple[list[str], list[Scored]]]:
    """For each of `count` groups of authors, the figures on their documents by models that never saw these authors."""
    authors = sorted({d.author for d in documents})
    for fold in range(min(count, len(authors))):
        held = authors[fold::count]
        models = train_models([d for d in documents if d.author not in held], hearing, "leave-authors-out")
        yield held, score([d for d in documents if d.author in held], models)
