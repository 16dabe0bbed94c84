"""The figures of the report, counted from the four tables. A row is a dictionary as corpus.tables declares it.

A recommendation that a report states and a letter answers stands in both; it is counted once, where the letter has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from corpus.tables import STATUSES, Row

Shares = dict[str, Counter]  # group → status → count; the largest group first


@dataclass(frozen=True)
class Figures:
    """What the page shows. `waits` are days from report to answer, one for each pair of a report and a letter."""

    documents: Counter  # kind ('letter', 'report', '') → count, of those that were read
    failed: int
    recommendations: list[Row]  # each once, with `ministry` and `year` of its letter added
    statuses: Counter
    by_issuer: Shares
    by_ministry: Shares
    by_year: Shares
    waits: list[int]
    commitments: int
    overdue: list[Row]  # commitments whose period has passed, the oldest first, with `source_file` and `days`
    review: list[tuple[Row, int, int]]  # (document, recommendations to look at, recommendations), the most first

    @property
    def unread(self) -> int:
        """Recommendations that a person should look at."""
        return sum(row["needs_review"] is True for row in self.recommendations)

    @property
    def median_wait(self) -> float | None:
        """Days."""
        return median(self.waits) if self.waits else None


def count(tables: Mapping[str, Iterable[Row]], today: date) -> Figures:
    """Count the figures of the page, as they stand on `today`."""
    documents = {str(d["document_id"]): d for d in tables["documents"]}
    every = list(tables["recommendations"])
    stated = [_with_letter(row, documents) for row in every if not row["letter_document_id"]]
    coded = [row for row in stated if row["status"]]
    commitments = list(tables["commitments"])
    return Figures(
        documents=Counter(str(d["kind"]) for d in documents.values() if d["status"] == "ok"),
        failed=sum(d["status"] != "ok" for d in documents.values()),
        recommendations=stated,
        statuses=Counter(str(row["status"]) for row in coded),
        by_issuer=_shares(coded, lambda row: str(row["issuer"])),
        by_ministry=_shares(coded, lambda row: str(row["ministry"])),
        by_year=dict(sorted(_shares(coded, lambda row: str(row["year"])).items())),
        waits=_waits(every, documents),
        commitments=len(commitments),
        overdue=_overdue(commitments, documents, today),
        review=_review(stated, documents),
    )


def _with_letter(row: Row, documents: Mapping[str, Row]) -> Row:
    document = documents.get(str(row["document_id"]), {})
    dated = str(row["letter_date"] or document.get("date") or "")
    return row | {"ministry": document.get("ministry") or "", "year": dated[:4], "dated": dated}


def _shares(rows: Iterable[Row], group: Callable[[Row], str]) -> Shares:
    counts: Shares = defaultdict(Counter)
    for row in rows:
        counts[group(row)][str(row["status"])] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1].total(), item[0])))


def _waits(rows: Iterable[Row], documents: Mapping[str, Row]) -> list[int]:
    """Days from the date of a report to that of the letter that answers it; pairs without both dates are left out."""
    pairs = {(str(row["document_id"]), str(row["letter_document_id"])) for row in rows if row["letter_document_id"]}
    dates = [(documents.get(a, {}).get("date"), documents.get(b, {}).get("date")) for a, b in sorted(pairs)]
    return sorted((date.fromisoformat(str(b)) - date.fromisoformat(str(a))).days for a, b in dates if a and b)


def _overdue(commitments: Iterable[Row], documents: Mapping[str, Row], today: date) -> list[Row]:
    passed = [c for c in commitments if c["deadline_to"] and str(c["deadline_to"]) < today.isoformat()]
    rows = [
        c
        | {
            "source_file": documents.get(str(c["document_id"]), {}).get("source_file", ""),
            "ministry": documents.get(str(c["document_id"]), {}).get("ministry", ""),
            "days": (today - date.fromisoformat(str(c["deadline_to"]))).days,
        }
        for c in passed
    ]
    return sorted(rows, key=lambda c: (str(c["deadline_to"]), str(c["commitment_id"])))


def _review(rows: Iterable[Row], documents: Mapping[str, Row]) -> list[tuple[Row, int, int]]:
    totals, needed = Counter[str](), Counter[str]()
    for row in rows:
        totals[str(row["document_id"])] += 1
        needed[str(row["document_id"])] += row["needs_review"] is True
    order = sorted((key for key in needed if needed[key]), key=lambda key: (-needed[key], key))
    return [(documents[key], needed[key], totals[key]) for key in order if key in documents]


def largest(shares: Shares, most: int, rest: str) -> Shares:
    """The `most` largest groups, and all others together under `rest`."""
    groups = list(shares.items())
    others = sum((counts for _, counts in groups[most:]), Counter())
    return dict(groups[:most]) | ({rest: others} if others else {})


def in_order(counts: Counter) -> list[tuple[str, int]]:
    """(status, count) in the order of the coding scheme."""
    return [(status, counts[status]) for status in STATUSES]
