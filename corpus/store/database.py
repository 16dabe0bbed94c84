"""Opening the store: SQLite in OPVOLGING_HOME, or any database by its URL, at the schema of this program."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from corpus.store.describe import datasette_metadata
from corpus.store.files import Files

SCHEMA = "0002"  # the newest migration
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(Exception):
    """The store cannot be opened or written; the message says what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store: its database and its files. `with open_store() as store:` closes it."""

    engine: Engine
    files: Files

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def open_store(home: str | Path = "", database_url: str = "", files_url: str = "") -> Store:
    """Open the store, made or brought to this program's schema where needed. Raises StoreError.

    home          folder of the store; else OPVOLGING_HOME, else ./opvolging-data
    database_url  else OPVOLGING_DATABASE_URL, else opvolging.sqlite in home
    files_url     an fsspec URL (s3://bucket/folder); else OPVOLGING_FILES_URL, else the folder files in home
    """
    folder = Path(home or os.environ.get("OPVOLGING_HOME") or "opvolging-data")
    url = database_url or os.environ.get("OPVOLGING_DATABASE_URL", "")
    files = files_url or os.environ.get("OPVOLGING_FILES_URL") or str(folder / "files")
    try:
        if not url:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "datasette.json").write_text(json.dumps(datasette_metadata(), indent=1, ensure_ascii=False))
            url = f"sqlite:///{folder / 'opvolging.sqlite'}"
        engine = _engine(url)
        _bring_to_schema(engine)
    except OSError as error:
        raise StoreError(f"cannot make the store in {folder}: {error.strerror or error}") from error
    except (ArgumentError, ModuleNotFoundError) as error:
        raise StoreError(f"not a database URL that can be used: {_without_password(url)} ({error})") from error
    except OperationalError as error:
        raise StoreError(f"cannot open {_without_password(url)}: {str(error.orig).splitlines()[0]}") from error
    return Store(engine, Files(files))


def now() -> str:
    """The time in UTC, ISO 8601 with microseconds, so that texts sort as times."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def upsert(connection: Connection, table: Table, rows: list[dict], keep: tuple[str, ...] = ()) -> None:
    """Insert rows of the same columns; a row whose key exists is updated, except for the columns in `keep`."""
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys and name not in keep}
    if changed:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement, rows)


def _engine(url: str) -> Engine:
    """An engine; plain postgresql:// means psycopg 3. SQLite is set to outlive a kill and to wait for its turn."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection, _) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _bring_to_schema(engine: Engine) -> None:
    """Run the migrations that this database has not had. Alembic takes a second to import: only then."""
    with engine.connect() as connection:
        found = None
        if inspect(connection).has_table("alembic_version"):
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == SCHEMA:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise StoreError(
            f"the store was made by a newer opvolging (schema {found}, this one knows {SCHEMA}): upgrade it"
        )
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # all or nothing, and one program at a time
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StoreError(f"cannot bring the store to schema {SCHEMA}: {str(error).splitlines()[0]}") from error


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "the URL given"
