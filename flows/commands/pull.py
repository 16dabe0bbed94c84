"""opvolging pull: new letters and their reports into the store."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", metavar="DATE", type=iso_date, help="only documents dated on or after it")
    parser.add_argument("--until", metavar="DATE", type=iso_date, help="only documents dated before it")
    parser.add_argument("--limit", type=_count, metavar="N", help="take at most N files now")
    add_source_arguments(parser)


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that `serve` shares."""
    parser.add_argument(
        "--source", choices=("kamer", "sru", "folder"), help="default kamer; folder when --folder is given"
    )
    parser.add_argument("--folder", default="", metavar="DIR", help="take the PDFs of this folder instead")
    parser.add_argument(
        "--selection", default="", metavar="FILE", help="which documents, as a TOML file: see docs/pull.md"
    )
    parser.add_argument(
        "--kamer-url", default="", metavar="URL", help="base of the OData interface (OPVOLGING_KAMER_URL)"
    )
    add_store_arguments(parser)
    parser.add_argument("--workers", type=_count, default=max(1, (os.cpu_count() or 2) - 1), help="processes that read")


def add_store_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every command that opens the store."""
    parser.add_argument(
        "--home", default="", metavar="DIR", help="folder of the store (OPVOLGING_HOME, ./opvolging-data)"
    )
    parser.add_argument("--database", default="", metavar="URL", help="its database (OPVOLGING_DATABASE_URL)")


def parameters(arguments: argparse.Namespace) -> dict:
    """The arguments as parameters of the flow. Raises UsageError."""
    from flows.cli import UsageError

    if arguments.source == "folder" and not arguments.folder:
        raise UsageError("--source folder needs --folder DIR")
    if arguments.folder and arguments.source not in (None, "folder"):
        raise UsageError(f"--folder does not go with --source {arguments.source}")
    return {
        "source": "folder" if arguments.folder else arguments.source or "kamer",
        "folder": os.path.abspath(arguments.folder) if arguments.folder else "",
        "selection": os.path.abspath(arguments.selection) if arguments.selection else "",
        "kamer_url": arguments.kamer_url,
        "home": arguments.home,
        "database_url": arguments.database,
        "workers": arguments.workers,
    }


def main(arguments: argparse.Namespace) -> int:
    """0: all taken and read; 1: some document could not be; 3: the source could not be reached."""
    from corpus.sources.base import Unreachable
    from corpus.sources.selection import SelectionError
    from corpus.store import StoreError
    from flows.cli import SourceUnreachable, UsageError
    from flows.engine import start

    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("stamina").setLevel(logging.ERROR)  # corpus.sources.web says the same in words
    own = {"since": arguments.since or "", "until": arguments.until or "", "limit": arguments.limit}
    try:
        counts = start("flows.pull:pull", **parameters(arguments), **own)
    except Unreachable as error:
        raise SourceUnreachable(str(error)) from error
    except (StoreError, SelectionError) as error:
        raise UsageError(str(error)) from error
    from flows.pull import summary

    print(summary(counts))
    return 1 if counts.get("failed") or counts.get("not_taken") else 0


def iso_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2024-01-31") from error


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of 1 or more")
    return int(text)
