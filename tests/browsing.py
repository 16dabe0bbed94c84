"""Fixtures for tests in a real browser: Debian's Chromium by Playwright, and axe-core from npm.

Both are skipped, with the reason, where they are absent. OPVOLGING_AXE may name an axe.min.js that is there already.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    return _chromium()


@cache
def _chromium():
    """One for all tests: Playwright starts only once in a process."""
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """A function (page) → the serious and critical faults that axe-core finds, as 'rule: element'."""
    source = _axe_source(tmp_path_factory.mktemp("axe"))

    def faults(page) -> list[str]:
        page.evaluate(source)  # run by the debugger: the page's content policy stays as it is
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
        return [f"{v['id']}: {node['html'][:120]}" for v in grave for node in v["nodes"]]

    return faults


def _axe_source(folder: Path) -> str:
    if given := os.environ.get("OPVOLGING_AXE"):
        return Path(given).read_text(encoding="utf-8")
    if not shutil.which("npm"):
        pytest.skip("npm is absent, so axe-core cannot be fetched; or give OPVOLGING_AXE=axe.min.js")
    done = subprocess.run(["npm", "pack", "axe-core@4", "--silent"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"npm could not fetch axe-core: {done.stderr.strip()[-200:]}")
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        return archive.extractfile("package/axe.min.js").read().decode()
