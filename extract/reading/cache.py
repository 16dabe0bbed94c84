"""Readings kept by the hash of their file and the reader's version, so that a second run skips reading."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from corpus.records import Block, Line, Page, Reading
from extract.reading.document import READER_VERSION, read_pdf


def read_cached(data: bytes, folder: Path) -> Reading:
    """The reading of a PDF, from `folder` when it has one, else read and put there. Raises what read_pdf raises."""
    place = path_in(folder, hashlib.sha256(data).hexdigest())
    kept = load(place)
    if kept is None:
        kept = read_pdf(data)
        keep(kept, place)
    return kept


def path_in(folder: Path, digest: str) -> Path:
    """Where a reading is kept; another version of the reader has another place, and so has a machine that has OCR."""
    from extract.reading.ocr import ready

    return Path(folder) / f"v{READER_VERSION}{'-ocr' if ready() else ''}" / digest[:2] / f"{digest}.json"


def load(place: Path) -> Reading | None:
    """The reading kept at a place; None where there is none, or one that is damaged."""
    try:
        return from_json(place.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def keep(reading: Reading, place: Path) -> None:
    """Write a reading whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(to_json(reading))
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def to_json(reading: Reading) -> str:
    """A reading as JSON text."""
    return json.dumps(asdict(reading), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Reading:
    """The reading that to_json wrote. Raises ValueError, TypeError or KeyError on other text."""
    raw = json.loads(text)
    raw["pages"] = tuple(Page(**page) for page in raw["pages"])
    raw["blocks"] = tuple(_block(block) for block in raw["blocks"])
    raw["furniture"] = tuple(_block(block) for block in raw["furniture"])
    return Reading(**raw)


def _block(raw: dict) -> Block:
    raw["box"] = tuple(raw["box"])
    raw["lines"] = tuple(Line(n["start"], n["end"], n["page"], tuple(n["box"])) for n in raw["lines"])
    raw["cells"] = tuple(raw["cells"])
    raw["notes"] = tuple((at, mark) for at, mark in raw["notes"])
    return Block(**raw)
