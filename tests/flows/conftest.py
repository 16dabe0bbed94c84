"""A Kamer on loopback, a store, and pulls that neither wait long nor read PDFs."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from corpus.sources import web
from tests.databases import postgresql  # noqa: F401 - a fixture

HERE = Path(__file__).parent


@pytest.fixture
def stub(monkeypatch):
    """tests/flows/stub_process.py in the place of flows.process; `stub.VERSION` can be changed."""
    import flows

    monkeypatch.syspath_prepend(str(HERE))
    import stub_process

    monkeypatch.setitem(sys.modules, "flows.process", stub_process.make())
    monkeypatch.setattr(flows, "process", sys.modules["flows.process"], raising=False)
    return sys.modules["flows.process"]


@pytest.fixture
def hasty(monkeypatch):
    """Pauses of a hundredth of a second, and no more than one second of waiting for an answer."""
    quick = partial(web.Manners, first_pause=0.01, longest_pause=2.5, answer_within=1.0)
    monkeypatch.setattr(web, "Manners", quick)
