"""Show recommendations.csv in a terminal, shortened: python examples/show.py DIR"""

import csv
import shutil
import sys
from pathlib import Path

FIXED = "{:>3}  {:14}  {:>4}  {:>5}  {}"  # ordinal, status, page, confidence, mark


def lines(rows: list[dict[str, str]], width: int) -> list[str]:
    """A heading for each document and a line for each of its recommendations, no wider than `width`."""
    room = max(20, width - len(FIXED.format("", "", "", "", "")) - 3)
    out = ["", FIXED.format("nr", "status", "page", "sure", "  recommendation")]
    name = None
    for row in rows:
        if row["source_file"] != name:
            name = row["source_file"]
            out += ["", f"{name} ({row['document_kind']})"]
        mark = "? " if row["needs_review"] == "true" else "  "
        status = row["status"] or "-"
        text = row["text"] if len(row["text"]) <= room else row["text"][: room - 1] + "…"
        sure = f"{float(row['confidence']):.2f}" if row["confidence"] else ""
        out.append(FIXED.format(row["ordinal"], status, row["page"], sure, mark + text))
    return out


def main(folder: Path) -> None:
    with (folder / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print("\n".join(lines(rows, shutil.get_terminal_size((110, 24)).columns)))
    print(f"\n?  a person should look. All columns, answers and evidence: {folder / 'recommendations.csv'}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
