"""`opvolging review`: a web page to check and correct what the program found."""

from __future__ import annotations

import argparse

SHORTEST_TOKEN = 16  # characters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    from flows.commands.pull import add_store_arguments

    parser.add_argument("--port", type=int, default=8321, help="port (default: 8321)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; others than this machine need --token"
    )
    parser.add_argument("--token", default="", help="secret that browsers must bring; at least 16 characters")
    parser.add_argument("--reviewer", default="", metavar="NAME", help="your name; else the page asks for it")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="language of the page (default: nl)")
    parser.add_argument("--sample", type=int, default=50, help="recommendations in the blind sample (default: 50)")
    parser.add_argument("--annotations", metavar="DIR", help="write the reviewed documents as annotations and stop")
    add_store_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    """Serve the page until interrupted, or write annotations. Raises UsageError."""
    from corpus.store import StoreError, open_store
    from flows.cli import UsageError

    try:
        with open_store(arguments.home, arguments.database) as store:
            return _annotate(store, arguments.annotations) if arguments.annotations else _serve(store, arguments)
    except StoreError as error:
        raise UsageError(error) from error


def _serve(store, arguments: argparse.Namespace) -> int:
    import uvicorn

    from flows.review import create_app

    address = check_address(arguments.host, arguments.port, arguments.token)
    app = create_app(store, arguments.token, arguments.reviewer, arguments.lang, arguments.sample)
    print(f"opvolging review: {address} (stop with Ctrl+C)", flush=True)
    uvicorn.run(app, host=arguments.host, port=arguments.port, log_level="warning", server_header=False)
    return 0


def check_address(host: str, port: int, token: str) -> str:
    """The address to open. Raises UsageError when others could come in without a good token, or the port is taken."""
    import socket
    from urllib.parse import quote

    from flows.cli import UsageError
    from flows.review.guarding import is_loopback

    if not is_loopback(host) and not token:
        raise UsageError(
            f"--host {host} lets others in: give --token too, a secret of {SHORTEST_TOKEN} characters or more"
        )
    if token and len(token) < SHORTEST_TOKEN:
        raise UsageError(f"--token is too short: give {SHORTEST_TOKEN} characters or more")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise UsageError(f"cannot listen on {host} port {port}: {error}; choose another with --port") from error
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={quote(token, safe='')}" if token else "")


def _annotate(store, directory: str) -> int:
    from pathlib import Path

    from flows.review.annotate import write_annotations

    written, waiting = write_annotations(store, Path(directory))
    print(f"{directory}: {written} documents annotated; {waiting} more have recommendations that nobody looked at yet")
    return 0
