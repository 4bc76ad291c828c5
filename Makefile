# make run   sets everything up, builds the atlas and opens it
# make test  sets everything up and runs all tests
# make lint · fix · docs · bench · clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test lint fix docs bench clean system

run: $(VENV)/.run
	$(BIN)/kg site -o site --open

test: $(VENV)/.test system
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/kg tidy --check
	$(BIN)/python docs/generate.py --check

fix: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/kg tidy
	$(BIN)/python docs/generate.py

docs: $(VENV)/.test
	$(BIN)/python docs/generate.py

bench: $(VENV)/.test
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) site build dist

$(VENV)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer; set PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --requirement requirements-test.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

# The browser tests need Chromium, a Chinese font, pdfinfo, and libatomic for playwright's Node: on Debian they are
# installed when they are missing.
system:
	@if command -v apt-get >/dev/null && { ! command -v chromium >/dev/null || ! command -v pdfinfo >/dev/null || ! fc-list :lang=zh 2>/dev/null | grep -q . || ! PATH="$$PATH:/usr/sbin:/sbin" ldconfig -p | grep -q libatomic; }; then \
	  as=""; [ "$$(id -u)" = 0 ] || as=sudo; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk libatomic1 poppler-utils; \
	fi
