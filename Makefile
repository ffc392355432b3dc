# make run    the portal with demo data on http://localhost:8000 (PORT changes it)
# make test   every test, on SQLite and PostgreSQL and in a browser where the machine has them
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: help run demo-reset test lint types imports check lock messages migration-initial migration benchmark clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 20

$(VENV)/.run: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $(VENV)/.run $@

run: $(VENV)/.run  ## the portal with demo data, worker included
	@exec $(BIN)/python scripts/run.py

demo-reset: $(VENV)/.run  ## throw the demo's data away and load it afresh
	@$(BIN)/python scripts/run.py --reset

test: $(VENV)/.dev  ## all tests
	@$(BIN)/python scripts/test.py $(ARGS)

lint: $(VENV)/.dev  ## style of code and templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint templates --lint --quiet

types: $(VENV)/.dev  ## types
	$(BIN)/mypy

imports: $(VENV)/.dev  ## the import law
	PYTHONPATH=. $(BIN)/lint-imports

check: lint types imports test  ## what CI runs

lock: ## compile the requirements with hashes
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements.in -o requirements.txt
	.venv-lock/bin/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	rm -rf .venv-lock

messages: $(VENV)/.dev  ## collect the sentences for the translators
	$(BIN)/python scripts/messages.py

migration-initial: $(VENV)/.dev  ## write the first migration anew (only before the first release)
	PYTHONPATH=. $(BIN)/python scripts/initial_migration.py

benchmark: $(VENV)/.dev  ## pages and rush beside their floor
	PYTHONPATH=. $(BIN)/python -m benchmarks

clean:  ## remove what was built, not the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
