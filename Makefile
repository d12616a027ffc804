# make run    live the whole story on http://127.0.0.1:8000 (PORT= changes the port)
# make test   every test: both databases, then a real browser · make test-whole: with every example of each property
# make check-pages  every page in each of its states, at both widths in both languages (make test: once a state)
# make bench  time, queries and bytes of every page beside a bare Django view
# make coverage  the share of lines and branches that the tests on SQLite run through, without browser
# make figures   what a newcomer to the code meets, counted, each with its aim
# make lint   what CI also asks · make messages: collect the interface's words for translation (needs gettext)
SHELL := /bin/bash
PORT ?= 8000
BIN := .venv/bin
UV_VERSION := 0.13.9
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python
NODE_BIN := .ci/checker/node_modules/.bin
export PYTHONPATH := site
export PORT
# Compiled once, whatever the machine says: loading the site takes 3 s of processor instead of 8, in each process.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache

.PHONY: run test test-whole check-pages bench coverage figures lint messages build install-test
.DELETE_ON_ERROR:

# The first of these that is recent enough makes the environment; PYTHON= names another.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14 python; do \
  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

.venv/.run: pyproject.toml requirements.txt
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or later is needed, and none was found. Install one, or name it: make run PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv \
	  || { rm -rf .venv; echo "This Python cannot make environments (on Debian: apt install python3-venv)."; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@echo "packages, into .venv ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps -e .
	@touch $@

.venv/.test: .venv/.run requirements-test.txt
	$(INSTALL) --require-hashes -r requirements-test.txt
	@touch $@

# What is made from packages and catalogues: the font's subset, the compiled messages.
build: .venv/.run
	@mkdir -p var
	@$(BIN)/python -m config.font
	@$(BIN)/python -m config.translations

run: build
	@exec $(BIN)/python -m config.serve 127.0.0.1:$(PORT)

# The checkers of HTML, CSS and scripts, by npm, where there is one; `.ci/test` and `make lint` say what is left out.
.ci/checker/node_modules/.package-lock.json: .ci/checker/package.json .ci/checker/package-lock.json
	@! command -v npm >/dev/null || { npm ci --silent --prefix .ci/checker && touch $@; } \
	  || echo "npm could not fetch the checkers of HTML, CSS and scripts: they are left out."

install-test: .venv/.test build .ci/checker/node_modules/.package-lock.json

test: install-test
	@bash .ci/test

test-whole: install-test
	@TEST_EXAMPLES=whole bash .ci/test

check-pages: install-test
	@bash .ci/test pages

# BENCH="--properties 240 10000 100000 --enquiries 40 10000" measures at other sizes.
bench: install-test
	@PYTHONPATH=site:. $(BIN)/python -m tests.benchmarks.pages $(BENCH)

# One worker and a fixed order: a figure that two runs agree on.
coverage: install-test
	@$(BIN)/pytest -q -n 1 -p no:randomly --ignore tests/journeys --cov --cov-report=term

# Needs Python and git, no environment.
figures:
	@$(PYTHON) -m tests.house.figures

lint: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/djlint --check --quiet templates
	@if [ -x $(NODE_BIN)/stylelint ]; then \
	  $(NODE_BIN)/stylelint --config .ci/checker/stylelint.json "site/static/css/**/*.css" && \
	  $(NODE_BIN)/biome lint --error-on-warnings --config-path=.ci/checker site/static tests; \
	else echo "No npm: styles and scripts are not checked."; test -z "$$CI"; fi
	PYTHONPATH=site:. $(BIN)/lint-imports --no-cache
	$(BIN)/python -m tests.house.figures
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m config.translations check

messages: install-test
	$(BIN)/python -m config.translations collect
