"""What the sources told: each record with the state of its file, the cursors, the runs. All writes can be repeated.

A page of a source and the cursor after it are stored in one transaction: a kill leaves both or neither. From then on
the files still wanted are a queue in the database, so that the cursor need not wait for a file that does not come.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from corpus.sources.base import Item
from corpus.store import schema
from corpus.store.database import Store, now, upsert

GIVE_UP = 10  # pulls in which a file was not as promised, before it is refused for good

DESCRIBED = (
    "kind",
    "name",
    "document_number",
    "title",
    "subject",
    "date",
    "signatory",
    "dossier",
    "number",
    "case_number",
    "url",
    "content_type",
    "content_length",
    "content_version",
)
_CONTENT = ("content_type", "content_length", "content_version", "url")


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that is taken, why, and what it is read together with: its batch."""

    item: Item
    selected_by: str
    batch: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be fetched."""

    record_id: str
    name: str
    url: str
    content_length: int
    etag: str


def cursor(store: Store, source: str) -> str:
    """How far a source has been followed; '' when it has not."""
    with store.engine.connect() as connection:
        query = select(schema.cursors.c.value).where(schema.cursors.c.source == source)
        return connection.execute(query).scalar() or ""


def known(store: Store, source: str, identities: Iterable[str]) -> dict[str, str]:
    """Identity → batch, of those that the store has a record of."""
    with store.engine.connect() as connection:
        return {identity: row["batch"] for identity, row in _existing(connection, source, identities).items()}


def living(store: Store, source: str) -> set[str]:
    """The identities of all records that the source has not withdrawn."""
    table = schema.records
    query = select(table.c.record_id).where(table.c.source == source, table.c.deleted.is_(False))
    with store.engine.connect() as connection:
        return set(connection.execute(query).scalars())


def see(store: Store, source: str, seen: Iterable[Seen], deleted: Iterable[str], follow: str, moved_to: str) -> dict:
    """Store one page and move the cursor `follow` to `moved_to`, in one transaction. Returns counts of what is new.

    An unchanged record costs nothing more than this. One whose content changed is wanted again, and keeps its old file
    until the new one is there. A withdrawn one is marked; an unknown withdrawn one is passed over.
    """
    items = {one.item.record_id: one for one in seen}
    counts = {"new": 0, "changed": 0, "deleted": 0}
    with store.engine.begin() as connection:
        have = _existing(connection, source, items)
        rows = [_row(source, one, have.get(identity), counts) for identity, one in sorted(items.items())]
        upsert(connection, schema.records, rows)
        _keep_versions(connection, source, list(items.values()), have)
        _relate(connection, source, items)
        counts["deleted"] = _mark_deleted(connection, source, deleted)
        if moved_to:
            upsert(connection, schema.cursors, [{"source": follow, "value": moved_to, "moved_at": now()}])
    return counts


def wanted(store: Store, source: str, limit: int | None = None) -> list[Wanted]:
    """The files still to be fetched, those never tried first, then in the order of their identity."""
    table = schema.records
    query = select(table.c.record_id, table.c.name, table.c.url, table.c.content_length, table.c.etag)
    query = query.where(table.c.source == source, table.c.state == "wanted", table.c.deleted.is_(False))
    query = query.order_by(table.c.attempts, table.c.record_id).limit(limit)
    with store.engine.connect() as connection:
        return [Wanted(*row) for row in connection.execute(query)]


def attach_file(store: Store, source: str, record_id: str, sha256: str, size: int, etag: str = "") -> bool:
    """Note that a record's file is stored; the bytes are there already. Returns whether the store had none like it."""
    file = {"sha256": sha256, "size": size, "content_type": "application/pdf", "stored_at": now()}
    with store.engine.begin() as connection:
        found = connection.execute(select(schema.files.c.sha256).where(schema.files.c.sha256 == sha256)).first()
        old = _existing(connection, source, [record_id])[record_id]["sha256"]
        upsert(connection, schema.files, [file], keep=("size", "content_type", "stored_at"))
        _change(connection, source, record_id, state="stored", message="", attempts=0, sha256=sha256, etag=etag)
        _file_of_version(connection, source, record_id, sha256)
        if old and old != sha256:
            _supersede(connection, old)
    return found is None


