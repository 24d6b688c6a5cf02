# `make demo` and `make test` set up what they need; nothing is done twice unless its sources changed.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
PACKAGE := pyproject.toml constraints.txt hatch_build.py

NPM := npm --prefix web --silent
MODULES := web/node_modules/.installed
BUNDLE := src/syncline/report/assets/report.js
WEB := $(shell find web/src -type f) web/build.mjs web/tsconfig.json

.PHONY: help demo test check docs example browser compiler java constraints clean

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: $(STAMPS)/run $(BUNDLE) ## Simulate a small world, scan it and write its report
	$(BIN)/syncline demo --overwrite

test: check browser java ## Check style and types, then run every test
	$(BIN)/pytest -n 2 --dist loadgroup

check: $(STAMPS)/dev $(BUNDLE) ## Check style and types of Python and TypeScript, and the front end's units
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NPM) run check
	$(NPM) test

docs: $(STAMPS)/dev ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

example: $(STAMPS)/dev $(BUNDLE) browser ## Run the commands of the worked example and keep what they print
	$(BIN)/python docs/build_cli.py
	$(BIN)/python docs/build_example.py

constraints: ## Take the newest versions that fit into constraints.txt
	$(PYTHON) -m venv --clear $(VENV)-constraints
	$(VENV)-constraints/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev,misp,peers]' cython editables setuptools
	sed -n '/^#/p' constraints.txt > constraints.new
	$(VENV)-constraints/bin/python -m pip freeze --all --exclude pip --exclude-editable >> constraints.new
	mv constraints.new constraints.txt
	rm -r $(VENV)-constraints

clean: ## Remove everything that was built or installed here
	rm -rf $(VENV) web/node_modules site dist syncline-demo
	rm -f src/syncline/report/assets/report.js src/syncline/report/assets/report.css

# The browser tests need Chromium: Debian's own is fetched where that is allowed.
browser:
	@for name in "$${SYNCLINE_CHROMIUM:-chromium}" chromium-browser google-chrome; do \
		if command -v "$$name" >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu fonts-liberation; \
	else \
		echo "No Chromium here, so the browser tests will be skipped: install Debian's package 'chromium'."; \
	fi >&2

# pdqhash is compiled, as it comes without a wheel for Linux: as above.
compiler: | $(BIN)/python
	@if command -v g++ >/dev/null && $(BIN)/python -c \
		'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("include"), "Python.h").open()' 2>/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends g++ python3-dev; \
	else \
		echo "The tests need a C++ compiler and Python's headers: install Debian's packages 'g++' and 'python3-dev'."; \
	fi >&2

# The tests of Spark need Java: as above.
java:
	@if command -v java >/dev/null || [ -n "$${JAVA_HOME:-}" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless; \
	else \
		echo "No Java here, so the tests of Spark will be skipped: install Debian's package 'default-jre-headless'."; \
	fi >&2

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Syncline needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# What builds packages is installed first, so that it too is of the pinned version.
$(STAMPS)/build: $(PACKAGE) | $(BIN)/python
	$(PIP) hatchling editables
	@mkdir -p $(@D) && touch $@

$(STAMPS)/run: $(STAMPS)/build | $(BUNDLE)
	$(PIP) --no-build-isolation -e .
	@touch $@

# PySpark and pdqhash come as sources only: to build them takes setuptools, and for the latter Cython and NumPy.
$(STAMPS)/dev: $(STAMPS)/build | $(BUNDLE) compiler
	$(PIP) setuptools cython numpy
	$(PIP) --no-build-isolation -e '.[dev]'
	@touch $(STAMPS)/run $@

$(MODULES): web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "Syncline's report is built with Node.js 18 or newer: install nodejs and npm." >&2; exit 1; }
	npm --prefix web --loglevel=error ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(BUNDLE): $(MODULES) $(WEB)
	$(NPM) run build
	@touch $@
