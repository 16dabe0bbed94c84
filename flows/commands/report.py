"""`opvolging report`: a self-contained page with figures and plots."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    from flows.commands.pull import add_store_arguments

    parser.add_argument("--out", required=True, type=Path, metavar="FILE.html", help="the page to write")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="language of the labels (default: nl)")
    parser.add_argument("--tables", type=Path, metavar="DIR", help="take the tables of this folder, not the store")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day that decides what is overdue (default: today)")
    parser.add_argument("--most", type=int, default=5000, help="recommendations in the list (default: the latest 5000)")
    add_store_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    """Write the page and say where it is. Raises UsageError."""
    from corpus.export import OutputError, write_together
    from flows.cli import UsageError
    from flows.report import build

    page = build(_tables(arguments), arguments.lang, arguments.on, arguments.most)
    try:
        write_together({arguments.out: lambda draft: draft.write_text(page, encoding="utf-8", newline="\n")})
    except OutputError as error:
        raise UsageError(error) from error
    print(f"{arguments.out}: {len(page.encode()) / 1e6:.1f} MB")
    return 0


def _tables(arguments: argparse.Namespace) -> dict:
    """The tables of the folder given, else of the store. Raises UsageError."""
    from corpus.store import StoreError, open_store, tables
    from flows.cli import UsageError
    from flows.report import read

    try:
        if arguments.tables:
            return read(arguments.tables)
        with open_store(arguments.home, arguments.database) as store:
            return {name: list(rows) for name, rows in tables(store).items()}
    except (OSError, ValueError, StoreError) as error:
        raise UsageError(error) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"no date: {text}; write it as 2026-03-31") from error