def unchanged_file(store: Store, source: str, record_id: str) -> None:
    """Note that the source says the file is still the one that is stored."""
    with store.engine.begin() as connection:
        _change(connection, source, record_id, state="stored", message="", attempts=0)


def not_taken(store: Store, source: str, record_id: str, message: str) -> None:
    """Note why a file was not taken. It is wanted again in the next pull, until GIVE_UP pulls have failed."""
    table = schema.records
    with store.engine.begin() as connection:
        place = (table.c.source == source) & (table.c.record_id == record_id)
        attempts = connection.execute(select(table.c.attempts).where(place)).scalar_one() + 1
        state = "wanted" if attempts < GIVE_UP else "refused"
        _change(connection, source, record_id, state=state, message=message, attempts=attempts)


def unpaired(store: Store, version: str) -> list[list[str]]:
    """The batches, each as the hashes of its files, in which a document was not yet linked to the others.

    Batches are in the order of their name, files in that of their hash.
    """
    of, made = schema.records, schema.documents
    open_ones = select(of.c.source, of.c.batch).join(made, made.c.sha256 == of.c.sha256)
    open_ones = open_ones.where(made.c.paired != version, made.c.version == version).distinct()
    with store.engine.connect() as connection:
        found = []
        for source, batch in connection.execute(open_ones.order_by(of.c.source, of.c.batch)):
            here = (of.c.source == source) & (of.c.batch == batch) & of.c.deleted.is_(False)
            query = select(of.c.sha256).where(here, of.c.sha256.is_not(None)).distinct().order_by(of.c.sha256)
            found.append(list(connection.execute(query).scalars()))
    return [hashes for hashes in found if hashes]


def file_lost(store: Store, sha256: str) -> None:
    """Note that the bytes of a file are gone or spoilt: it is wanted again from every source that has it."""
    table = schema.records
    again = {"state": "wanted", "sha256": None, "etag": "", "message": "its file was lost from the store"}
    with store.engine.begin() as connection:
        connection.execute(update(table).where(table.c.sha256 == sha256).values(**again))


def described(store: Store, sha256: str) -> dict[str, str]:
    """What the source tells of a file, by the first of its records; {} when none names it."""
    table = schema.records
    columns = [table.c[name] for name in ("kind", "title", "subject", "date", "signatory", "dossier", "number")]
    query = select(*columns).where(table.c.sha256 == sha256, table.c.source.in_(("kamer", "sru")))
    with store.engine.connect() as connection:
        row = connection.execute(query.order_by(table.c.name, table.c.record_id)).mappings().first()
    return dict(row) if row else {}


def begin_run(store: Store, command: str, source: str, version: str) -> str:
    """Note that a run begins; returns its identity."""
    run_id = uuid.uuid4().hex
    row = {
        "run_id": run_id,
        "command": command,
        "source": source,
        "version": version,
        "started_at": now(),
        "counts": {},
    }
    with store.engine.begin() as connection:
        connection.execute(insert(schema.runs).values(**row))
    return run_id


def end_run(store: Store, run_id: str, outcome: str, counts: dict, message: str = "") -> None:
    """Note how a run ended and what came in."""
    change = update(schema.runs).where(schema.runs.c.run_id == run_id)
    with store.engine.begin() as connection:
        connection.execute(change.values(ended_at=now(), outcome=outcome, counts=counts, message=message))


