"""How flows are started and items worked on, without a Prefect server (with one: tests/flows/test_prefect.py)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flows.engine import Failure, api_url, each

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("PYTHONPATH", f"{HERE}{os.pathsep}{HERE.parents[1]}")
    monkeypatch.setenv("OPVOLGING_TEST_PARENT", str(os.getpid()))
    monkeypatch.setenv("PREFECT_API_URL", "")


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_start_without_a_server_never_imports_prefect_not_even_in_the_workers():
    code = "if __name__ == '__main__':\n from flows.engine import start\n print(start('engine_examples:{}'))"
    assert python(code.format("prefect_in_workers")) == "[False, False, False]"


def test_a_flow_imported_from_python_is_a_real_prefect_flow():
    code = "import engine_examples, prefect; print(isinstance(engine_examples.squares, prefect.Flow))"
    assert python(code) == "True"


def test_each_in_a_loop_keeps_the_order_and_hands_back_failures():
    from engine_examples import square

    outcomes = list(each(square, range(5)))
    assert [o for o in outcomes if not isinstance(o, Failure)] == [0, 1, 4, 16]
    assert (outcomes[3].item, str(outcomes[3].error)) == (3, "three is not taken")


def test_each_in_processes_outlives_a_process_that_dies():
    from engine_examples import square

    outcomes = list(each(square, range(12), workers=2))
    failed = {o.item: str(o.error) for o in outcomes if isinstance(o, Failure)}
    assert failed == {3: "three is not taken", 5: "the process that read it died (a crash, or out of memory)"}
    assert [o for o in outcomes if not isinstance(o, Failure)] == [n * n for n in range(12) if n not in (3, 5)]


def test_each_takes_no_more_items_than_it_can_hold():
    taken, gate = [], threading.Event()

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    outcomes = each(lambda n: gate.wait(5) and n, items(), workers=3, threads=True)
    gate.set()
    assert next(outcomes) == 0
    assert len(taken) <= 6
    assert list(outcomes) == list(range(1, 100))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("team", "http://127.0.0.1:4200/api"), ("alone", ""), ("absent", "")],
)
def test_the_server_is_taken_from_the_active_profile(tmp_path, monkeypatch, profile, expected):
    monkeypatch.delenv("PREFECT_API_URL")
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    (tmp_path / "profiles.toml").write_text(
        f'active = "{profile}"\n[profiles.alone]\n[profiles.team]\nPREFECT_API_URL = "http://127.0.0.1:4200/api"\n'
    )
    assert api_url() == expected
