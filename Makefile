# Everything here works on a machine with Python 3.11, 3.12 or 3.13 and make: the first target that needs
# the environment sets it up in .venv, later ones find it there.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

# The newest Python on the PATH that this project runs on and that can make environments; or say PYTHON=...
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)

.PHONY: help install build test lint up ui bench faults draft-score mapping-score mutation-check snapshot schema lock clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(INSTALLED) ## Set up the environment, nothing else

build: $(INSTALLED) ## Build and publish the warehouse from the documents
	@$(BIN)/foi build

# Two at a time, about equally long: most of what kills and breaks, and the rest. Both build their own warehouse.
SHARED_OUT = tests/faults/test_publishing.py tests/faults/test_placing.py
test: $(INSTALLED) ## Run all tests
	@$(BIN)/python -m pytest -p no:cacheprovider tests/faults $(SHARED_OUT:%=--ignore=%) \
		> .faults.log 2>&1 & faults=$$!; \
	$(BIN)/python -m pytest tests/unit tests/integration tests/corpus tests/browser $(SHARED_OUT) \
		&& rest=0 || rest=$$?; \
	wait $$faults && broken=0 || broken=$$?; \
	cat .faults.log; rm -f .faults.log; exit $$((rest > broken ? rest : broken))

lint: $(INSTALLED) ## Check style, types, imports, SQL and definitions
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint dbt_project/models $(wildcard dbt_project/tests) --disable-progress-bar
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/dg check defs

up: $(INSTALLED) ## Run schedule, drop folder, reports and user interface on 127.0.0.1 until Ctrl-C
	@exec $(BIN)/foi up

ui: $(INSTALLED) ## Open the Dagster user interface on http://127.0.0.1:3000
	@$(BIN)/foi ui

bench: $(INSTALLED) ## Time pdf, xlsx, corpus, build and scale against the obvious tools (ONLY=pdf: that one)
	@$(BIN)/python -m tests.bench $(ONLY)

faults: $(INSTALLED) ## Kill 60 builds at random moments; the tests kill four of them
	@$(BIN)/python -m tests.faults.killing --kills 60

draft-score: $(INSTALLED) ## Score `foi add` without hand edits on the given corpus
	@$(BIN)/python -m tests.draft_score

mapping-score: $(INSTALLED) ## Score the suggested codes on labels held out one force at a time
	@$(BIN)/python -m tests.mapping_score

mutation-check: $(INSTALLED) ## Delete mappings, vocabulary rows and rules one at a time; a test must notice
	@$(BIN)/python -m tests.mutation

snapshot: $(INSTALLED) ## Write tests/integration/definitions.txt: every definition Dagster loads
	@$(BIN)/python -m tests.support.definitions --write

schema: $(INSTALLED) ## Write data/disclosure.schema.json from the models
	@$(BIN)/python -c 'import json; from ingest.disclosure import json_schema; print(json.dumps(json_schema(), indent=2, ensure_ascii=False))' > data/disclosure.schema.json

lock: ## Resolve requirements.lock anew from pyproject.toml
	@test -x $(VENV)-lock/bin/uv || { $(require-python); $(PYTHON) -m venv $(VENV)-lock; \
		$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv; }
	@$(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-strip-extras --no-emit-index-url --group dev --output-file requirements.lock pyproject.toml

clean: ## Remove what the pipeline made, keep the documents
	@rm -rf data/dagster data/landing data/warehouse

require-python = test -n "$(PYTHON)" || \
	{ echo "make: no Python 3.11, 3.12 or 3.13 with venv found; install one, or say make PYTHON=/path/to/python" >&2; exit 1; }

# Done once, and again when what it installs from has changed.
$(INSTALLED): requirements.lock pyproject.toml
	@$(require-python)
	@echo "Setting up $(VENV) with $(PYTHON); this takes a few minutes the first time." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