def _existing(connection: Connection, source: str, identities: Iterable[str]) -> dict[str, dict]:
    table, wanted_ids, found = schema.records, sorted(set(identities)), {}
    for start in range(0, len(wanted_ids), 500):
        some = wanted_ids[start : start + 500]
        query = select(table).where(table.c.source == source, table.c.record_id.in_(some))
        found |= {row["record_id"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def _row(source: str, one: Seen, old: dict | None, counts: dict) -> dict:
    """The whole row of a record as it should be now."""
    new = {name: getattr(one.item, name) for name in DESCRIBED}
    row = {
        "source": source,
        "record_id": one.item.record_id,
        **new,
        "changed_at": one.item.changed_at,
        "deleted": False,
    }
    row |= {"selected_by": one.selected_by, "batch": one.batch}
    if old is not None:
        row |= {"selected_by": old["selected_by"], "batch": min(old["batch"], one.batch)}
    if old is not None and all(old[name] == new[name] for name in _CONTENT):
        return row | {name: old[name] for name in ("state", "message", "attempts", "sha256", "etag")}
    counts["new" if old is None else "changed"] += 1
    state, message = _first_state(one.item)
    kept = {"sha256": old["sha256"], "etag": old["etag"]} if old else {"sha256": None, "etag": ""}
    return row | {"state": state, "message": message, "attempts": 0, **kept}


def _first_state(item: Item) -> tuple[str, str]:
    if item.content_type and item.content_type != "application/pdf":
        return "skipped", f"{item.content_type}: only PDF is read"
    return "wanted", ""


def _keep_versions(connection: Connection, source: str, seen: list[Seen], have: dict[str, dict]) -> None:
    """A new version for each record whose description differs from the last; a mere touch makes none."""
    for one in seen:
        old = have.get(one.item.record_id)
        description = {name: getattr(one.item, name) for name in DESCRIBED}
        if old is not None and all(old[name] == value for name, value in description.items()):
            continue
        _add_version(connection, source, one.item.record_id, description, old["sha256"] if old else None)


def _add_version(connection: Connection, source: str, record_id: str, description: dict, sha256: str | None) -> None:
    table = schema.record_versions
    mine = (table.c.source == source) & (table.c.record_id == record_id)
    last = connection.execute(select(func.max(table.c.version)).where(mine)).scalar() or 0
    row = {"source": source, "record_id": record_id, "version": last + 1, "description": description}
    connection.execute(insert(table).values(**row, sha256=sha256, seen_at=now()))


def _file_of_version(connection: Connection, source: str, record_id: str, sha256: str) -> None:
    table = schema.record_versions
    mine = (table.c.source == source) & (table.c.record_id == record_id)
    last = select(func.max(table.c.version)).where(mine).scalar_subquery()
    connection.execute(update(table).where(mine, table.c.version == last).values(sha256=sha256))


def _supersede(connection: Connection, sha256: str) -> None:
    """What was made of a file that no record names any more goes; the file and the version of the record stay."""
    named = select(schema.records.c.record_id).where(schema.records.c.sha256 == sha256).limit(1)
    if connection.execute(named).first() is None:
        connection.execute(delete(schema.documents).where(schema.documents.c.sha256 == sha256))


def _relate(connection: Connection, source: str, items: dict[str, Seen]) -> None:
    pairs = {(identity, annex.record_id) for identity, one in items.items() for annex in one.item.annexes}
    pairs |= {(letter, identity) for identity, one in items.items() for letter in one.item.letters}
    rows = [{"source": source, "letter_id": letter, "annex_id": annex} for letter, annex in sorted(pairs)]
    upsert(connection, schema.relations, rows)


def _mark_deleted(connection: Connection, source: str, identities: Iterable[str]) -> int:
    table, gone = schema.records, sorted(set(identities))
    marked = 0
    for start in range(0, len(gone), 500):
        here = (table.c.source == source) & table.c.record_id.in_(gone[start : start + 500])
        marked += connection.execute(
            update(table).where(here, table.c.deleted.is_(False)).values(deleted=True)
        ).rowcount
    return marked


def _change(connection: Connection, source: str, record_id: str, **values) -> None:
    table = schema.records
    place = (table.c.source == source) & (table.c.record_id == record_id)
    connection.execute(update(table).where(place).values(**values))
