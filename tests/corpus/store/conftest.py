"""Every test of the store runs on SQLite and on a PostgreSQL that the tests start themselves."""

from __future__ import annotations

import dataclasses

import pytest

from corpus.records import Coding, Commitment, Document, Metadata, Recommendation, Response, Source
from corpus.store import open_store
from tests.databases import database_url, postgresql  # noqa: F401 - fixtures


@pytest.fixture
def store(database_url, tmp_path):  # noqa: F811
    with open_store(tmp_path, database_url) as opened:
        yield opened


def _letter(number: int = 1, **changes) -> Document:
    """A letter with one of everything."""
    rid = f"r{number}"
    whole = Document(
        document_id=f"d{number}",
        source_file=f"letter-{number:05}.pdf",
        sha256=f"{number:064x}",
        status="ok",
        pages=3,
        metadata=Metadata("letter", "Grenstoezicht", "2024-02-01", "D. Yeşilgöz", dossier="28638", number="200"),
        recommendations=(Recommendation(rid, 1, "Zorg voor ‘toezicht’.", 2, (Source(4, 0, 21),), "3", "de KMar"),),
        responses=(Response(f"a{number}", "Ik neem dit over.", 2, (Source(5, 0, 17),), (rid,), "number", "agree"),),
        commitments=(Commitment(f"c{number}", "Medio 2024.", 3, (Source(6, 0, 11),), "medio 2024", "2024-06-01"),),
        codings=(Coding(rid, "adopted", "agree", "new", 0.9, False, "neem", "Ik neem dit over.", 2),),
    )
    return dataclasses.replace(whole, **changes)


@pytest.fixture
def make_letter():
    """letter(number, **changes)."""
    return _letter
