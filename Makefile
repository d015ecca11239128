# Everything a person needs; each target makes the environment first. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	--python-version 3.11 --extra speed --extra postgres

.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-all check format bench lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## make .venv with everything pinned, and .venv/bin/smallprint

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Smallprint needs Python 3.11 or newer; set PYTHON=python3.12, say.")'
	@echo "Making $(VENV) with everything pinned: once, for a minute or two."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## run the sample fortnight: no account, token or network
	$(BIN)/smallprint demo

run: setup ## go live with the tokens in .env, or print posts when there are none
	$(BIN)/smallprint run

test: setup ## run the tests, without the long ones
	$(BIN)/python -m pytest -n auto -m "not long"

test-all: setup ## run all tests, as CI does: crash loops, a fault at every await, whole journeys
	$(BIN)/python -m pytest -n auto --durations=25

format: setup ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: setup ## format, lint, types, import contracts, documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_docs.py -q

bench: setup ## measure; needs the shared data beside the project
	$(BIN)/python -m tests.bench

lock: setup ## pin dependencies anew (needs uv)
	$(BIN)/python -m uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	$(BIN)/python -m uv pip compile pyproject.toml $(LOCK) --group dev -c requirements.txt -o requirements-dev.txt

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
