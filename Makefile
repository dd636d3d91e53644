# The commands of this repository. Each sets up what it needs by itself; what is up to date costs nothing.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"
WORKERS ?= 2
TESTS := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
# Many programs start in a run and in the tests: what one has compiled, the next need not, half of the time that a start takes.
export PYTHONDONTWRITEBYTECODE :=
WEB := $(shell find web api/web -type f -not -name "*.pyc" -not -path '*/node_modules/*' 2>/dev/null)

.NOTPARALLEL:
.PHONY: help setup runtime development run test check style types layers catalogues diagrams format prove bench lock pictures clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 14

setup: development build/.made  ## install all that running and testing need into .venv and build/
runtime: $(STAMPS)/project build/.made
development: $(STAMPS)/project $(STAMPS)/development

run: runtime  ## the whole of it on http://127.0.0.1:8000, with a demonstration municipality; Ctrl-C stops it
	@exec $(BIN)/python -m workers.run

test: setup  ## every test, on real databases and in a real browser
	@$(TESTS) $(ARGS)

check: style types layers catalogues diagrams test  ## all that must hold before a change is handed in

style: development
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet
types: development $(STAMPS)/web
	@$(BIN)/mypy
	@PATH="$(CURDIR)/$(BIN):$$PATH" node web/node_modules/typescript/bin/tsc --project web
layers: development
	@$(BIN)/lint-imports --no-logo
catalogues: development
	@$(BIN)/python scripts/catalogues.py
diagrams: setup
	@$(BIN)/casework lint --units casework/demo/municipality.toml processes/*/*.bpmn processes/*/*.dmn forms/*.form

format: development  ## lay the code out and mend what can be mended
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

prove: setup  ## the long proof: random process models against an oracle
	@$(TESTS) -m proof --timeout 7200 $(ARGS)

bench: setup  ## measure on PostgreSQL; reports and fails nothing
	@$(BIN)/casework bench $(ARGS)

pictures: setup  ## the diagrams and pages of the README as pictures
	@$(BIN)/python scripts/pictures.py

lock: $(STAMPS)/venv  ## resolve requirements*.in to exact versions with hashes; ARGS=--upgrade takes the newest
	@for name in requirements requirements-dev requirements-setup requirements-node; do \
		$(UV) $(ARGS) $$name.in -o $$name.txt >/dev/null || exit 1; done

clean:  ## remove what set-up made; what `make run` keeps in var/ stays
	rm -rf .venv build web/node_modules

# --- what is made once, and again when its source changes ---

$(STAMPS)/venv: requirements-setup.txt scripts/setup.py
	@$(PYTHON) scripts/setup.py venv
	@touch $@

$(STAMPS)/runtime: requirements.txt $(STAMPS)/venv
	@$(BIN)/python scripts/setup.py packages requirements.txt
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/runtime
	@$(BIN)/python scripts/setup.py project
	@touch $@

$(STAMPS)/development: requirements-dev.txt $(STAMPS)/runtime
	@$(BIN)/python scripts/setup.py packages requirements-dev.txt
	@touch $@

$(STAMPS)/web: web/package.json web/package-lock.json requirements-node.txt $(STAMPS)/venv
	@$(BIN)/python scripts/setup.py web
	@touch $@

build/.made: $(WEB) $(STAMPS)/web
	@$(BIN)/python scripts/setup.py assets
	@touch $@
