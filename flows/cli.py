"""The command line. Only the standard library is imported here: each command imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module, metadata

# command -> the module under flows that holds `add_arguments(parser)` and `main(arguments) -> exit code`
COMMANDS = {
    "run": ("flows.commands.run", "read, extract, link, classify, write the tables"),
    "text": ("flows.commands.text", "the main text of one document, without furniture"),
    "pull": ("flows.commands.pull", "new letters and their reports from the Kamer into the store"),
    "export": ("flows.commands.export", "the tables from the store"),
    "serve": ("flows.commands.serve", "scheduled ingestion as a Prefect deployment"),
    "report": ("flows.commands.report", "a page with figures and plots, self-contained"),
    "review": ("flows.commands.review", "a web page to check and correct, on 127.0.0.1"),
    "train": ("flows.commands.train", "train the model on the annotated documents"),
    "evaluate": ("flows.commands.evaluate", "score against annotated documents"),
}


class UsageError(Exception):
    """The command line was wrong: exit code 2."""


class SourceUnreachable(Exception):
    """A source could not be reached: exit code 3."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all read, 1 some document failed, 2 usage, 3 source out of reach."""
    argv = sys.argv[1:] if argv is None else argv
    # The matrices here are small: threads of the linear algebra wait for each other more than they help.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    command = next((a for a in argv if not a.startswith("-")), "")
    parser = _parser(command)
    arguments = parser.parse_args(argv)
    if not arguments.command:
        parser.print_help()
        return 2
    try:
        return import_module(COMMANDS[command][0]).main(arguments)
    except UsageError as error:
        print(f"opvolging {command}: {error}", file=sys.stderr)
        return 2
    except SourceUnreachable as error:
        print(f"opvolging {command}: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("opvolging: interrupted; tables that existed are unchanged", file=sys.stderr)
        return 130


def _parser(command: str) -> argparse.ArgumentParser:
    """A parser in which only the command asked for declares its own options, so that --help answers at once."""
    parser = argparse.ArgumentParser(
        prog="opvolging", description="What ministers do with what inspectorates recommend."
    )
    parser.add_argument("--version", action="version", version=f"opvolging {metadata.version('opvolging')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == command:
            import_module(module).add_arguments(sub)
    return parser


if __name__ == "__main__":
    from flows.cli import main as command  # the module that the commands import their errors from, not this copy of it

    sys.exit(command())
