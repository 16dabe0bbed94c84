"""A flow and the functions of its items, importable by the processes that `each` starts."""

from __future__ import annotations

import os
import sys

from flows.engine import each, flow


def square(number: int) -> int:
    """The square; 3 raises and 5 kills its process, where there is one of its own."""
    if number == 3:
        raise ValueError("three is not taken")
    if number == 5 and os.environ.get("OPVOLGING_TEST_PARENT") not in (None, str(os.getpid())):
        os._exit(9)
    return number * number


def has_prefect(_: int) -> bool:
    return "prefect" in sys.modules


@flow(name="squares")
def squares(count: int, workers: int = 1) -> list:
    return list(each(square, range(count), workers=workers))


@flow(name="prefect-in-workers")
def prefect_in_workers() -> list:
    return [*each(has_prefect, range(2), workers=2), "prefect" in sys.modules]
