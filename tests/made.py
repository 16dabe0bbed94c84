"""Made-up tables for tests and benchmarks: Dutch sentences of our own, any number of them, always the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice

from corpus.tables import COLUMNS, Row

ASKS = (
    "Zorg dat de vergunningen voor het opslaan van gevaarlijke stoffen ten minste eens per drie jaar worden herzien.",
    "Leg vast wie in de nacht beslist over het openstellen van de noodopvang, en oefen dat elk kwartaal.",
    "Onderzoek of de wachttijd voor een herkeuring met de helft kan worden bekort zonder verlies van zorgvuldigheid.",
    "Stel een landelijke norm vast voor het aantal begeleiders in een groep, en publiceer wie eronder blijft.",
    "Maak de meldplicht voor bijna-ongevallen ook van toepassing op onderaannemers en hun uitzendkrachten.",
)
ANSWERS = (
    ("adopted", "agree", "new", "Deze aanbeveling neem ik over", "In het voorjaar treedt een wijziging in werking."),
    ("partly_adopted", "partly", "new", "Dit neem ik deels over", "De norm geldt eerst voor grote instellingen."),
    ("deferred", "neutral", "study", "Ik zal bezien of dit nodig is", "Daarover spreek ik met de koepels."),
    ("rejected", "disagree", "existing", "Hiertoe zie ik geen aanleiding", "De bestaande regels volstaan."),
    ("unanswered", "none", "none", "", ""),
)
ISSUERS = (
    "Inspectie Justitie en Veiligheid",
    "Inspectie Gezondheidszorg en Jeugd",
    "Nationale ombudsman",
    "Onderzoeksraad voor Veiligheid",
    "Nederlandse Voedsel- en Warenautoriteit",
    "Algemene Rekenkamer",
)
MINISTRIES = ("Justitie en Veiligheid", "Volksgezondheid, Welzijn en Sport", "Infrastructuur en Waterstaat", "Defensie")
FILLER = (
    "Ik hecht eraan te benadrukken dat de betrokken diensten de afgelopen jaren onder grote druk hebben gestaan en "
    "dat de uitvoering tijd vraagt. Met de sector is afgesproken dat de voortgang elk half jaar wordt besproken. "
)
EACH = 5  # recommendations in a letter


def blank(table: str) -> Row:
    """A row in which everything is unknown."""
    return {c.name: None if c.type in ("integer", "number", "boolean") else "" for c in COLUMNS[table]}


def tables(recommendations: int = 60, text: str = "") -> dict[str, list[Row]]:
    """The four tables with so many recommendations in letters; `text` goes into every text, to try what it does."""
    letters = -(-recommendations // EACH)
    rows = [_recommendation(n, text) for n in range(recommendations)]
    reports = [_document(n, "report", text) for n in range(0, letters, 3)]
    first = [_recommendation(n * EACH, text) | _in_report(n, text) for n in range(0, letters, 3)]
    return {
        "recommendations": rows + first,
        "documents": [_document(n, "letter", text) for n in range(letters)] + reports,
        "responses": [],
        "commitments": [_commitment(n, text) for n in range(0, letters, 2)],
    }


def _moment(n: int) -> date:
    return date(2018, 1, 15) + timedelta(days=(n * 37) % 2600)


def _document(n: int, kind: str, text: str) -> Row:
    earlier = timedelta(days=60 + n * 53 % 240) if kind == "report" else timedelta()
    return blank("documents") | {
        "document_id": f"{kind}-{n}", "source_file": f"{kind}-{n:05}.pdf", "kind": kind, "status": "ok", "pages": 6,
        "title": f"{text}Reactie op het onderzoek naar opvang {n}", "date": str(_moment(n) - earlier),
        "ministry": MINISTRIES[n % 4] if kind == "letter" else "", "issuer": ISSUERS[n * n % 6],
        "recommendations": EACH,
    }  # fmt: skip


def _recommendation(n: int, text: str) -> Row:
    letter = n // EACH
    status, position, action, evidence, rest = next(islice(cycle(ANSWERS), (n * 7 + n // 11) % 5, None))
    answer = f"{text}{FILLER}{evidence}. {rest} {FILLER}" if evidence else ""
    return blank("recommendations") | {
        "recommendation_id": f"r{n:06}", "document_id": f"letter-{letter}", "source_file": f"letter-{letter:05}.pdf",
        "document_kind": "letter", "ordinal": n % EACH + 1, "number": str(n % EACH + 1), "text": text + ASKS[n % 5],
        "addressee": "de minister", "issuer": ISSUERS[letter * letter % 6], "page": 1 + n % 4, "response_text": answer,
        "response_page": 3 if answer else None, "status": status, "position": position, "action": action,
        "confidence": round(0.5 + (n * 13 % 50) / 100, 3), "needs_review": n % 4 == 0, "evidence": evidence,
        "signatory": "N. Voorbeeld", "letter_date": str(_moment(letter)),
    }  # fmt: skip


def _in_report(n: int, text: str) -> Row:
    return {"recommendation_id": f"q{n:06}", "document_id": f"report-{n}", "source_file": f"report-{n:05}.pdf",
            "document_kind": "report", "letter_document_id": f"letter-{n}"}  # fmt: skip


def _commitment(n: int, text: str) -> Row:
    until = _moment(n) + timedelta(days=200)
    return blank("commitments") | {
        "commitment_id": f"c{n:05}", "document_id": f"letter-{n}", "page": 3, "deadline_text": "voor de zomer",
        "text": f"{text}Ik informeer uw Kamer voor de zomer over de uitkomsten van de evaluatie.",
        "deadline_from": str(until - timedelta(days=90)), "deadline_to": str(until),
    }  # fmt: skip
