# Satama: `make run` starts it, `make test` tests it, `make check` is what CI runs. Nothing else is needed.
# PORT, DATA (a folder) and DATABASE_URL, from the environment or this line, change the defaults.
PYTHON ?= python3
export PORT DATA DATABASE_URL

BIN := .venv/bin
STAMP := .venv/.ready
DEV_STAMP := .venv/.ready-dev

.PHONY: run test check lint browser lock words clean

run: $(STAMP)
	@$(BIN)/satama serve

test: $(DEV_STAMP) browser
	@$(BIN)/python -m pytest

check: lint test

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy satama
	$(BIN)/lint-imports
	$(BIN)/satama makemigrations --check --dry-run
	$(BIN)/satama check-content --strict

# The system's Chromium and fonts for all our scripts; installed on Debian when we may, otherwise one clear sentence.
browser:
	@$(BIN)/python tests/browser_ready.py

lock: $(DEV_STAMP)
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header requirements-dev.in -o requirements-dev.txt

# Gather the words for people into the .po files, and compile them (needs GNU gettext).
words: $(DEV_STAMP)
	cd satama && ../$(BIN)/satama makemessages --all --no-location --no-obsolete && ../$(BIN)/satama compilemessages

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Satama needs Python 3.11 or newer; this is %d.%d. Install it, then: make run PYTHON=python3.11" % sys.version_info[:2])'
	@echo "Setting up (once, about a minute) ..."
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv var
