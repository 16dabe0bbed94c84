"""opvolging run PATH... --out DIR: from PDFs to tables."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="PDFs, folders of PDFs, or patterns")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for the tables; those that exist are replaced")
    parser.add_argument("--format", choices=("csv", "xlsx", "parquet", "jsonl"), default="csv")
    parser.add_argument("--excel", action="store_true", help="CSV as Dutch Excel opens it: semicolons, byte-order mark")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: one for each processor)")
    parser.add_argument("--cache", default="", metavar="DIR", help="keep what was read here, so that a second run skips reading")


def main(arguments: argparse.Namespace) -> int:
    """0: every document was read. 1: some could not be; documents.csv says why."""
    from corpus.export import OutputError
    from flows.cli import SourceUnreachable, UsageError
    from flows.engine import api_url, start
    from flows.run import InputError
    from models.storage import ModelError

    if arguments.excel and arguments.format != "csv":
        raise UsageError("--excel is a variant of csv; leave out --format")
    if arguments.workers < 0:
        raise UsageError(f"--workers {arguments.workers}: give 1 or more, or 0 for one for each processor")
    given = {k: getattr(arguments, k) for k in ("paths", "out", "workers", "format", "excel", "cache")}
    try:
        counts = start("flows.run:run", **given)
    except (InputError, OutputError, ModelError) as error:
        raise UsageError(str(error)) from error
    except RuntimeError as error:
        if "Failed to reach API" not in str(error):
            raise
        raise SourceUnreachable(f"no Prefect server at {api_url()}: start it, or unset PREFECT_API_URL") from error
    print(_summary(counts, arguments.out))
    return 1 if counts["failed"] else 0


def _summary(counts: dict[str, int], out: str) -> str:
    text = f"{counts['documents']} documents: {counts['recommendations']} recommendations, {counts['review']} to review; tables in {out}"
    if counts["empty"]:
        text += f"\n{counts['empty']} without readable text (scans?): see documents.csv"
    if counts["failed"]:
        text += f"\n{counts['failed']} could not be read: documents.csv says why"
    return text
