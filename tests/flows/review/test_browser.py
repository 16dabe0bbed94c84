"""The review page in a browser, by keyboard alone."""

import csv
import threading
import time

import pytest

from corpus.export import write_tables
from corpus.store import apply, corrections, documents, open_store
from corpus.tables import tables_of
from flows.review import create_app
from tests.flows.review.made_store import EVIL, MISSED, fill, new_store

pytestmark = pytest.mark.browser
VISIBLE = """(() => {
  const focused = document.activeElement;
  return focused === document.body || getComputedStyle(focused).outlineStyle !== "none";
})()"""


class Served:
    """The review page over a store, on a free port, until `close`."""

    def __init__(self, home):
        import uvicorn

        self.store = open_store(home)
        config = uvicorn.Config(create_app(self.store, reviewer="Anna"), port=0, log_level="warning")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until = time.monotonic() + 20
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    def close(self):
        self.server.should_exit = True
        self.thread.join(10)
        self.store.engine.dispose()


@pytest.fixture
def home(tmp_path):
    new_store(tmp_path / "store").engine.dispose()
    return tmp_path / "store"


@pytest.fixture
def served(home):
    site = Served(home)
    yield site
    site.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    opened = context.new_page()
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.on("dialog", lambda dialog: opened.problems.append(dialog.message))
    yield opened
    context.close()


def press(page, *keys):
    """Press keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press(keys[-1])


def exported(home, folder) -> dict:
    with open_store(home) as store:
        write_tables(tables_of(apply(documents(store), corrections(store))), folder)
    with (folder / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        return {row["recommendation_id"]: row for row in csv.DictReader(file)}


def test_correct_add_undo_reload_run_again_export(page, served, home, tmp_path):
    page.goto(served.address)
    press(page, "Enter")
    assert page.url.endswith("/record/d2/r2-2")
    press(page, "4", "a")
    assert page.url.endswith("/record/d1/r1-2?said=saved")

    page.keyboard.press("x")
    text = page.locator("#page_text").input_value()
    page.locator("#page_text").evaluate(
        "(field, [start, end]) => field.setSelectionRange(start, end)",
        [text.index(MISSED), text.index(MISSED) + len(MISSED)],
    )
    press(page, "m", "Tab", "Enter")
    assert "said=added" in page.url and page.locator("#text").input_value() == MISSED
    added = page.url.partition("?")[0].rpartition("/")[2]
    press(page, "1", "p", "ArrowDown", "a")

    press(page, "3", "a")
    press(page, "u")
    assert "said=undone" in page.url
    page.reload()
    page.goto(f"{served.address}/record/d2/r2-2")
    assert page.locator("input[name=status]:checked").input_value() == "rejected"
    assert page.locator("input[name=position]:checked").input_value() == "disagree"
    assert page.problems == []

    fill(served.store)  # a new run over the same files
    served.close()
    again = Served(home)
    page.goto(f"{again.address}/record/d2/r2-2")
    assert page.locator("input[name=status]:checked").input_value() == "rejected"
    page.goto(f"{again.address}/document/d1")
    assert page.get_by_text(MISSED).count() == 1
    again.close()
    rows = exported(home, tmp_path)
    assert (rows["r2-2"]["status"], rows["r2-2"]["corrected"], rows["r2-2"]["corrected_by"]) == (
        "rejected", "status;position", "Anna")  # fmt: skip
    assert (rows[added]["text"], rows[added]["status"]) == (MISSED, "adopted")
    assert {rid: row["corrected"] for rid, row in rows.items() if row["corrected"]}.keys() == {"r2-2", added}


def test_words_are_selected_by_keyboard_and_become_the_answer(page, served):
    page.goto(f"{served.address}/record/d1/r1-1")
    page.keyboard.press("x")
    for key in ("Control+Home", *["Shift+ArrowRight"] * 8):
        page.keyboard.press(key)
    page.keyboard.press("l")
    assert page.locator("#response_text").input_value() == "Reactie"
    assert page.locator("#response_text").evaluate("field => field === document.activeElement")


def test_keys_rest_in_fields_and_can_be_switched_off(page, served):
    page.goto(f"{served.address}/record/d1/r1-1")
    page.keyboard.press("n")
    page.keyboard.type("dau4")
    assert page.locator("#note").input_value() == "dau4" and page.url.endswith("/record/d1/r1-1")
    page.keyboard.press("Escape")
    page.locator("#keys").uncheck()
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert page.url.endswith("/record/d1/r1-1") and corrections(served.store) == []


def test_every_control_is_reached_and_seen_with_tab(page, served):
    page.goto(f"{served.address}/record/d1/r1-1")
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.href")
        )
        assert page.evaluate(VISIBLE), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert {
        "text",
        "status",
        "position",
        "action",
        "response_text",
        "evidence",
        "addressee",
        "note",
        "decision",
    } <= seen


def test_text_of_a_letter_does_no_harm(page, served):
    for path in ("/", "/record/d1/r1-2", "/document/d1", "/done", "/blind/d1/r1-2"):
        page.goto(served.address + path)
        assert "kwaad" not in page.title()
    assert EVIL in page.locator("main").inner_text()
    assert page.problems == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_and_nothing_overflows(page, served, axe, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/record/d1/r1-2", "/document/d1", "/done", "/blind", "/blind/d1/r1-2", "/record/d1/none"):
        page.goto(served.address + path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
