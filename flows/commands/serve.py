"""opvolging serve: pull and export on a schedule, as a Prefect deployment."""

from __future__ import annotations

import argparse

from flows.commands.pull import add_source_arguments, iso_date, parameters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cron", default="0 6 * * 1-5", help="when: minute hour day month weekday; default %(default)r"
    )
    parser.add_argument("--timezone", default="Europe/Amsterdam", help="of the schedule; default %(default)s")
    parser.add_argument("--since", metavar="DATE", type=iso_date, help="only documents dated on or after it")
    parser.add_argument(
        "--out", default="", metavar="DIR", help="folder for the tables; default tables in the store's folder"
    )
    parser.add_argument("--format", choices=("csv", "xlsx", "parquet", "jsonl"), default="csv")
    add_source_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    """Serves until it is stopped. Raises UsageError without a Prefect server or with a schedule that is none."""
    from flows.cli import UsageError
    from flows.engine import api_url

    pulling = parameters(arguments) | {"since": arguments.since or ""}
    if not api_url():
        raise UsageError(
            "a schedule needs a Prefect server: run 'prefect server start' in another window and set "
            "PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    from prefect.schedules import Cron

    from flows.pull import ingest

    try:
        schedule = Cron(arguments.cron, timezone=arguments.timezone)
    except ValueError as error:
        raise UsageError(f"--cron {arguments.cron!r}: {str(error).splitlines()[0]}") from error
    ingest.serve(
        name="opvolging",
        schedule=schedule,
        limit=1,
        parameters={"out": arguments.out, "format": arguments.format, "pulling": pulling},
        tags=["opvolging"],
    )
    return 0
