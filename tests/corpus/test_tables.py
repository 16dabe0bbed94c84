"""The four tables: the columns that the contract names, and rows from documents."""

from __future__ import annotations

from corpus.records import Coding, Commitment, Document, Metadata, Recommendation, Response, Source
from corpus.tables import COLUMNS, tables_of

HERE = (Source(0, 0, 5),)
# As the contract has them; further columns may follow these.
CONTRACT = {
    "recommendations": """recommendation_id document_id source_file document_kind ordinal number text addressee issuer report_title
        page response_text response_page status position action confidence needs_review evidence deadline_from deadline_to
        letter_document_id signatory letter_date""",
    "documents": """document_id source_file kind title date signatory ministry issuer report_title dossier number pages sha256
        status message recommendations""",
    "responses": "response_id document_id page text recommendation_ids status position action confidence evidence",
    "commitments": "commitment_id document_id page text deadline_text deadline_from deadline_to recommendation_ids",
}


def letter() -> Document:
    coding = Coding(
        "d1-a", "adopted", "agree", "new", 0.91251, False, "Ja", "Ja. […] Dat doe ik.", 2, "2022-06-01", "2022-08-31"
    )
    return Document(
        "d1", "brief.pdf", "0" * 64, "ok", "", 3,
        Metadata("letter", "Reactie", "2022-03-10", "N. Voorbeeld", "Ministerie van X", "ILT", "Rapport", "28638", "200"),
        (Recommendation("d1-a", 1, "Stel een norm vast", 1, HERE, "1", "mij", "ILT", "Rapport"),
         Recommendation("d1-b", 2, "Oefen", 1, HERE)),
        (Response("d1-r1", "Ja.", 2, HERE, ("d1-a", "d1-b"), "group", "agree", "new", "adopted", 0.9, "Ja"),),
        (Commitment("d1-c1", "Medio 2022 volgt meer.", 3, HERE, "Medio 2022", "2022-06-01", "2022-08-31", ("d1-a",)),),
        (coding,),
    )  # fmt: skip


def report() -> Document:
    made = (Recommendation("d2-a", 1, "Stel een norm vast", 4, HERE), Recommendation("d2-b", 2, "Meet dit", 4, HERE))
    return Document(
        "d2", "rapport.pdf", "1" * 64, "ok", "", 9, Metadata("report"), made, answered_by=(("d2-a", "d1", "d1-a"),)
    )


def test_the_columns_of_the_contract_come_first():
    assert set(COLUMNS) == set(CONTRACT)
    for table, names in CONTRACT.items():
        expected = names.split()
        assert [c.name for c in COLUMNS[table]][: len(expected)] == expected, table


def test_a_row_has_all_columns():
    tables = tables_of([letter(), report()])
    assert {name: len(found) for name, found in tables.items()} == {
        "recommendations": 4, "documents": 2, "responses": 1, "commitments": 1,
    }  # fmt: skip
    for name, found in tables.items():
        assert [set(row) for row in found] == [{c.name for c in COLUMNS[name]}] * len(found)


def rows() -> dict[str, dict]:
    return {r["recommendation_id"]: r for r in tables_of([letter(), report()])["recommendations"]}


def test_a_recommendation_of_a_letter():
    row = rows()["d1-a"]
    told = (
        "status",
        "position",
        "action",
        "evidence",
        "response_page",
        "deadline_to",
        "signatory",
        "letter_date",
        "document_kind",
    )
    assert [row[k] for k in told] == [
        "adopted",
        "agree",
        "new",
        "Ja",
        2,
        "2022-08-31",
        "N. Voorbeeld",
        "2022-03-10",
        "letter",
    ]


def test_a_recommendation_of_a_report_has_the_letters_answer():
    row = rows()["d2-a"]
    told = ("document_kind", "letter_document_id", "status", "response_text", "signatory", "letter_date")
    assert [row[k] for k in told] == ["report", "d1", "adopted", "Ja. […] Dat doe ik.", "N. Voorbeeld", "2022-03-10"]


def test_without_a_letter_a_status_is_unknown():
    row = rows()["d2-b"]
    assert [row[k] for k in ("letter_document_id", "status", "response_text")] == ["", "", ""]
    assert row["confidence"] is None and row["needs_review"] is None


def test_ids_are_joined_and_counts_are_counted():
    tables = tables_of([letter(), report()])
    assert tables["responses"][0]["recommendation_ids"] == "d1-a;d1-b"
    assert [(d["document_id"], d["recommendations"]) for d in tables["documents"]] == [("d1", 2), ("d2", 2)]


def test_the_order_of_documents_does_not_matter():
    assert tables_of([report(), letter()]) == tables_of([letter(), report()])
