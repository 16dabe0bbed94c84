"""The page itself: figures, plots and rows into one HTML text. All text from documents is escaped by Jinja."""

from __future__ import annotations

import hashlib
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from corpus.tables import STATUSES, Row
from flows.report import plots
from flows.report.figures import Figures, count, in_order, largest

HERE = Path(__file__).parent
MOST_ROWS = 5000  # recommendations in the searchable list; the figures are always about all
MOST_LISTED = 50  # overdue commitments, documents to review
MOST_BARS = 15
STRIPES = {"adopted": "●", "partly_adopted": "◐", "deferred": "◷", "rejected": "✕", "unanswered": "○", "": "–"}


def words(lang: str) -> dict[str, str]:
    """The words of the page in 'nl' or 'en'."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))[lang]


def build(
    tables: Mapping[str, Iterable[Row]], lang: str = "nl", today: date | None = None, most: int = MOST_ROWS
) -> str:
    """The whole page as HTML. `today` decides which commitments are overdue and stands on the page."""
    today = today or date.today()
    labels, figures = words(lang), count(tables, today)
    script = (HERE / "report.js").read_text(encoding="utf-8")
    template = _environment(labels).get_template("report.html")
    return template.render(
        lang=lang,
        w=labels,
        figures=figures,
        today=today.isoformat(),
        plots=_plots(figures, labels),
        shares={name: _shown(figures, name, labels) for name in ("by_issuer", "by_ministry", "by_year")},
        rows=_latest(figures.recommendations, most),
        statuses=in_order(figures.statuses),
        STATUSES=STATUSES,
        most_listed=MOST_LISTED,
        style=Markup((HERE / "report.css").read_text(encoding="utf-8")),
        script=Markup(script),
        script_hash=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _environment(labels: Mapping[str, str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["marked"] = marked
    environment.filters["day"] = partial(day, months=labels["months"].split())
    environment.filters["n"] = lambda number: f"{number:,}".replace(",", labels["thousands"])
    environment.globals["sign"] = STRIPES
    return environment


def _plots(figures: Figures, labels: Mapping[str, str]) -> dict[str, Markup]:
    """name → SVG. The SVG is ours and its texts were escaped by matplotlib."""
    drawn = {
        name: plots.bars(_shown(figures, name, labels), labels, name)
        for name in ("by_issuer", "by_ministry", "by_year")
    }
    if figures.waits:
        drawn["waits"] = plots.histogram(figures.waits, labels, "waits")
    return {name: Markup(svg) for name, svg in drawn.items()}


def _shown(figures: Figures, name: str, labels: Mapping[str, str]) -> dict:
    return largest(getattr(figures, name), 100 if name == "by_year" else MOST_BARS, labels["rest"])


def _latest(rows: list[Row], most: int) -> list[Row]:
    """The `most` rows with the latest letters, the latest first and in their order within a document."""
    by_document = sorted(rows, key=lambda row: (str(row["source_file"]), str(row["document_id"]), row["ordinal"] or 0))
    return sorted(by_document, key=lambda row: str(row["dated"]), reverse=True)[:most]


def marked(text: str, evidence: str) -> Markup:
    """`text`, escaped, with the first occurrence of `evidence` in a mark."""
    before, found, after = text.partition(evidence) if evidence else (text, "", "")
    return escape(before) + (Markup("<mark>{}</mark>").format(found) if found else "") + escape(after)


def day(iso: str, months: list[str]) -> str:
    """'2022-03-01' → '1 mrt 2022'."""
    if not iso:
        return ""
    moment = date.fromisoformat(iso)
    return f"{moment.day} {months[moment.month - 1]} {moment.year}"
