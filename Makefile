# codinglab: `make lab` opens the lab, `make test` runs every check. Both set up all they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
USER_STAMP := $(VENV)/.installed
DEV_STAMP  := $(VENV)/.installed-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# They drive a browser or build and install: beside others they would wait for the machine.
ALONE := tests/browser tests/test_wheel.py

.PHONY: help setup setup-dev lab test lint bench notebooks check clean

help:
	@echo "make lab        open the lab (ARGS='--role instructor' and the like are passed on)"
	@echo "make test       all checks and tests"
	@echo "make lint       the fast checks alone"
	@echo "make notebooks  build the notebooks from units and cases"
	@echo "make check      prove every case in all its variants"
	@echo "make bench      the benchmarks"
	@echo "make clean      remove the environment and caches"
	@echo "PYTHON=python3.12 chooses another interpreter (3.11 or newer)"

lab: setup
	$(BIN)/codinglab lab $(ARGS)

test: lint
	$(BIN)/codinglab build --check
	$(BIN)/python -m pytest -n 2 --dist loadfile $(foreach path,$(ALONE),--ignore $(path))
	$(BIN)/python -m pytest $(ALONE)

# lint-imports' cache goes stale when a module is added.
lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: setup-dev
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python "$$script"; done

notebooks: setup
	$(BIN)/codinglab build

check: setup
	$(BIN)/codinglab check

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

setup: $(USER_STAMP)
setup-dev: $(DEV_STAMP)

$(USER_STAMP): pyproject.toml | $(BIN)/pip
	@echo "Installing codinglab into $(VENV) (a minute or two, once) ..."
	$(INSTALL) --editable .
	@touch $@

$(DEV_STAMP): pyproject.toml | $(BIN)/pip
	@echo "Installing codinglab and its tools into $(VENV) (a minute or two, once) ..."
	$(INSTALL) --editable '.[dev]'
	@touch $@ $(USER_STAMP)

# Debian ships python3 without ensurepip, which venv needs to bring pip along.
$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed; install Python 3.11 or newer, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "codinglab needs Python 3.11 or newer and $(PYTHON) is $$($(PYTHON) --version 2>&1); name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  sudo=sudo; [ "$$(id -u)" != 0 ] || sudo=env; \
	  command -v apt-get >/dev/null && command -v $$sudo >/dev/null && \
	  echo "Installing $$package, which Debian's Python needs to make a virtual environment ..." && \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$package >/dev/null || \
	  { echo "$(PYTHON) can't make a virtual environment; as an administrator run: apt-get install $$package" >&2; exit 1; }; }
	$(PYTHON) -m venv --clear $(VENV)
