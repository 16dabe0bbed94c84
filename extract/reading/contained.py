"""Reading in processes of their own, with limits of time and memory: pdfium is C++, and a damaged file may
hang or crash it.

`read_many` is for runs over many files, `read_contained` for one. Whatever happens in a worker ends as a
ReadingError here.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from corpus.records import Reading
from extract.reading.errors import ReadingError, TookTooLong

SECONDS, SECONDS_A_MEGABYTE = 15.0, 3.0
# More, where Tesseract is installed: a scanned page takes some four seconds and hardly less than 50 kB.
SECONDS_OF_OCR, SECONDS_OF_OCR_A_MEGABYTE = 600.0, 80.0
MEGABYTES = 900  # of memory, beyond what a worker has when it starts
_SLOW = (
    "reading took longer than {:.0f} s and was stopped; the file may be damaged: "
    "open it in a viewer and print it to a new PDF"
)
_CRASHED = "reading broke off in pdfium; the file may be damaged: open it in a viewer and print it to a new PDF"
_FULL = "reading took more than {} MB of memory and was stopped; split the file, or print it to a new PDF"


@dataclass(slots=True)
class _Worker:
    """A process that reads one file after another. deadline: monotonic seconds, 0 while it has nothing to do."""

    process: multiprocessing.Process
    pipe: Connection
    path: Path | None = None
    deadline: float = 0.0
    seconds: float = 0.0


def read_contained(path: Path, folder: Path | None = None, seconds: float | None = None) -> Reading:
    """One file, read in a process of its own. Raises ReadingError, and OSError when the file cannot be opened."""
    path = Path(path)
    path.open("rb").close()
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    ((_, result),) = read_many([path], folder, workers=1, seconds=seconds, method=method)
    if isinstance(result, ReadingError):
        raise result
    return result


def read_many(
    paths: Iterable[Path],
    folder: Path | None = None,
    workers: int | None = None,
    seconds: float | None = None,
    method: str = "spawn",
) -> Iterator[tuple[Path, Reading | ReadingError]]:
    """Each file with its reading or why there is none, in the order in which they are done.

    folder   where readings are kept, None to keep none
    workers  processes at once; None: as many as there are processors
    seconds  the limit for one file; None: 15 and 3 for each megabyte
    method   how processes start: 'spawn' is safe beside threads, 'fork' is quicker where there are none
    """
    waiting = deque(Path(path) for path in paths)
    context = multiprocessing.get_context(method)
    count = min(len(waiting), workers or os.cpu_count() or 1)
    pool = [_start(context, folder) for _ in range(count)]
    try:
        while waiting or any(worker.path for worker in pool):
            for k, worker in enumerate(pool):
                if worker.path is None and waiting:
                    pool[k] = _give(context, folder, worker, waiting.popleft(), seconds)
            yield from _gather(context, folder, pool)
    finally:
        for worker in pool:
            _stop(worker)


def _start(context, folder) -> _Worker:
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, folder), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _give(context, folder, worker: _Worker, path: Path, seconds: float | None) -> _Worker:
    """Hand a file to a worker; to a new one where the old one died idle."""
    try:
        worker.pipe.send(path)
    except OSError:
        _stop(worker)
        worker = _start(context, folder)
        worker.pipe.send(path)
    worker.path, worker.seconds = path, _limit(path) if seconds is None else seconds
    worker.deadline = time.monotonic() + worker.seconds
    return worker


def _limit(path: Path) -> float:
    from extract.reading.ocr import ready

    try:
        megabytes = path.stat().st_size / 1_000_000
    except OSError:
        megabytes = 0.0
    ocr = SECONDS_OF_OCR + SECONDS_OF_OCR_A_MEGABYTE * megabytes if ready() else 0.0
    return SECONDS + SECONDS_A_MEGABYTE * megabytes + ocr


def _gather(context, folder, pool: list[_Worker]) -> Iterator[tuple[Path, Reading | ReadingError]]:
    """Wait for the next answers; replace the workers that died or ran out of time."""
    busy = [worker for worker in pool if worker.path is not None]
    nearest = min(worker.deadline for worker in busy)
    answered = wait([worker.pipe for worker in busy], timeout=max(0.0, nearest - time.monotonic()))
    for k, worker in enumerate(pool):
        if worker.path is None:
            continue
        path = worker.path
        if worker.pipe in answered:
            result = _answer(worker)
            worker.path = None
            if worker.process.exitcode is not None or isinstance(result, TookTooLong):
                _stop(worker)
                pool[k] = _start(context, folder)
            yield path, result
        elif time.monotonic() >= worker.deadline:
            _stop(worker)
            pool[k] = _start(context, folder)
            yield path, TookTooLong(_SLOW.format(worker.seconds))


def _answer(worker: _Worker) -> Reading | ReadingError:
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        return TookTooLong(_CRASHED)


def _work(pipe: Connection, folder: Path | None) -> None:
    """What a worker does: read what comes through the pipe, send back the reading or the error."""
    from extract.reading.cache import read_cached
    from extract.reading.document import read_pdf

    _limit_memory()
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            data = path.read_bytes()
            result = read_cached(data, folder) if folder is not None else read_pdf(data)
        except ReadingError as error:
            result = error
        except OSError as error:
            result = ReadingError(f"the file cannot be opened: {error.strerror or error}")
        except MemoryError:
            result = TookTooLong(_FULL.format(MEGABYTES))
        pipe.send(result)


def _limit_memory() -> None:
    """No more than MEGABYTES of address space beyond the present; where the system knows no such limit there
    is none."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
