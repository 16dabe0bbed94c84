"""The Tweede Kamer's OData interface (shared/kamer-api.md): documents by the moment they changed, with their relations.

The cursor is ApiGewijzigdOp of the last record taken: a document can appear in the interface a day after its own
GewijzigdOp, so that following that one would miss it. Each request starts from the last moment seen instead of
skipping a number of records, so that a record that moves to the end while we read does not make us miss another;
`@odata.nextLink` is followed inside one moment, where a mass touch puts thousands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from corpus.sources.base import Fetched, Item, NotAsPromised, Page, Unreachable
from corpus.sources.selection import Selection, load_selection
from corpus.sources.web import Web

BASE = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
_OWN = (
    "Kamerstukdossier($select=Nummer,Toevoeging,Titel)",
    "Zaak($select=Nummer,Soort)",
    "DocumentActor($select=ActorNaam,Functie,Relatie)",
)
# An annex is described with all that it would have by itself, so that both ways give the same record.
EXPAND = ",".join([*_OWN, f"BijlageDocument($expand={','.join(_OWN)})", "BronDocument($select=Id)"])
BY_ID = 20  # identities in one request: its address stays short


class Kamer:
    """The source `kamer`. since, until: only documents dated in [since, until)."""

    name = "kamer"

    def __init__(
        self,
        base: str = "",
        since: date | None = None,
        until: date | None = None,
        web: Web | None = None,
        selection: Selection | None = None,
    ) -> None:
        self.base = (base or BASE).rstrip("/")
        self.since, self.until = since, until
        self.web = web or Web()
        self.selection = selection or load_selection()

    def pages(self, cursor: str) -> Iterator[Page]:
        """Documents changed at or after the cursor. Raises Unreachable, also when the pages go round in a circle."""
        gone_since = cursor or _yesterday()  # who has nothing yet needs no older tombstones
        params, asked = self._query(cursor, gone_since), {""}
        while True:
            answer = self._ask(f"{self.base}/Document", params)
            items = tuple(map(self._item, answer["value"]))
            last = items[-1].changed_at if items else cursor
            yield Page(items, last)
            link = answer.get("@odata.nextLink", "")
            if not link:
                return
            if last != cursor:  # a new moment: ask from there on
                params, cursor, asked = self._query(last, max(last, gone_since)), last, {""}
                continue
            if link in asked:
                raise Unreachable(f"{self.base}: its pages go round in a circle ({link[:120]})")
            asked.add(link)
            params = dict(parse_qsl(urlsplit(link).query))  # of the mirror that answers, whatever host the link names

    def items(self, identities: Iterable[str]) -> list[Item]:
        """The documents with these identities, as far as the interface has them."""
        wanted, found = sorted(set(identities)), []
        for start in range(0, len(wanted), BY_ID):
            either = " or ".join(f"Id eq {identity}" for identity in wanted[start : start + BY_ID])
            answer = self._ask(f"{self.base}/Document", {"$filter": either, "$expand": EXPAND})
            found += [self._item(record) for record in answer["value"]]
        return found

    def fetch(self, url: str, length: int, etag: str = "") -> Fetched | None:
        return self.web.fetch(url, length, etag)

    def selects(self, item: Item) -> str:
        return self.selection.rule(item)

    def takes_annex(self, annex: Item) -> bool:
        return self.selection.takes_annex(annex)

    def _query(self, cursor: str, gone_since: str) -> dict[str, str]:
        kinds = " or ".join(f"Soort eq '{kind.replace(chr(39), chr(39) * 2)}'" for kind in self.selection.follow)
        dated = [f"Datum ge {_midnight(self.since)}"] if self.since else []
        dated += [f"Datum lt {_midnight(self.until)}"] if self.until else []
        changed = [f"ApiGewijzigdOp ge {cursor}"] if cursor else []
        wanted = " and ".join([f"({kinds})", *dated, *changed])
        return {
            "$filter": f"({wanted}) or (Verwijderd eq true and ApiGewijzigdOp ge {gone_since})",
            "$orderby": "ApiGewijzigdOp,Id",
            "$expand": EXPAND,
        }

    def _ask(self, url: str, params: dict[str, str]) -> dict:
        try:
            return self.web.page(url, _answer, params)
        except NotAsPromised as error:
            raise Unreachable(str(error)) from error

    def _item(self, record: dict) -> Item:
        """A record as an Item; a field that the interface leaves out or has null is ''."""
        identity = record["Id"]
        changed = record.get("ApiGewijzigdOp") or record.get("GewijzigdOp") or ""
        if record.get("Verwijderd"):
            return Item(identity, changed_at=changed, deleted=True)
        number = record.get("Volgnummer")
        return Item(
            identity,
            kind=record.get("Soort") or "",
            name=f"{record.get('DocumentNummer') or identity}.pdf",
            document_number=record.get("DocumentNummer") or "",
            title=record.get("Titel") or "",
            subject=" ".join((record.get("Onderwerp") or "").split()),
            date=(record.get("Datum") or "")[:10],
            signatory=_signatory(record.get("DocumentActor") or []),
            dossier=_dossier(record.get("Kamerstukdossier") or []),
            number=str(number) if number and number > 0 else "",
            case_number=min((case["Nummer"] for case in record.get("Zaak") or [] if case.get("Nummer")), default=""),
            url=f"{self.base}/Document({identity})/resource",
            content_type=record.get("ContentType") or "",
            content_length=record.get("ContentLength") or 0,
            content_version=record.get("HuidigeDocumentVersie_Id") or "",
            changed_at=changed,
            annexes=tuple(self._item(annex) for annex in record.get("BijlageDocument") or []),
            letters=tuple(sorted(letter["Id"] for letter in record.get("BronDocument") or [])),
        )


def slices(since: date, until: date) -> list[tuple[date, date]]:
    """The years of a backfill, newest first: [(2025-01-01, 2025-07-01), (2024-01-01, 2025-01-01), …]."""
    edges = [since, *(date(year, 1, 1) for year in range(since.year + 1, until.year + 1)), until]
    pairs = [(start, end) for start, end in pairwise(edges) if start < end]
    return pairs[::-1]


def _answer(body: bytes) -> dict:
    """The JSON of a page. Raises ValueError when it is not one."""
    answer = json.loads(body)
    if not isinstance(answer, dict) or not isinstance(answer.get("value"), list):
        raise ValueError("no list of records in it")
    return answer


def _yesterday() -> str:
    return (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _midnight(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Amsterdam")).isoformat()


def _signatory(actors: list[dict]) -> str:
    """The name of who signed first."""
    order = {"Eerste ondertekenaar": 0, "Mede ondertekenaar": 1}
    signed = sorted(
        (order[actor["Relatie"]], actor.get("ActorNaam") or actor.get("Functie") or "")
        for actor in actors
        if actor.get("Relatie") in order
    )
    return signed[0][1] if signed else ""


def _dossier(dossiers: list[dict]) -> str:
    """'28638' or '36800-VI', the smallest when there are several."""
    found = [(d["Nummer"], d.get("Toevoeging") or "") for d in dossiers if d.get("Nummer")]
    return "-".join(filter(None, map(str, min(found)))) if found else ""
