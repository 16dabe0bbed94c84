"""What all tests share: no Prefect server unless a test starts one, and the documents of ../shared where they are."""

from __future__ import annotations

import os
from pathlib import Path

# Before numpy loads: on two cores the threads of its linear algebra wait for each other, and training takes six times as long.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import pytest  # noqa: E402

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "corpus" / "examples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def no_prefect_server(monkeypatch):
    """Whoever tests may have a server configured: its page is no place for test runs."""
    monkeypatch.setenv("PREFECT_API_URL", "")


@pytest.fixture(scope="session")
def shared() -> Path:
    """../shared, with real documents that are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("../shared, with the documents to read, is not here")
    return SHARED
