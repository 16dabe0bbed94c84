"""The flows under a Prefect server of their own: seen in its page, cached by content, run by their schedule."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.kamer_server import Kamer, Server

pytestmark = pytest.mark.slow
STUB = Path(__file__).with_name("stub_process.py")


@pytest.fixture(scope="module")
def prefect(tmp_path_factory):
    """The environment of commands that use a Prefect server on loopback."""
    folder = tmp_path_factory.mktemp("prefect")
    (folder / "sitecustomize.py").write_text(
        "import sys, stub_process\nsys.modules['flows.process'] = stub_process.make()\n"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": os.pathsep.join(map(str, (folder, STUB.parent, STUB.parents[2]))),
        "OPVOLGING_HOME": str(folder / "store"),
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(lambda: healthy(environment["PREFECT_API_URL"]), 120)
        yield environment
    finally:
        server.terminate()
        server.wait(30)


def healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def wait(condition, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.5)


def ask(environment: dict[str, str], what: str) -> list[dict]:
    return httpx.post(f"{environment['PREFECT_API_URL']}/{what}/filter", json={}, timeout=20).json()


def opvolging(environment: dict[str, str], *words: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "flows.cli", *words], env=environment, cwd=STUB.parents[2])


def test_a_pull_shows_in_prefect_and_serve_runs_by_its_schedule(prefect):
    with Server(Kamer()) as server:
        server.kamer.fill(5)
        options = ("--kamer-url", server.base, "--workers", "1")
        assert opvolging(prefect, "pull", *options).wait(120) == 0
        assert [run["state_name"] for run in ask(prefect, "flow_runs")] == ["Completed"]
        names = [run["name"].rsplit("-", 1)[0] for run in ask(prefect, "task_runs")]
        assert {name: names.count(name) for name in names} == {"fetch": 5, "read": 5}
        assert [(a["key"], a["description"]) for a in ask(prefect, "artifacts")] == [
            ("pull", "3 letters, 2 reports, 5 recommendations")
        ]
        serving = opvolging(prefect, "serve", "--cron", "* * * * *", *options)
        try:
            wait(lambda: len(completed(prefect)) >= 2, 240)
        finally:
            serving.terminate()
            serving.wait(60)
    assert (Path(prefect["OPVOLGING_HOME"]) / "tables" / "recommendations.csv").is_file()


def completed(environment: dict[str, str]) -> list[dict]:
    """The runs that the schedule started and that ended well."""
    return [r for r in ask(environment, "flow_runs") if r["auto_scheduled"] and r["state_name"] == "Completed"]
