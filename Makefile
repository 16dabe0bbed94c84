# make demo   set up, run the main job on corpus/examples, show a table
# make test   set up, pass the quick tests;  make test-all  the slow ones and those in a browser too
# make install, lint, bench, lock, clean
# --no-deps: the locks are whole ('pip check' makes sure), and pip with hashes takes sqlalchemy[asyncio] for another package.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.PHONY: install dev demo test test-all lint bench lock clean

install: .venv/.installed

dev: .venv/.dev

.venv/.installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: install it, or make PYTHON=/path/to/python" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what requirements.lock names into .venv (one to three minutes) …"
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps --editable .
	@$(BIN)/python -m pip check --disable-pip-version-check
	@$(BIN)/python -m compileall -q -j 0 .venv/lib flows extract models corpus > .venv/compile.log 2>&1 || true
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.installed
	@echo "Installing what the tests need, by requirements-dev.lock …"
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m compileall -q -j 0 .venv/lib > .venv/compile.log 2>&1 || true
	@touch $@

demo: install
	$(BIN)/opvolging run corpus/examples --out demo-output
	@$(BIN)/python examples/show.py demo-output
	@echo "These five documents belong to the corpus that the models learned from: for new ones see docs/accuracy.md."

test: dev
	$(BIN)/pytest -m "not slow and not browser"

test-all: dev
	$(BIN)/pytest

lint: dev
	$(BIN)/ruff check .

bench: dev
	$(BIN)/python -m tests.bench_reading
	$(BIN)/python -m tests.bench_store
	$(BIN)/python -m tests.bench_views

# Needs uv (pip install uv). The headers of the locks hold the same commands.
lock:
	uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --universal --python-version 3.11 -o requirements.lock
	uv pip compile pyproject.toml --extra dev --extra ocr --generate-hashes --no-emit-index-url --universal --python-version 3.11 -o requirements-dev.lock

clean:
	rm -rf .venv build dist *.egg-info demo-output .pytest_cache .ruff_cache .hypothesis
