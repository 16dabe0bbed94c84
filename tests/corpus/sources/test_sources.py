"""The sources one by one: how requests look, and how real answers are read (from ../shared)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from corpus.sources.base import NotAsPromised, Unreachable
from corpus.sources.folder import Folder
from corpus.sources.kamer import Kamer, slices
from corpus.sources.sru import Sru
from corpus.sources.web import Manners, Web

API = Path(__file__).parents[4] / "shared" / "real" / "api"


def answering(*bodies: bytes | int) -> tuple[Web, list[dict[str, str]]]:
    """A client whose requests are answered by these in turn, and the parameters that it sent."""
    web, sent, left = Web(Manners(attempts=2, first_pause=0.001)), [], list(bodies)

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append({name: values[0] for name, values in parse_qs(urlsplit(str(request.url)).query).items()})
        body = left.pop(0)
        return httpx.Response(body) if isinstance(body, int) else httpx.Response(200, content=body)

    web.client = httpx.Client(transport=httpx.MockTransport(answer))
    return web, sent


def real(name: str) -> bytes:
    if not API.is_dir():
        pytest.skip("../shared is not here")
    return (API / name).read_bytes()


def test_a_real_answer_of_the_kamer_is_read():
    data = json.loads(real("odata_document_response.json"))["data"]
    web, _ = answering(json.dumps(data).encode())
    (page,) = Kamer(web=web).pages("")
    question, gone, letter = page.items
    assert (gone.deleted, gone.subject, gone.kind) == (True, "", "")
    assert (letter.kind, letter.date, letter.number, letter.content_length) == (
        "Brief regering",
        "2008-09-29",
        "132",
        17632,
    )
    assert (question.number, question.name) == ("", "2017D09969.pdf")
    assert page.cursor == "2024-02-22T04:41:11.8038779Z"


def test_what_is_asked_of_the_kamer():
    web, sent = answering(b'{"value": []}')
    list(Kamer(web=web, since=date(2024, 1, 1), until=date(2024, 7, 1)).pages("2024-03-01T00:00:00.0000001Z"))
    (query,) = sent
    assert query["$orderby"] == "ApiGewijzigdOp,Id"
    assert query["$filter"].startswith("((Soort eq 'Brief regering' or Soort eq 'Bijlage' or ")
    assert query["$filter"].endswith(
        " and Datum ge 2024-01-01T00:00:00+01:00 and Datum lt 2024-07-01T00:00:00+02:00"
        " and ApiGewijzigdOp ge 2024-03-01T00:00:00.0000001Z)"
        " or (Verwijderd eq true and ApiGewijzigdOp ge 2024-03-01T00:00:00.0000001Z)"
    )


def test_documents_are_asked_for_by_bare_identities():
    web, sent = answering(b'{"value": [{"Id": "a", "Soort": "Brief regering"}]}')
    assert [item.record_id for item in Kamer(web=web).items(["b", "a"])] == ["a"]
    assert sent[0]["$filter"] == "Id eq a or Id eq b"


def test_a_backfill_goes_by_years_the_newest_first():
    assert slices(date(2023, 3, 1), date(2025, 2, 1)) == [
        (date(2025, 1, 1), date(2025, 2, 1)),
        (date(2024, 1, 1), date(2025, 1, 1)),
        (date(2023, 3, 1), date(2024, 1, 1)),
    ]


@pytest.mark.parametrize("body", [400, b"<html>", b"[]", b'{"value": 3}'])
def test_an_answer_that_is_none_means_out_of_reach(body):
    web, _ = answering(body, body)
    with pytest.raises(Unreachable, match="gegevensmagazijn"):
        list(Kamer(web=web).pages(""))


def test_a_real_answer_of_the_official_publications_is_read():
    body = real("sru_response.xml").split(b"\n", 3)[-1]
    web, _ = answering(body.replace(b"<numberOfRecords>315<", b"<numberOfRecords>5<"))
    (page,) = Sru(web=web).pages("")
    first = page.items[0]
    assert len(page.items) == 5
    assert (first.record_id, first.kind, first.date, first.dossier) == ("stb-2025-252", "Wet", "2025-10-02", "36625-K")
    assert first.url == "https://zoek.officielebekendmakingen.nl/stb-2025-252.pdf"
    assert [Sru(web=web).selects(item) for item in page.items] == [""] * 5


def _sru(total: int, *names: str) -> bytes:
    record = (
        "<record><identifier>{0}</identifier><title>Grens; Brief regering; Reactie; op rapport</title>"
        "<modified>2024-01-0{1}</modified><dossiernummer>28638</dossiernummer></record>"
    )
    records = "".join(record.format(name, place) for place, name in enumerate(names, 1))
    return f"<answer><numberOfRecords>{total}</numberOfRecords>{records}</answer>".encode()


def test_the_official_publications_are_followed_to_the_last_page_before_the_cursor_moves():
    web, sent = answering(_sru(3, "kst-28638-1", "kst-28638-2"), _sru(3, "blg-7"))
    pages = list(Sru(web=web, since=date(2024, 1, 1)).pages("2024-01-01"))
    assert [page.cursor for page in pages] == ["", "2024-01-02"]
    assert [query["startRecord"] for query in sent] == ["1", "3"]
    assert sent[0]["query"].endswith("dt.date>=2024-01-01 and dt.modified>=2024-01-01")
    letter, annex = pages[0].items[0], pages[1].items[0]
    assert (letter.kind, letter.title, letter.subject) == ("Brief regering", "Grens", "Reactie; op rapport")
    assert annex.kind == "Bijlage"


@pytest.mark.parametrize("body", [_sru(3), b"<answer/>", b"no xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_broken_answer_of_the_official_publications_is_out_of_reach(body):
    web, _ = answering(body, body)
    with pytest.raises(Unreachable):
        list(Sru(web=web).pages(""))


def test_a_file_over_the_limit_is_not_taken():
    web, sent = answering()
    with pytest.raises(NotAsPromised, match="is over the limit"):
        web.fetch("https://x/y", 10**9)
    assert sent == []
    web, _ = answering(b"%PDF-" + b"x" * 300)
    web.manners = Manners(largest_file=100)
    with pytest.raises(NotAsPromised, match="more than 100 bytes"):
        web.fetch("https://x/y", 0)


def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path):
    with pytest.raises(Unreachable, match="is not a folder"):
        list(Folder(tmp_path / "absent").pages(""))
