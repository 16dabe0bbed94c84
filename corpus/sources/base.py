"""What every source gives, so that a pull need not know which it follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class Unreachable(Exception):
    """The source does not answer, or not as its interface says, after all attempts: go on another time."""


class NotAsPromised(Exception):
    """A file is not what its metadata promised: it is not taken, and asked for again in the next pull."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document as a source describes it, '' where it does not say; of a withdrawn one only the identity."""

    record_id: str
    kind: str = ""  # as the source calls it: 'Brief regering', 'Bijlage'
    name: str = ""  # for its file: '2021D12345.pdf'
    document_number: str = ""
    title: str = ""  # of the dossier
    subject: str = ""  # of the document
    date: str = ""
    signatory: str = ""
    dossier: str = ""
    number: str = ""
    case_number: str = ""
    url: str = ""
    content_type: str = ""
    content_length: int = 0  # bytes; 0 when not promised
    content_version: str = ""  # unchanged: the same bytes
    changed_at: str = ""
    deleted: bool = False
    annexes: tuple[Item, ...] = ()
    letters: tuple[str, ...] = ()  # identities of the documents that this is an annex of


@dataclass(frozen=True, slots=True)
class Page:
    """Items, and the cursor that holds once they are stored ('' when it may not move yet).

    complete  the items are all that there is: what is known and not among them has been withdrawn
    """

    items: tuple[Item, ...]
    cursor: str
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file's bytes, and the source's mark of them for conditional requests."""

    data: bytes
    etag: str = ""


class Source(Protocol):
    """A place that documents come from."""

    name: str

    def pages(self, cursor: str) -> Iterator[Page]:
        """What is new, changed or withdrawn since the cursor ('' for all). Raises Unreachable."""

    def items(self, identities: Iterable[str]) -> list[Item]:
        """The documents with these identities. Raises Unreachable."""

    def fetch(self, url: str, length: int, etag: str = "") -> Fetched | None:
        """A file, or None when the etag still holds. Raises NotAsPromised, Unreachable."""

    def selects(self, item: Item) -> str:
        """The rule by which the document is taken, or '' when it is not."""

    def takes_annex(self, annex: Item) -> bool:
        """Whether an annex comes along with a letter that is taken."""
