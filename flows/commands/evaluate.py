"""opvolging evaluate DIR: figures against annotated documents, with every error."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        nargs="?",
        default="",
        metavar="DIR",
        help="annotated documents, with their PDFs or without (default: the project's corpus)",
    )
    parser.add_argument("--errors", action="store_true", help="every error with its sentence")
    parser.add_argument(
        "--leave-authors-out",
        type=int,
        default=0,
        metavar="N",
        help="in N groups of authors, train without each group in turn and score on it (some seven minutes each); "
        "as many groups as authors: each author by itself",
    )
    parser.add_argument("--save", default="", metavar="FILE", help="keep the outcome, to compare a later version with")
    parser.add_argument(
        "--against", default="", metavar="FILE", help="show gains and losses against an outcome that was kept"
    )


def main(arguments: argparse.Namespace) -> int:
    """0: scored."""
    from corpus.annotated import AnnotationError
    from flows.cli import UsageError
    from flows.scorecard import changes, keep, show
    from models.storage import ModelError

    try:
        scored = _scored(arguments)
        for line in show(scored, arguments.errors):
            print(line)
        if arguments.against:
            print(*changes(Path(arguments.against), scored), sep="\n")
        if arguments.save:
            keep(Path(arguments.save), scored)
    except (AnnotationError, ModelError, OSError) as error:
        raise UsageError(str(error)) from error
    return 0


def _scored(arguments: argparse.Namespace):
    from corpus.annotated import DOCUMENTS, load_folder
    from flows.evaluation import leave_authors_out, score
    from flows.training import passage_examples
    from models.learning import fit_hearing
    from models.storage import load

    folder = Path(arguments.folder) if arguments.folder else DOCUMENTS
    documents = load_folder(folder)
    if arguments.leave_authors_out < 1:
        return score(documents, load(), folder)
    out = []
    for authors, part in leave_authors_out(documents, fit_hearing(passage_examples()), arguments.leave_authors_out):
        print(f"{', '.join(authors)}: {len(part)} documents scored", flush=True)
        out += part
    return out
