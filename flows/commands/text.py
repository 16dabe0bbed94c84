"""`opvolging text FILE`: the main text of one document, without furniture."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `text`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the PDF")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each block")
    parser.add_argument(
        "--show", metavar="PAGE.png", type=Path, help="draw a page with its blocks outlined, instead of text"
    )
    parser.add_argument("--page", metavar="N", type=int, default=1, help="the page to draw (default 1)")
    parser.add_argument(
        "--marks", action="store_true", help="leave the marks of footnotes in the text, as raised figures"
    )


def main(arguments: argparse.Namespace) -> int:
    """Print the text of a PDF. Exit code 1 when it cannot be read, 2 when there is no such file."""
    from extract.reading import ReadingError, read_contained

    try:
        reading = read_contained(arguments.file)
        if arguments.show:
            return _show(arguments, reading)
    except OSError as error:
        print(f"opvolging text: {arguments.file}: {error.strerror or error}", file=sys.stderr)
        return 2
    except ReadingError as error:
        print(f"opvolging text: {arguments.file}: {error}", file=sys.stderr)
        return 1
    blocks = [(block, _marked(block) if arguments.marks else block.text) for block in reading.blocks]
    _print(_as_json(blocks) if arguments.json else _as_text(blocks))
    return _warn(arguments.file, reading)


def _print(lines) -> None:
    """Print lines as UTF-8; a reader that has seen enough (`| head`) is no error."""
    try:
        sys.stdout.reconfigure(encoding="utf-8")
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show(arguments, reading) -> int:
    from extract.reading import outlined

    picture = outlined(arguments.file.read_bytes(), reading, arguments.page)
    try:
        arguments.show.write_bytes(picture)
    except OSError as error:
        print(f"opvolging text: {arguments.show}: {error.strerror or error}", file=sys.stderr)
        return 2
    return 0


def _warn(file: Path, reading) -> int:
    """Say which pages could not be read; that is no failure as long as one could."""
    lost = [f"{page.number} ({page.status})" for page in reading.pages if page.status not in ("text", "ocr")]
    if lost:
        from extract.reading.ocr import ready

        ocr = "Tesseract read none either" if ready() else "OCR needs Tesseract with Dutch"
        print(f"opvolging text: {file}: no text on page {', '.join(lost)}; {ocr}", file=sys.stderr)
    return 0


def _marked(block) -> str:
    """The text with the marks of footnotes where they stood, as raised figures."""
    text = block.text
    for at, mark in reversed(block.notes):
        text = text[:at] + mark.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) + text[at:]
    return text


def _as_json(blocks):
    for block, text in blocks:
        yield json.dumps(
            {"page": block.page, "kind": block.kind, "level": block.level, "number": block.number, "text": text,
             "bbox": list(block.box)},
            ensure_ascii=False,
        )  # fmt: skip


def _as_text(blocks):
    main_text = [_line(block, text) for block, text in blocks if block.kind != "footnote"]
    notes = [_line(block, text) for block, text in blocks if block.kind == "footnote"]
    yield "\n\n".join(main_text)
    if notes:
        yield "\n---\n\n" + "\n\n".join(notes)


def _line(block, text: str) -> str:
    number = f"{block.number} " if block.number else ""
    if block.kind == "heading":
        return f"{'#' * max(1, block.level)} {number}{text}"
    if block.kind == "item":
        return "  " * block.level + ("- " if block.number == "•" else f"{block.number}. ") + text
    return number + text
