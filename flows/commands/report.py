"""`opvolging report`: a self-contained page with figures and plots."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.html", help="the page to write")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="language of the labels (default: nl)")
    parser.add_argument("--tables", type=Path, metavar="DIR", help="take the tables of this folder, not the store")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day that decides what is overdue (default: today)")
    parser.add_argument("--most", type=int, default=5000, help="recommendations in the list (default: the latest 5000)")


def main(arguments: argparse.Namespace) -> int:
    """Write the page and say where it is. Raises UsageError."""
    from corpus.export import OutputError, write_together
    from flows.cli import UsageError
    from flows.report import build

    page = build(_tables(arguments.tables), arguments.lang, arguments.on, arguments.most)
    try:
        write_together({arguments.out: lambda draft: draft.write_text(page, encoding="utf-8", newline="\n")})
    except OutputError as error:
        raise UsageError(error) from error
    print(f"{arguments.out}: {len(page.encode()) / 1e6:.1f} MB")
    return 0


def _tables(directory: Path | None) -> dict:
    from flows.cli import UsageError
    from flows.report import read

    try:
        if directory:
            return read(directory)
    except (OSError, ValueError) as error:
        raise UsageError(error) from error
    raise UsageError("give --tables DIR, the folder that `opvolging run --out` wrote")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"no date: {text}; write it as 2026-03-31") from error
