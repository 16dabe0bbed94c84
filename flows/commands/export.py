"""opvolging export: the tables from the store."""

from __future__ import annotations

import argparse

from flows.commands.pull import add_store_arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="folder for the tables; those that exist are replaced"
    )
    parser.add_argument("--format", choices=("csv", "xlsx", "parquet", "jsonl"), default="csv")
    add_store_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    """0: written."""
    from corpus.export import OutputError
    from corpus.store import StoreError
    from flows.cli import UsageError
    from flows.engine import start

    store = {"home": arguments.home, "database_url": arguments.database}
    try:
        paths = start("flows.pull:export", out=arguments.out, format=arguments.format, **store)
    except (StoreError, OutputError) as error:
        raise UsageError(str(error)) from error
    print(*paths, sep="\n")
    return 0
