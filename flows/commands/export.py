"""opvolging export: the tables from the store."""

from __future__ import annotations

import argparse

from flows.commands.pull import add_store_arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="folder for the tables; those that exist are replaced"
    )
    parser.add_argument("--format", choices=("csv", "xlsx", "parquet", "jsonl"), default="csv")
    parser.add_argument("--excel", action="store_true", help="CSV as Dutch Excel opens it: semicolons, byte-order mark")
    add_store_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    """0: written."""
    from corpus.export import OutputError
    from corpus.store import StoreError
    from flows.cli import UsageError
    from flows.engine import start

    if arguments.excel and arguments.format != "csv":
        raise UsageError("--excel is a variant of csv; leave out --format")
    store = {"home": arguments.home, "database_url": arguments.database}
    try:
        paths = start("flows.pull:export", out=arguments.out, format=arguments.format, excel=arguments.excel, **store)
    except (StoreError, OutputError) as error:
        raise UsageError(str(error)) from error
    print(*paths, sep="\n")
    return 0
