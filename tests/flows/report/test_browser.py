"""The report in a browser: it opens, filters, prints, and asks nothing of the network."""

from datetime import date

import pytest

from flows.report import build
from tests.made import tables

pytestmark = pytest.mark.browser
EVIL = "<script>document.title='kwaad'</script><img src=x onerror=\"document.title='kwaad'\">"


@pytest.fixture
def page(browser):
    context = browser.new_context()
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


def show(page, folder, *, text="", lang="nl", count=60):
    path = folder / "report.html"
    path.write_text(build(tables(count, text), lang, date(2026, 1, 1)), encoding="utf-8")
    page.goto(path.as_uri())
    return path.as_uri()


def test_search_and_filters_show_what_they_say(page, tmp_path):
    address = show(page, tmp_path)
    page.fill("#query", "NOODOPVANG deels")
    page.wait_for_timeout(300)
    visible = page.locator(".row:visible")
    assert 0 < visible.count() < 60
    assert page.locator("#shown").inner_text() == f"{visible.count()} getoond"
    page.fill("#query", "")
    page.select_option("#by-status", "rejected")
    page.wait_for_timeout(300)
    assert visible.count() == 12 and visible.first.locator(".badge.rejected").count() == 1
    assert page.asked == [address]


def test_evidence_is_marked_beside_its_recommendation(page, tmp_path):
    show(page, tmp_path)
    row = page.locator('.row[data-status="adopted"]').first
    assert row.locator("mark").text_content() == "Deze aanbeveling neem ik over"


def test_text_of_a_letter_does_no_harm(page, tmp_path):
    show(page, tmp_path, text=EVIL)
    page.wait_for_timeout(200)
    assert "kwaad" not in page.title() and page.locator("main img").count() == 0


def test_it_prints_every_row_and_no_controls(page, tmp_path):
    show(page, tmp_path)
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden() and page.locator(".row:visible").count() == 60
    assert page.pdf().count(b"/Type /Page\n") > 5


@pytest.mark.parametrize(("width", "lang"), [(1280, "nl"), (390, "en")])
def test_axe_finds_nothing_serious_and_nothing_overflows(page, tmp_path, axe, width, lang):
    page.set_viewport_size({"width": width, "height": 800})
    show(page, tmp_path, lang=lang)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
