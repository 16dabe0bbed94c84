"""The four tables: every column is declared once here, and storage, export, data package and codebook read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.records import Commitment, Document, Recommendation, Response

STATUSES = ("adopted", "partly_adopted", "deferred", "rejected", "unanswered")
POSITIONS = ("agree", "partly", "disagree", "neutral", "none")
ACTIONS = ("new", "existing", "study", "referral", "later", "none")

Row = dict[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is a Frictionless type; `values` the only ones allowed, when there are such."""

    name: str
    type: str
    description: str
    values: tuple[str, ...] = ()
    required: bool = False


def _c(name: str, type_: str, description: str, values: tuple[str, ...] = (), required: bool = False) -> Column:
    return Column(name, type_, description, values, required)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "recommendations": (
        _c(
            "recommendation_id",
            "string",
            "Stable identity: the same document and text give the same id in every later run",
            required=True,
        ),
        _c("document_id", "string", "The document that states it", required=True),
        _c("source_file", "string", "Name of the file, without its folder", required=True),
        _c("document_kind", "string", "letter or report", ("letter", "report")),
        _c("ordinal", "integer", "1, 2, 3 … in reading order in this document", required=True),
        _c("number", "string", "The number as printed ('3', 'a', 'IV'); empty when it has none"),
        _c("text", "string", "The recommendation, whole, without lead-in, number and page furniture", required=True),
        _c("addressee", "string", "To whom, as written; empty when not stated"),
        _c("issuer", "string", "The body that recommends"),
        _c("report_title", "string", "The report that it comes from"),
        _c("page", "integer", "First page, 1-based"),
        _c(
            "response_text",
            "string",
            "What the letter answers to it: one or more passages, joined by ' […] ', in reading order",
        ),
        _c("response_page", "integer", "First page of the first passage"),
        _c("status", "string", "What follows from position and action; empty in a report without a letter", STATUSES),
        _c("position", "string", "The stance on the recommendation itself", POSITIONS),
        _c("action", "string", "What is done about it", ACTIONS),
        _c("confidence", "number", "Calibrated probability of the status, 0 to 1"),
        _c("needs_review", "boolean", "The program is not sure; a person should look"),
        _c("evidence", "string", "The words that decided it, verbatim from response_text"),
        _c("deadline_from", "date", "Begin of the period by which the minister commits to act"),
        _c("deadline_to", "date", "End of that period"),
        _c("letter_document_id", "string", "For a recommendation in a report: the letter that answers it"),
        _c("signatory", "string", "Who answers"),
        _c("letter_date", "date", "When the letter was dated"),
        _c(
            "corrected",
            "string",
            "What a person made of it: the columns changed, joined by ';'; 'accepted' when it was found right; "
            "'added' when the program had missed it; empty = nobody looked",
        ),
        _c("corrected_by", "string", "Who did, by name"),
    ),
    "documents": (
        _c("document_id", "string", "Identity of the document", required=True),
        _c("source_file", "string", "Name of the file, without its folder", required=True),
        _c("kind", "string", "letter or report; empty when it is neither or unknown", ("letter", "report")),
        _c("title", "string", "Title or subject"),
        _c("date", "date", "Date that the document bears"),
        _c("signatory", "string", "Who signed"),
        _c("ministry", "string", "Ministry that sends the letter"),
        _c("issuer", "string", "Body that made the report"),
        _c("report_title", "string", "Title of the report that the letter answers, or of the report itself"),
        _c("dossier", "string", "Number of the Kamerstuk dossier, without spaces (28638)"),
        _c("number", "string", "Number in the dossier (200)"),
        _c("pages", "integer", "Number of pages"),
        _c("sha256", "string", "Hash of the file's bytes"),
        _c("status", "string", "Whether the document was read", ("ok", "empty", "failed"), required=True),
        _c("message", "string", "What went wrong or deserves notice, in one line"),
        _c("recommendations", "integer", "Number of recommendations found"),
    ),
    "responses": (
        _c("response_id", "string", "Identity of the passage", required=True),
        _c("document_id", "string", "The letter", required=True),
        _c("page", "integer", "First page of the passage"),
        _c("text", "string", "The passage", required=True),
        _c("recommendation_ids", "string", "The recommendations that it answers, joined by ';'"),
        _c("status", "string", "What this passage alone would give", STATUSES),
        _c("position", "string", "The stance in this passage", POSITIONS),
        _c("action", "string", "What this passage says is done", ACTIONS),
        _c("confidence", "number", "Probability of the status of this passage, 0 to 1"),
        _c("evidence", "string", "The words that decided it, verbatim from text"),
    ),
    "commitments": (
        _c("commitment_id", "string", "Identity of the promise", required=True),
        _c("document_id", "string", "The letter", required=True),
        _c("page", "integer", "Page of the promise"),
        _c("text", "string", "The sentence that promises to act or to inform the Kamer", required=True),
        _c("deadline_text", "string", "The words that give the moment ('medio 2022')"),
        _c("deadline_from", "date", "Begin of that period"),
        _c("deadline_to", "date", "End of that period"),
        _c("recommendation_ids", "string", "The recommendations that it concerns, joined by ';'"),
    ),
}

