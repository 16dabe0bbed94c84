"""Where the flows run: with Prefect's engine when a Prefect server is configured, else as plain functions.

Prefect costs one to three seconds to import and, without a server, seven to fourteen more for a temporary one. A person
who reads ten letters on a laptop gets neither. So:

- `@flow` gives a real Prefect flow to whoever imports it from Python (`pull.serve(cron=…)`, `pull.deploy(…)`);
- `start("flows.pull:pull", …)`, which the commands use, runs that flow by Prefect when PREFECT_API_URL is set, in the
  environment or in the active Prefect profile, so that it shows in Prefect's page; otherwise it calls the flow's
  function and Prefect is never imported;
- `each(function, items)` runs one function on many items: as tasks under Prefect, else in processes or threads.
"""

from __future__ import annotations

import logging
import os
import sys
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Lock
from typing import Any

# Nothing is reported to Prefect's makers; its newer web page calls out even so, the older one does not. Our own log
# lines show in the page of a run.
for _name, _value in {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "opvolging",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}.items():
    os.environ.setdefault(_name, _value)

_starting_plain = False  # while `start` imports a flow that it will call as a plain function


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of an item whose function raised: the item as given and the exception."""

    item: Any
    error: Exception


def api_url() -> str:
    """The address of the Prefect server that is configured, or '': from the environment or the active profile."""
    if "PREFECT_API_URL" in os.environ:
        return os.environ["PREFECT_API_URL"]
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    path = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml").expanduser()
    if not path.is_file():
        return ""
    profiles = tomllib.loads(path.read_text(encoding="utf-8"))
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active", "")
    return profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL", "")


def flow(function: Callable | None = None, **options: Any) -> Any:
    """`prefect.flow`; but the function itself where `start` wants no Prefect, and in the processes of `each`."""
    if function is None:
        return lambda decorated: flow(decorated, **options)
    if (_starting_plain or parent_process()) and "prefect" not in sys.modules:
        return function
    from prefect import flow as prefect_flow

    return prefect_flow(**options)(function)


def start(entrypoint: str | Callable, /, **parameters: Any) -> Any:
    """Run a flow, given as 'module:name' (no Prefect is imported without a server) or as the flow itself."""
    global _starting_plain
    served = bool(api_url())
    if isinstance(entrypoint, str):
        module, name = entrypoint.split(":")
        _starting_plain = not served
        try:
            entrypoint = getattr(import_module(module), name)
        finally:
            _starting_plain = False
    if served:
        return entrypoint(**parameters)
    return getattr(entrypoint, "fn", entrypoint)(**parameters)


def logger(name: str = "opvolging") -> logging.Logger | logging.LoggerAdapter:
    """The log of the flow or task that runs (it shows in Prefect's page), or a plain one outside Prefect."""
    if _in_prefect():
        from prefect import get_run_logger

        return get_run_logger()
    return logging.getLogger(name)


def show_table(key: str, rows: list[dict[str, Any]], description: str) -> None:
    """Under Prefect, a table artifact of the run that its page shows; otherwise nothing."""
    if _in_prefect():
        from prefect.artifacts import create_table_artifact

        create_table_artifact(table=rows, key=key, description=description)


def each(
    function: Callable[[Any], Any],
    items: Iterable[Any],
    *,
    workers: int = 1,
    threads: bool = False,
    key: Callable[[Any], str] | None = None,
    **task_options: Any,
) -> Iterator[Any]:
    """Yield function(item), or a Failure, for each item, in the order of the items.

    workers       how many at once: in processes that start afresh (the function must be importable by name), or in
                  `threads` when the function waits for the network. At most 2 * workers items are in flight.
    key           under Prefect, a name of the item's content: a task that ended well is not repeated for the same key
    task_options  under Prefect, options of the task: name, retries, retry_delay_seconds, tags, …
    """
    with _Workers(workers, threads) as pool:
        if _in_prefect():
            call, result = _as_task(function, pool, key, task_options)
            yield from _in_order(call, result, items, workers)
        elif workers > 1:
            yield from _in_order(lambda item: pool.submit(function, item), pool.result, items, 2 * workers)
        else:
            for item in items:
                yield _outcome(item, lambda item=item: function(item))


def _outcome(item: Any, call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - the caller decides, item by item, what a failure means
        return Failure(item, error)


def _in_order(submit: Callable, result: Callable, items: Iterable[Any], limit: int) -> Iterator[Any]:
    """Keep at most `limit` items in flight and yield the outcomes in the order of the items."""
    flying: deque[tuple[Any, Any]] = deque()
    for item in items:
        flying.append((item, submit(item)))
        if len(flying) >= limit:
            first, future = flying.popleft()
            yield _outcome(first, lambda first=first, future=future: result(first, future))
    while flying:
        first, future = flying.popleft()
        yield _outcome(first, lambda first=first, future=future: result(first, future))


class _Workers:
    """A pool of processes or threads that survives a worker that dies (a PDF that crashes its reader)."""

    def __init__(self, workers: int, threads: bool) -> None:
        self.workers, self.threads = workers, threads
        self.pool: Executor | None = None
        self.function: Callable | None = None
        self.lock = Lock()  # under Prefect each task calls from a thread of its own

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(wait=True, cancel_futures=True)

    def _open(self, workers: int) -> Executor:
        if self.threads:
            return ThreadPoolExecutor(workers)
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

    def submit(self, function: Callable, item: Any) -> Future:
        with self.lock:
            self.function = function
            self.pool = self.pool or self._open(self.workers)
            try:
                return self.pool.submit(function, item)
            except BrokenProcessPool:
                self.pool = self._open(self.workers)
                return self.pool.submit(function, item)

    def result(self, item: Any, future: Future) -> Any:
        """The result. When a process died, all that were in flight with it are lost: each is tried once more, alone."""
        try:
            return future.result()
        except BrokenProcessPool:
            with self._open(1) as alone:
                try:
                    return alone.submit(self.function, item).result()
                except BrokenProcessPool as error:
                    raise RuntimeError("the process that read it died (a crash, or out of memory)") from error


def _in_prefect() -> bool:
    """Whether this code runs inside a flow or task of Prefect's engine."""
    if "prefect" not in sys.modules:
        return False
    from prefect.context import FlowRunContext, TaskRunContext

    return FlowRunContext.get() is not None or TaskRunContext.get() is not None


def _as_task(
    function: Callable, pool: _Workers, key: Callable[[Any], str] | None, options: dict[str, Any]
) -> tuple[Callable, Callable]:
    """The pair (submit, result) for the function as a Prefect task: the task in a thread, the work in the pool."""
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    name = options.pop("name", "") or function.__name__
    if key:
        options |= {"cache_key_fn": lambda _, inputs: f"{name}-{key(inputs['item'])}", "persist_result": True}
    else:
        options |= {"cache_policy": NO_CACHE}

    def work(item: Any) -> Any:
        if pool.workers > 1 and not pool.threads:
            return pool.result(item, pool.submit(function, item))
        return function(item)

    as_task = task(name=name, **options)(work)
    return as_task.submit, lambda _, future: future.result()
