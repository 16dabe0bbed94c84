"""Every test of the store runs on SQLite and on a PostgreSQL that the tests start themselves."""

from __future__ import annotations

import dataclasses
import glob
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from corpus.records import Coding, Commitment, Document, Metadata, Recommendation, Response, Source
from corpus.store import open_store


def _binaries() -> str:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if not found:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    return found[-1]


def _as_postgres(*command: str) -> None:
    """PostgreSQL refuses to run as root; elsewhere it runs as whoever tests."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *command], capture_output=True, text=True, cwd="/", timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def postgresql():
    """The URL of a PostgreSQL server of our own on a free port, in a folder that goes afterwards."""
    binaries, folder = _binaries(), Path(tempfile.mkdtemp(prefix="opvolging-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    _as_postgres(f"{binaries}/initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    _as_postgres(f"{binaries}/pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    yield f"postgresql+psycopg://tester@127.0.0.1:{port}/"
    _as_postgres(f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite'}"
    server, name = request.getfixturevalue("postgresql"), f"t{uuid.uuid4().hex}"
    engine = create_engine(server + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server + name


@pytest.fixture
def store(database_url, tmp_path):
    with open_store(tmp_path, database_url) as opened:
        yield opened


def _letter(number: int = 1, **changes) -> Document:
    """A letter with one of everything."""
    rid = f"r{number}"
    whole = Document(
        document_id=f"d{number}",
        source_file=f"letter-{number:05}.pdf",
        sha256=f"{number:064x}",
        status="ok",
        pages=3,
        metadata=Metadata("letter", "Grenstoezicht", "2024-02-01", "D. Yeşilgöz", dossier="28638", number="200"),
        recommendations=(Recommendation(rid, 1, "Zorg voor ‘toezicht’.", 2, (Source(4, 0, 21),), "3", "de KMar"),),
        responses=(Response(f"a{number}", "Ik neem dit over.", 2, (Source(5, 0, 17),), (rid,), "number", "agree"),),
        commitments=(Commitment(f"c{number}", "Medio 2024.", 3, (Source(6, 0, 11),), "medio 2024", "2024-06-01"),),
        codings=(Coding(rid, "adopted", "agree", "new", 0.9, False, "neem", "Ik neem dit over.", 2),),
    )
    return dataclasses.replace(whole, **changes)


@pytest.fixture
def make_letter():
    """letter(number, **changes)."""
    return _letter
