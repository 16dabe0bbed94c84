"""SQLite and a PostgreSQL that the tests start themselves; the conftests that want them import the fixtures."""

from __future__ import annotations

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


def new_database(server: str) -> str:
    """The URL of an empty database on a PostgreSQL server."""
    name = f"t{uuid.uuid4().hex}"
    engine = create_engine(server + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server + name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite'}"
    return new_database(request.getfixturevalue("postgresql"))
