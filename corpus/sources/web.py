"""HTTP as a guest should use it: one name, few at once, growing pauses, limits on time and size."""

from __future__ import annotations

import email.utils
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import Any

import httpx
import stamina

from corpus.sources.base import Fetched, NotAsPromised, Unreachable

log = logging.getLogger("opvolging.pull")

BUSY = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient and how careful. Times in seconds, sizes in bytes."""

    attempts: int = 6
    first_pause: float = 1.0
    longest_pause: float = 120.0  # also of what Retry-After may ask: longer than this is for another day
    answer_within: float = 60.0  # between two pieces of an answer
    file_within: float = 900.0  # a whole file
    largest_file: int = 200_000_000
    largest_page: int = 50_000_000
    at_once: int = 4


class Busy(Exception):
    """An answer that says: come back later. `pause` in seconds when it says how long."""

    def __init__(self, message: str, pause: float | None) -> None:
        super().__init__(message)
        self.pause = pause


class Malformed(Exception):
    """An answer that cannot be read, perhaps by a fault on the way."""


class Web:
    """A client for one source. Safe to use from several threads."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        agent = f"opvolging/{metadata.version('opvolging')} (research on parliamentary documents)"
        self.client = httpx.Client(
            headers={"User-Agent": agent},
            timeout=httpx.Timeout(self.manners.answer_within, connect=min(20.0, self.manners.answer_within)),
            limits=httpx.Limits(max_connections=self.manners.at_once),
            follow_redirects=True,
        )

    def page(self, url: str, read: Callable[[bytes], Any], params: Mapping[str, str] | None = None) -> Any:
        """read(body) of an answer; a body that it cannot read (ValueError) is asked for again. Raises Unreachable."""

        def once() -> Any:
            _, body, _ = self._get(url, {}, self.manners.largest_page, params)
            try:
                return read(body)
            except ValueError as error:
                raise Malformed(f"an answer that cannot be read ({error})") from error

        return self._patiently(url, once)

    def fetch(self, url: str, length: int, etag: str = "") -> Fetched | None:
        """A PDF of the promised length, or None when it still has this etag. Raises NotAsPromised, Unreachable."""
        if length > self.manners.largest_file:
            raise NotAsPromised(f"{url}: {length} bytes is over the limit of {self.manners.largest_file}")
        headers = {"If-None-Match": etag} if etag else {}
        status, body, answered = self._patiently(url, lambda: self._get(url, headers, self.manners.largest_file))
        if status == 304:
            return None
        _check_file(url, body, length, answered.get("Content-Type", ""))
        return Fetched(body, answered.get("ETag", ""))

    def _patiently(self, url: str, once: Callable[[], Any]) -> Any:
        """Try until it works, with growing pauses and jitter, or as long as Retry-After asks. Raises Unreachable."""
        manners = self.manners
        attempts = stamina.retry_context(
            on=self._pause,
            attempts=manners.attempts,
            timeout=None,
            wait_initial=manners.first_pause,
            wait_max=manners.longest_pause,
            wait_jitter=manners.first_pause,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return once()
        except (httpx.HTTPError, Busy, Malformed) as error:
            raise Unreachable(f"{url.split('?')[0]}: {_in_words(error)}; tried {manners.attempts} times") from error

    def _pause(self, error: Exception) -> bool | float:
        """Whether to try again, or after how many seconds."""
        if isinstance(error, Busy) and error.pause is not None:
            if error.pause > self.manners.longest_pause:
                return False
            log.warning("%s: waiting %.0f s, as asked", error, error.pause)
            return max(error.pause, 0.001)
        again = isinstance(error, httpx.TransportError | Busy | Malformed)
        if again:
            log.warning("%s: trying again", _in_words(error))
        return again

    def _get(
        self, url: str, headers: dict[str, str], limit: int, params: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, httpx.Headers]:
        """One request. Raises Busy, NotAsPromised, httpx.HTTPError."""
        until = time.monotonic() + self.manners.file_within
        with self.client.stream("GET", url, headers=headers, params=params) as response:
            if response.status_code in BUSY:
                raise Busy(f"{response.status_code} {response.reason_phrase}", _retry_after(response))
            if response.status_code >= 400:
                raise NotAsPromised(f"{url}: {response.status_code} {response.reason_phrase}")
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > limit:
                    raise NotAsPromised(f"{url}: more than {limit} bytes")
                if time.monotonic() > until:
                    raise httpx.ReadTimeout(f"not whole after {self.manners.file_within:.0f} s")
            return response.status_code, bytes(body), response.headers


def _check_file(url: str, body: bytes, length: int, content_type: str) -> None:
    if length and len(body) != length:
        raise NotAsPromised(f"{url}: {len(body)} bytes where {length} were promised")
    if b"%PDF-" not in body[:1024]:
        kind = content_type.split(";")[0] or "something else"
        raise NotAsPromised(f"{url}: {kind} where a PDF was promised")


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that Retry-After asks for, given as a number or a date; None when it asks nothing."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _in_words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "cannot connect"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the connection was cut"
    return str(error) or type(error).__name__
