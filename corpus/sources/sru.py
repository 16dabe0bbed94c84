"""The official publications by SRU 2.0 (shared/kamer-api.md): Kamerstukken by the day on which they changed.

The answer has no promised order, so the cursor moves only after its last page. There are no lengths, no tombstones and
no relations here: dossier and number tell what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from corpus.sources.base import Fetched, Item, NotAsPromised, Page, Unreachable
from corpus.sources.selection import Selection, load_selection
from corpus.sources.web import Web

BASE = "https://repository.overheid.nl/sru"
FILES = "https://zoek.officielebekendmakingen.nl"
PER_PAGE = 100


class Sru:
    """The source `sru`. since, until: only publications dated in [since, until)."""

    name = "sru"

    def __init__(
        self,
        base: str = "",
        since: date | None = None,
        until: date | None = None,
        web: Web | None = None,
        selection: Selection | None = None,
        files: str = FILES,
    ) -> None:
        self.base, self.files = base or BASE, files
        self.since, self.until = since, until
        self.web = web or Web()
        self.selection = selection or load_selection()

    def pages(self, cursor: str) -> Iterator[Page]:
        """Publications changed on or after the day of the cursor. Raises Unreachable."""
        query, start, newest = self._query(cursor), 1, cursor
        while True:
            total, items = self._ask(query, start)
            newest = max([newest, *(item.changed_at for item in items)])
            start += len(items)
            last = start > total
            if not items and not last:
                raise Unreachable(f"{self.base}: an empty page at {start} of {total}")
            yield Page(tuple(items), newest if last else "")
            if last:
                return

    def items(self, identities: Iterable[str]) -> list[Item]:
        found = []
        for identity in identities:
            found += self._ask(f'dt.identifier=="{identity}"', 1)[1]
        return found

    def fetch(self, url: str, length: int, etag: str = "") -> Fetched | None:
        return self.web.fetch(url, length, etag)

    def selects(self, item: Item) -> str:
        return self.selection.rule(item)

    def takes_annex(self, annex: Item) -> bool:
        return self.selection.takes_annex(annex)

    def _query(self, cursor: str) -> str:
        parts = ["c.product-area==officielepublicaties", "w.publicatienaam==Kamerstuk"]
        parts += [f"dt.date>={self.since}"] if self.since else []
        parts += [f"dt.date<{self.until}"] if self.until else []
        parts += [f"dt.modified>={cursor}"] if cursor else []
        return " and ".join(parts)

    def _ask(self, query: str, start: int) -> tuple[int, list[Item]]:
        params = {"query": query, "startRecord": str(start), "maximumRecords": str(PER_PAGE), "version": "2.0"}
        try:
            total, records = self.web.page(self.base, _answer, params)
        except NotAsPromised as error:
            raise Unreachable(str(error)) from error
        return total, [self._item(record) for record in records]

    def _item(self, record: Element) -> Item:
        """A record as an Item. Titles read 'dossier; kind; subject'."""
        identity, title = _first(record, "identifier"), _first(record, "title")
        parts = [part.strip() for part in title.split(";")]
        kind = parts[1] if len(parts) >= 3 else _first(record, "type")
        return Item(
            identity,
            kind="Bijlage" if identity.startswith("blg-") else kind,
            name=f"{identity}.pdf",
            document_number=identity,
            title=parts[0],
            subject="; ".join(parts[2:]) or title,
            date=_first(record, "date") or _first(record, "issued"),
            signatory=_first(record, "indiener"),
            dossier=_first(record, "dossiernummer"),
            number=_first(record, "ondernummer"),
            case_number=f"dossier {_first(record, 'dossiernummer')}",
            url=f"{self.files}/{identity}.pdf",
            content_version=_first(record, "modified"),
            changed_at=_first(record, "modified"),
        )


def _answer(body: bytes) -> tuple[int, list[Element]]:
    """numberOfRecords and the records. Raises ValueError when the answer is none."""
    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(f"no XML: {error}") from error
    total = _first(root, "numberOfRecords")
    if not total.isdecimal():
        raise ValueError("no numberOfRecords in it")
    return int(total), [one for one in root.iter() if _name(one) == "record"]


def _first(element: Element, name: str) -> str:
    """The text of the first element of this name, in whatever namespace; '' when there is none."""
    return next((" ".join((e.text or "").split()) for e in element.iter() if _name(e) == name and e.text), "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
