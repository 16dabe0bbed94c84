"""From a source into the store: what changed, page by page, then the files wanted. Every step can be repeated."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.records import Document
from corpus.sources.base import Item, NotAsPromised, Source
from corpus.store import Store
from corpus.store import records as stored


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was fetched and put in its place; `sha256` is '' when the source says that it has not changed."""

    record_id: str
    sha256: str
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that was not as promised, and how."""

    record_id: str
    message: str


def follow(store: Store, source: Source, cursor_name: str, limit: int | None = None) -> Iterator[dict[str, int]]:
    """Store what changed since the cursor, a page at a time; yields counts after each: listed, new, changed, deleted.

    Stops after the page by which `limit` files are wanted. Raises Unreachable; all pages before are stored then.
    """
    for page in source.pages(stored.cursor(store, cursor_name)):
        if limit is not None and len(stored.wanted(store, source.name, limit)) >= limit:
            return
        seen = _seen(store, source, page.items)
        deleted = [item.record_id for item in page.items if item.deleted]
        if page.complete:
            deleted += sorted(stored.living(store, source.name) - {item.record_id for item in page.items})
        counts = stored.see(store, source.name, seen, deleted, cursor_name, page.cursor)
        yield {"listed": len(page.items), **counts}


def fetch(store: Store, source: Source, wanted: stored.Wanted) -> Taken | NotTaken:
    """Fetch one file and put its bytes in the store. Raises Unreachable. Writes nothing in the database: see `note`."""
    try:
        fetched = source.fetch(wanted.url, wanted.content_length, wanted.etag)
    except NotAsPromised as error:
        return NotTaken(wanted.record_id, str(error))
    if fetched is None:
        return Taken(wanted.record_id, "", 0, wanted.etag)
    return Taken(wanted.record_id, store.files.put(fetched.data), len(fetched.data), fetched.etag)


def note(store: Store, source: Source, outcome: Taken | NotTaken) -> None:
    """Note in the database what became of one file."""
    if isinstance(outcome, NotTaken):
        stored.not_taken(store, source.name, outcome.record_id, outcome.message)
    elif outcome.sha256:
        stored.attach_file(store, source.name, outcome.record_id, outcome.sha256, outcome.size, outcome.etag)
    else:
        stored.unchanged_file(store, source.name, outcome.record_id)


def described(document: Document, source: dict[str, str]) -> Document:
    """The document with what the source knows better: dossier, number and date of a letter; else what was not found."""
    own = document.metadata
    known = {name: source[name] for name in ("dossier", "number", "date", "signatory") if source.get(name)}
    known |= {"title": source["subject"]} if source.get("subject") else {}
    surer = ("dossier", "number", "date") if source.get("kind") == "Brief regering" else ()
    values = {name: value for name, value in known.items() if name in surer or not getattr(own, name)}
    return dataclasses.replace(document, metadata=dataclasses.replace(own, **values)) if values else document


def _seen(store: Store, source: Source, items: Iterable[Item]) -> list[stored.Seen]:
    """The items that are taken, with the annexes that come with a letter and the letters that an annex belongs to."""
    living = [item for item in items if not item.deleted]
    related = [letter for item in living for letter in item.letters]
    batches = stored.known(store, source.name, [*(item.record_id for item in living), *related])
    rules = {item.record_id: source.selects(item) for item in living}
    chosen = [item for item in living if rules[item.record_id] or item.record_id in batches]
    here = {item.record_id for item in chosen}
    missing = {letter for item in chosen for letter in item.letters} - here - set(batches)
    letters = [letter for letter in source.items(missing) if not letter.deleted] if missing else []
    batches |= {item.record_id: _batch(item) for item in (*chosen, *letters) if not item.letters}
    found: dict[str, stored.Seen] = {}
    for item in (*letters, *chosen):
        batch = min((batches[one] for one in item.letters if one in batches), default=_batch(item))
        _add(found, item, rules.get(item.record_id, "") or "letter", batch)
        for annex in filter(source.takes_annex, item.annexes):
            _add(found, annex, "annex", batch)
    return list(found.values())


def _batch(item: Item) -> str:
    """What an item is read together with: all of its Zaak, else what hangs on it."""
    return item.case_number or item.record_id


def _add(found: dict[str, stored.Seen], item: Item, rule: str, batch: str) -> None:
    """Add an item, or to one that is there its relations; a rule of its own counts more than having come along."""
    old = found.get(item.record_id)
    if old is None:
        found[item.record_id] = stored.Seen(item, rule, batch)
        return
    merged = dataclasses.replace(
        old.item,
        annexes=old.item.annexes or item.annexes,
        letters=tuple(sorted({*old.item.letters, *item.letters})),
    )
    came_along = old.selected_by in ("annex", "letter")
    found[item.record_id] = stored.Seen(merged, rule if came_along else old.selected_by, min(old.batch, batch))
