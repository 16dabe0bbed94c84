"""opvolging train: the models, from the project's corpus and a reviewer's own annotations."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--also",
        default="",
        metavar="DIR",
        help="further annotated documents (NAME.json with NAME.txt), such as 'review --annotations' writes",
    )
    parser.add_argument(
        "--out", default="", metavar="DIR", help="folder for the models (default: those that the program uses)"
    )


def main(arguments: argparse.Namespace) -> int:
    """0: trained. Takes some minutes."""
    from corpus.annotated import AnnotationError
    from flows.cli import UsageError
    from flows.engine import start
    from models.storage import describe

    try:
        card = start("flows.train:train", also=arguments.also, out=arguments.out)
    except (AnnotationError, OSError) as error:
        raise UsageError(str(error)) from error
    print(describe(card))
    return 0
