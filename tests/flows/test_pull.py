"""Pulls from a Kamer on loopback: what comes in, what costs nothing, and what goes wrong on the way."""

from __future__ import annotations

import csv
import logging

import pytest
from sqlalchemy import select

from corpus.sources.base import Unreachable
from corpus.store import documents, open_store, schema
from flows.engine import start
from flows.pull import summary
from tests.databases import new_database
from tests.kamer_server import Kamer, Server, pdf

pytestmark = pytest.mark.usefixtures("stub", "hasty")


class Setting:
    """A server and a store, and the pulls between them."""

    def __init__(self, server: Server, home: str, database: str) -> None:
        self.server, self.kamer, self.home, self.database = server, server.kamer, home, database

    def pull(self, **options) -> dict[str, int]:
        options = {"kamer_url": self.server.base, "home": self.home, "database_url": self.database} | options
        return start("flows.pull:pull", **options)

    def rows(self, table: str) -> list[dict]:
        with open_store(self.home, self.database) as store, store.engine.connect() as connection:
            found = schema.metadata.tables[table]
            return [dict(row) for row in connection.execute(select(found)).mappings()]

    def documents(self) -> list:
        with open_store(self.home, self.database) as store:
            return list(documents(store))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def setting(request, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.delenv("OPVOLGING_DATABASE_URL", raising=False)
    with Server(Kamer(page=4)) as server:
        database = new_database(request.getfixturevalue("postgresql")) if request.param == "postgresql" else ""
        yield Setting(server, str(tmp_path / "store"), database)


@pytest.fixture
def full(setting):
    """Twenty documents at the Kamer: eight letters with eight reports, and four others that are not taken."""
    setting.kamer.fill(20)
    return setting


def taken(counts: dict[str, int]) -> tuple[int, int, int]:
    return counts.get("new", 0), counts.get("fetched", 0), counts.get("recommendations", 0)


def test_a_first_pull_takes_all_and_a_second_nothing(full):
    assert taken(full.pull()) == (18, 18, 18)
    assert taken(full.pull()) == (0, 0, 0)
    assert len(full.kamer.downloads()) == len(set(full.kamer.downloads())) == 18


def test_one_new_document_takes_one(full):
    full.pull()
    full.kamer.add("Reactie op het rapport van de Algemene Rekenkamer")
    assert taken(full.pull()) == (1, 1, 1)


def test_a_deletion_is_marked_and_leaves_the_tables_but_not_the_store(full):
    full.pull()
    gone = full.kamer.downloads()[0].split("(")[1].split(")")[0]
    full.kamer.delete(gone)
    assert full.pull()["deleted"] == 1
    assert [r["record_id"] for r in full.rows("records") if r["deleted"]] == [gone]
    assert (len(full.documents()), len(full.rows("documents"))) == (17, 18)


def test_a_mass_touch_downloads_nothing_and_makes_no_version(full):
    full.pull()
    before = len(full.kamer.downloads()), len(full.rows("record_versions"))
    full.kamer.touch()
    counts = full.pull()
    assert counts["listed"] >= 20
    assert (counts["new"], counts["changed"]) == (0, 0)
    assert (len(full.kamer.downloads()), len(full.rows("record_versions"))) == before


def test_a_changed_file_replaces_the_old_document_and_keeps_the_version(full):
    full.pull()
    letter = next(r for r in full.rows("records") if r["kind"] == "Brief regering")
    full.kamer.change(letter["record_id"], "Beleidsreactie, hersteld")
    assert full.pull()["changed"] == 1
    assert "Verbeter Beleidsreactie, hersteld." in [d.recommendations[0].text for d in full.documents()]
    versions = [r for r in full.rows("record_versions") if r["record_id"] == letter["record_id"]]
    assert {v["version"]: v["sha256"] for v in versions}[1] == letter["sha256"]
    assert (len(versions), len(full.documents())) == (2, 18)


def test_the_same_bytes_are_stored_once(setting):
    for _ in range(3):
        setting.kamer.add("Beleidsreactie op rapport", data=pdf("Beleidsreactie"))
    assert taken(setting.pull()) == (3, 3, 1)
    assert len(setting.rows("files")) == 1


def test_a_letter_and_its_report_are_linked_from_the_start(setting):
    letter = setting.kamer.add("Beleidsreactie op het inspectierapport Grens")
    setting.kamer.add("Onderzoek naar de grens", "Bijlage", annex_of=letter)
    setting.pull()
    found = {d.metadata.kind: d for d in setting.documents()}
    assert found["report"].answered_by[0][1] == found["letter"].document_id
    assert (found["letter"].metadata.dossier, found["letter"].metadata.number) == ("28638", "1")
    assert (found["letter"].metadata.signatory, found["letter"].metadata.date) == ("A. Eerst", "2021-03-01")
    assert [(r["letter_id"] == letter) for r in setting.rows("relations")] == [True]


def test_a_report_brings_its_letter(setting):
    letter = setting.kamer.add("Aanbieding stukken")
    setting.kamer.add("Inspectierapport Grens", "Bijlage", annex_of=letter)
    setting.kamer.records[letter]["Soort"] = "Brief van een ander"  # a kind that is not followed
    setting.pull()
    assert {(r["subject"], r["selected_by"]) for r in setting.rows("records")} == {
        ("Aanbieding stukken", "letter"),
        ("Inspectierapport Grens", "answers"),
    }


def test_what_is_no_pdf_and_what_is_a_note_is_not_fetched(setting):
    letter = setting.kamer.add("Beleidsreactie op inspectierapport")
    setting.kamer.add("Inspectierapport in Word", "Bijlage", annex_of=letter, ContentType="application/msword")
    setting.kamer.add("Beslisnota bij Kamerbrief over inspectierapport", "Bijlage", annex_of=letter)
    setting.pull()
    found = {r["subject"]: (r["state"], r["message"]) for r in setting.rows("records")}
    assert found == {
        "Beleidsreactie op inspectierapport": ("stored", ""),
        "Inspectierapport in Word": ("skipped", "application/msword: only PDF is read"),
    }


def test_the_limit_holds_and_what_is_left_comes_next(full):
    assert full.pull(limit=5)["fetched"] == 5
    assert full.pull()["fetched"] == 13


def test_dates_hold_for_what_is_chosen_but_not_for_what_comes_along(full):
    full.pull(since="2021-01-01", until="2023-01-01")
    years = {(r["selected_by"], r["date"][:4]) for r in full.rows("records")}
    assert {year for rule, year in years if rule not in ("annex", "letter")} == {"2021", "2022"}
    assert {year for rule, year in years if rule in ("annex", "letter")} >= {"2020", "2023"}
    assert sorted(r["source"] for r in full.rows("cursors")) == [
        "kamer 2021-01-01..2022-01-01",
        "kamer 2022-01-01..2023-01-01",
    ]


def test_a_new_version_of_the_program_reads_again_and_fetches_nothing(full, stub):
    full.pull()
    stub.VERSION = "stub 2"
    assert taken(full.pull()) == (0, 0, 18)
    assert {r["version"] for r in full.rows("documents")} == {"stub 2"}
    assert taken(full.pull()) == (0, 0, 0)


def test_a_document_that_the_program_stumbles_over_stops_no_other_and_is_tried_again(full):
    full.kamer.add("Beleidsreactie op inspectierapport", data=pdf("BROKEN"))
    assert [full.pull()["failed"], full.pull()["failed"]] == [1, 1]
    failed = [(d.status, d.message) for d in full.documents() if d.status != "ok"]
    assert failed == [("failed", "this one cannot be read")]


def test_a_file_that_is_lost_from_the_store_is_fetched_again(full, stub):
    full.pull()
    with open_store(full.home, full.database) as store:
        store.files.system.rm(store.files.path(full.rows("files")[0]["sha256"]))
    stub.VERSION = "stub 2"
    full.pull()
    assert full.pull()["fetched"] == 1
    assert len(full.documents()) == 18


@pytest.mark.parametrize(
    ("address", "how", "times", "line"),
    [
        ("resource", "429:1", 1, "429 Too Many Requests: waiting 1 s, as asked"),
        ("resource", "503", 3, "503 Service Unavailable: trying again"),
        ("$filter", "503", 3, "503 Service Unavailable: trying again"),
        ("resource", "cut", 2, "the connection was cut: trying again"),
        ("resource", "silent", 1, "no answer in time: trying again"),
        ("$filter", "silent", 1, "no answer in time: trying again"),
        ("$filter", "malformed", 2, "an answer that cannot be read (Expecting value"),
        ("$filter", "cut", 1, "the connection was cut: trying again"),
    ],
)
def test_a_fault_that_passes_is_waited_out(full, caplog, address, how, times, line):
    full.kamer.fail(address, how, times)
    with caplog.at_level(logging.WARNING, "opvolging"):
        assert taken(full.pull()) == (18, 18, 18)
    assert line in caplog.text
    assert taken(full.pull()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("how", "line"),
    [
        ("short", "bytes where"),
        ("html", "text/html where a PDF was promised"),
        ("404", "404 Not Found"),
    ],
)
def test_a_file_that_is_not_as_promised_is_not_taken_until_it_is(full, caplog, how, line):
    full.kamer.fail("resource", how, 1)
    with caplog.at_level(logging.WARNING, "opvolging"):
        counts = full.pull()
    assert (counts["fetched"], counts["not_taken"]) == (17, 1)
    assert line in caplog.text
    assert full.pull()["fetched"] == 1
    assert sorted(r["state"] for r in full.rows("records")) == ["stored"] * 18


def test_pages_that_go_in_a_circle_are_left_with_a_clear_line(full, caplog):
    full.kamer.touch()  # all at one moment, so that @odata.nextLink is followed
    full.kamer.fail("$filter", "loop", 99)
    with pytest.raises(Unreachable, match="go round in a circle"):
        full.pull()
    full.kamer.faults.clear()
    counts = full.pull()
    assert len(full.documents()) == 18
    assert counts["fetched"] > 0


def test_a_source_that_stays_away_ends_the_pull_and_the_next_goes_on(full, caplog):
    full.kamer.fail("resource", "503", 10_000)
    with pytest.raises(Unreachable, match="503 Service Unavailable; tried 6 times"):
        full.pull()
    assert len(full.kamer.downloads()) <= 4 * 6  # only those under way: no other is asked for
    assert [r["outcome"] for r in full.rows("runs")] == ["failed"]
    full.kamer.faults.clear()
    assert full.pull()["fetched"] == 18


def test_a_pause_longer_than_our_patience_is_for_another_day(full):
    full.kamer.fail("$filter", "429:3600", 1)
    with pytest.raises(Unreachable, match="429 Too Many Requests"):
        full.pull()
    assert len(full.kamer.requests) == 1


def test_manners(full):
    full.kamer.delay = 0.02
    full.pull()
    (agent,) = full.kamer.agents
    assert agent.startswith("opvolging/")
    assert 1 < full.kamer.most_at_once <= 4


def test_an_unchanged_file_of_a_new_version_costs_no_bytes(setting):
    letter = setting.kamer.add("Beleidsreactie op inspectierapport")
    setting.pull()
    setting.kamer.records[letter] |= {"ContentLength": 0, "ApiGewijzigdOp": setting.kamer.tick()}
    counts = setting.pull()
    assert (counts["changed"], counts["fetched"], len(setting.rows("files"))) == (1, 1, 1)
    assert taken(setting.pull()) == (0, 0, 0)


def test_the_tables_are_those_of_the_documents_in_the_store(full, tmp_path):
    full.pull()
    start("flows.pull:export", out=str(tmp_path / "out"), home=full.home, database_url=full.database)
    with open(tmp_path / "out" / "recommendations.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 18
    assert {row["status"] for row in rows} == {"adopted"}
    assert len([row for row in rows if row["letter_document_id"]]) == 9


def test_a_folder_is_a_source_too(setting, tmp_path):
    folder = tmp_path / "letters"
    (folder / "2024").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(pdf("Beleidsreactie a"))
    (folder / "2024" / "b.PDF").write_bytes(pdf("Rapport b"))
    (folder / "half.pdf").write_bytes(b"")
    counts = setting.pull(source="folder", folder=str(folder))
    assert (counts["fetched"], counts["not_taken"]) == (2, 1)
    (folder / "half.pdf").write_bytes(pdf("Beleidsreactie half"))
    (folder / "a.pdf").unlink()
    counts = setting.pull(source="folder", folder=str(folder))
    assert (counts["fetched"], counts["deleted"]) == (1, 1)
    assert [d.source_file for d in setting.documents()] == ["b.PDF", "half.pdf"]


def test_the_summary_says_what_is_new():
    counts = {"letters": 12, "reports": 3, "recommendations": 41, "to_review": 7, "listed": 99}
    assert summary(counts) == "12 letters, 3 reports, 41 recommendations, 7 to review"
    assert summary({"listed": 99}) == "nothing new"
