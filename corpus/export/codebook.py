"""The codebook, in Markdown and HTML, from the same declarations as the tables themselves.

Run `python -m corpus.export.codebook` to write docs/codebook.md and docs/codebook.html anew; a test compares them.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from corpus.export.package import DESCRIPTIONS
from corpus.tables import COLUMNS, KEYS, Column

DOCS = Path(__file__).parents[2] / "docs"
TITLE = "Codebook of the four tables"
PREFACE = (
    "Generated from corpus/tables.py; do not edit. Empty means unknown. Dates are ISO 8601 (2022-06-01), numbers have "
    "a decimal point and three decimals, truth is true or false.",
    "In CSV a text that a spreadsheet might take for a formula has an apostrophe before it: the cell '-5 is the text "
    "-5. To take it off, remove the apostrophe that stands before = + - @ at the begin of a cell or after a semicolon "
    "(examples/load.py and examples/load.R do). xlsx, parquet and jsonl hold the text as it was read.",
    "Lines in CSV end in CR LF, as RFC 4180 has it. With --excel the CSV has a byte-order mark, semicolons and a "
    "decimal comma, which Dutch Excel opens right. Excel guesses dates in CSV (1-2 becomes 1 February): take "
    "xlsx where that matters.",
)
MEANINGS = {
    "adopted": "was, is or will be carried out, whole",
    "partly_adopted": "in part, weaker, narrower, on a condition, by another means",
    "deferred": "no decision on its content yet",
    "rejected": "will not be carried out",
    "unanswered": "the letter states it and answers nothing to it",
    "agree": "takes it over",
    "partly": "takes part of it over, or in another form",
    "disagree": "does not take it over",
    "neutral": "mentions or discusses it without a stance",
    "new": "a measure, rule, plan or budget after the letter's date",
    "existing": "in force or finished at the letter's date",
    "study": "to be studied, explored, weighed",
    "referral": "left to another body or minister",
    "later": "a decision later, or by others in time",
    "none": "nothing",
}


def markdown() -> str:
    """The codebook as Markdown."""
    parts = [f"# {TITLE}", *PREFACE]
    for table, columns in COLUMNS.items():
        parts += [f"## {table}", f"{DESCRIPTIONS[table]} Key: `{KEYS[table]}`."]
        lines = ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| {c.name} | {_type(c)} | {c.description.replace('|', chr(92) + '|')} |" for c in columns]
        parts.append("\n".join(lines))
    parts += ["## Values", "\n".join(["| value | of | meaning |", "| --- | --- | --- |", *map(_value_line, _values())])]
    return "\n\n".join(parts) + "\n"


def html() -> str:
    """The codebook as one HTML page."""
    body = [f"<h1>{TITLE}</h1>", *(f"<p>{escape(text)}</p>" for text in PREFACE)]
    for table, columns in COLUMNS.items():
        body += [f'<h2 id="{table}">{table}</h2>', f"<p>{DESCRIPTIONS[table]} Key: <code>{KEYS[table]}</code>.</p>"]
        body += [_table(("column", "type", "meaning"), [(c.name, _type(c), c.description) for c in columns])]
    body += ['<h2 id="values">Values</h2>', _table(("value", "of", "meaning"), _values())]
    return _PAGE.format(title=TITLE, body="\n".join(body))


def _type(column: Column) -> str:
    return column.type + (", never empty" if column.required else "")


def _values() -> list[tuple[str, str, str]]:
    """(value, column, meaning) for status, position and action."""
    coded = [c for c in COLUMNS["recommendations"] if c.name in ("status", "position", "action")]
    return [(value, column.name, MEANINGS[value]) for column in coded for value in column.values]


def _value_line(value: tuple[str, str, str]) -> str:
    return f"| {' | '.join(value)} |"


def _table(header: tuple[str, ...], rows: list[tuple[str, str, str]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    lines = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>" + "".join(f"<tr>{x}</tr>\n" for x in lines) + "</tbody></table>"
    )


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }}
table {{ border-collapse: collapse; width: 100%; }} th, td {{ text-align: left; vertical-align: top;
padding: .3rem .6rem; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }}
td:first-child {{ font-family: monospace; }}
</style></head><body>
{body}
</body></html>
"""

if __name__ == "__main__":
    (DOCS / "codebook.md").write_text(markdown(), encoding="utf-8")
    (DOCS / "codebook.html").write_text(html(), encoding="utf-8")
