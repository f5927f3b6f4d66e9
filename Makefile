# What a person types: `make run` shows the site, `make test` tries everything. Both set up first.

PORT ?= 8501
HOST ?= 127.0.0.1
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test lint database regions screenshots bench setup clean

help:  ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.runtime  ## Set up, make the database if there is none, and serve the site (PORT=8501)
	$(BIN)/python -m gipcore build --if-needed
	$(BIN)/python -m gipcore serve --port $(PORT) --host $(HOST)

test: .venv/.tests system-packages lint  ## Set up and run all tests, real browser and PostgreSQL included
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

database: .venv/.runtime  ## Make the database anew from data/reports/ and the archive
	$(BIN)/python -m gipcore build

regions: .venv/.runtime  ## Fetch the list of regions anew into data/regions.csv (needs npm)
	$(BIN)/python -m gipcore.register.fetch

screenshots: .venv/.tests system-packages  ## Take pictures of every page into screenshots/
	$(BIN)/python -m tests.e2e.screenshots

bench: .venv/.tests  ## Measure: each benchmark beside its baseline
	for file in tests/bench/bench_*.py; do echo "== $$file"; $(BIN)/python -m tests.bench.$$(basename $$file .py); done

setup: .venv/.tests  ## Only install what running and testing need

.PHONY: system-packages
system-packages:
	@.ci/system-packages

.venv/.python:
	@.ci/python-venv $(PYTHON)
	@touch $@

.venv/.runtime: requirements.txt .venv/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tests: tests/requirements.txt .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

clean:  ## Remove what was made (not data/archive/)
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis screenshots data/gip.sqlite*
