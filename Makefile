# make run: live the whole story on http://127.0.0.1:8000 · make test: all the tests · PORT= changes the port.
SHELL := /bin/bash
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH := site
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: run test lint messages demo build install-test
.DELETE_ON_ERROR:

.venv/.run: pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name one with PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements.txt -e .
	@touch $@

.venv/.test: .venv/.run
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements.txt -e '.[test]'
	@touch $@

# What is made from packages and catalogues: the font's subset, the compiled messages.
build: .venv/.run
	@$(BIN)/python -m config.font
	@$(BIN)/python -m config.translations

run: build
	@mkdir -p var
	$(BIN)/python manage.py migrate --verbosity 0
	PORT=$(PORT) $(BIN)/python manage.py demo
	@PORT=$(PORT) $(BIN)/python manage.py db_worker --interval 1 & worker=$$!; \
	  trap 'kill $$worker 2>/dev/null' EXIT INT TERM; \
	  PORT=$(PORT) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT) --noreload

install-test: .venv/.test build

test: install-test
	@bash .ci/test

lint: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/djlint --check --quiet templates
	PYTHONPATH=site:. $(BIN)/lint-imports --no-cache
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m config.translations check

# Collect the interface's words for translation (needs gettext).
messages: install-test
	$(BIN)/python -m config.translations collect