KEYS = {
    "recommendations": "recommendation_id",
    "documents": "document_id",
    "responses": "response_id",
    "commitments": "commitment_id",
}


def tables_of(documents: Iterable[Document]) -> dict[str, list[Row]]:
    """The rows of the four tables, in an order that does not depend on the order of the documents."""
    ordered = sorted(documents, key=lambda d: (d.source_file, d.document_id))
    letters = {d.document_id: d for d in ordered}
    return {table: [row for d in ordered for row in rows_of(table, d, letters)] for table in COLUMNS}


def rows_of(table: str, document: Document, letters: Mapping[str, Document]) -> Iterator[Row]:
    """The rows that one document gives to one table; `letters` hold the documents that its answered_by names."""
    if table == "recommendations":
        yield from _recommendation_rows(document, letters)
    elif table == "documents":
        yield _document_row(document)
    elif table == "responses":
        yield from (_response_row(document, response) for response in document.responses)
    else:
        yield from (_commitment_row(document, commitment) for commitment in document.commitments)


def _recommendation_rows(document: Document, letters: Mapping[str, Document]) -> Iterator[Row]:
    codings = {c.recommendation_id: c for c in document.codings}
    answered = {mine: (letter_id, theirs) for mine, letter_id, theirs in document.answered_by}
    for recommendation in document.recommendations:
        letter, coding = document, codings.get(recommendation.recommendation_id)
        letter_id = ""
        if recommendation.recommendation_id in answered:
            letter_id, theirs = answered[recommendation.recommendation_id]
            letter = letters[letter_id]
            coding = next(c for c in letter.codings if c.recommendation_id == theirs)
        is_answered = coding is not None
        yield _recommendation_row(document, recommendation) | {
            "response_text": coding.response_text if coding else "",
            "response_page": coding.response_page if coding else None,
            "status": coding.status if coding else "",
            "position": coding.position if coding else "",
            "action": coding.action if coding else "",
            "confidence": round(coding.confidence, 3) if coding else None,
            "needs_review": coding.needs_review if coding else None,
            "evidence": coding.evidence if coding else "",
            "deadline_from": coding.deadline_from if coding else "",
            "deadline_to": coding.deadline_to if coding else "",
            "letter_document_id": letter_id,
            "signatory": letter.metadata.signatory if is_answered else "",
            "letter_date": letter.metadata.date if is_answered else "",
            "corrected": recommendation.corrected,
            "corrected_by": recommendation.corrected_by,
        }


def _recommendation_row(document: Document, recommendation: Recommendation) -> Row:
    return {
        "recommendation_id": recommendation.recommendation_id,
        "document_id": document.document_id,
        "source_file": document.source_file,
        "document_kind": document.metadata.kind,
        "ordinal": recommendation.ordinal,
        "number": recommendation.number,
        "text": recommendation.text,
        "addressee": recommendation.addressee,
        "issuer": recommendation.issuer,
        "report_title": recommendation.report_title,
        "page": recommendation.page,
    }


def _document_row(document: Document) -> Row:
    m = document.metadata
    return {
        "document_id": document.document_id,
        "source_file": document.source_file,
        "kind": m.kind,
        "title": m.title,
        "date": m.date,
        "signatory": m.signatory,
        "ministry": m.ministry,
        "issuer": m.issuer,
        "report_title": m.report_title,
        "dossier": m.dossier,
        "number": m.number,
        "pages": document.pages,
        "sha256": document.sha256,
        "status": document.status,
        "message": document.message,
        "recommendations": len(document.recommendations),
    }


def _response_row(document: Document, response: Response) -> Row:
    return {
        "response_id": response.response_id,
        "document_id": document.document_id,
        "page": response.page,
        "text": response.text,
        "recommendation_ids": ";".join(response.recommendation_ids),
        "status": response.status,
        "position": response.position,
        "action": response.action,
        "confidence": round(response.confidence, 3),
        "evidence": response.evidence,
    }


def _commitment_row(document: Document, commitment: Commitment) -> Row:
    return {
        "commitment_id": commitment.commitment_id,
        "document_id": document.document_id,
        "page": commitment.page,
        "text": commitment.text,
        "deadline_text": commitment.deadline_text,
        "deadline_from": commitment.deadline_from,
        "deadline_to": commitment.deadline_to,
        "recommendation_ids": ";".join(commitment.recommendation_ids),
    }
