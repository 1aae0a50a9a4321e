# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make app    install what is pinned, then serve on http://localhost:8501
#   make test   the same install, plus a headless browser when none is found, then every check and test
PYTHON  ?= python3
VENV    ?= .venv
ADDRESS ?= 127.0.0.1
PORT    ?= 8501
ARGS    ?=

BIN       := $(VENV)/bin
PIP       := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALLED := $(VENV)/.installed
AUDIT_VENV := build/audit

# Without ARGS the tests run on all cores; those that drive a browser come after, two at a time, so that none waits too long.
# One of these that fails is tried again, at most twice, and named in the summary: a busy machine may start a browser or draw a page too late.
ifeq ($(ARGS),)
TESTS = $(BIN)/python -m pytest -n logical --dist loadfile -m "not browser" && $(BIN)/python -m pytest -n 2 --dist worksteal -m browser -rR --reruns 2
else
TESTS = $(BIN)/python -m pytest $(ARGS)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup app check test bench look audit lock schema zh-hant clean

help: ## list the commands
	@grep -E '^#   ' $(firstword $(MAKEFILE_LIST)) | sed 's/^#   //'
	@echo
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/make \1@\2/' | \
		awk -F@ '{ printf "%-14s %s\n", $$1, $$2 }'

# The marker is written last and names the folder it was made in: an environment that was left half-made, or moved
# here from elsewhere, is made anew; one that is only older than the lock file is brought up to date.
ifneq ($(shell cat $(INSTALLED) 2>/dev/null),$(CURDIR))
.PHONY: $(INSTALLED)
MAKE_ANEW := --clear
endif

$(INSTALLED): requirements/lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, \
	found %d.%d. Name another: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@if [ -e $(VENV) ] && [ ! -e $(VENV)/pyvenv.cfg ] && [ -n "$$(ls -A $(VENV))" ]; then \
		echo "$(VENV) holds something else than a Python environment; move it away or name another: make VENV=…" >&2; exit 1; fi
	@echo "Installing the pinned packages into $(VENV) …"
	@rm -f $@
	@$(PYTHON) -m venv $(MAKE_ANEW) $(VENV)
	@$(PIP) install --require-hashes -r requirements/lock.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > $@

setup: $(INSTALLED) ## install the pinned packages into .venv and make the fonts
	@$(BIN)/python -m ipo_data.export.make_fonts

app: setup ## serve the dashboard on port 8501 (PORT=… another port; for others see docs/serving.md)
	$(BIN)/python -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

check: setup ## lint, types, contracts and seeds, in under 30 seconds
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m ipo_data check

test: check ## every check and test (ARGS=… for pytest)
	@browser="$$(sh tests/browser/find_or_install_browser.sh)" || exit 1; \
	if [ -n "$$browser" ]; then export BROWSER_PATH="$$browser"; fi; \
	$(TESTS)

bench: setup ## time loading and page reruns against yardsticks in the same run; draw every picture; 1,500 of every random document
	$(BIN)/python -m tests.bench
	EXAMPLES=1500 $(BIN)/python -m pytest -q tests/loading
	EVERY_PICTURE=1 $(BIN)/python -m pytest -q tests/export/test_every_picture.py tests/export/test_browser.py \
		tests/browser/test_screen_and_export.py

look: setup ## picture and measure every page at three widths, both themes, three languages (ARGS="--page growth")
	@browser="$$(sh tests/browser/find_or_install_browser.sh)" || exit 1; \
	if [ -n "$$browser" ]; then export BROWSER_PATH="$$browser"; fi; \
	$(BIN)/python -m tests.tools.look $(ARGS)

audit: setup ## list parts and licences in build/, look for known flaws (needs a network that reaches the advisories)
	@$(PYTHON) -m venv $(AUDIT_VENV) && $(AUDIT_VENV)/bin/python -m pip --disable-pip-version-check --quiet install \
		--require-hashes -r requirements/audit.txt
	@mkdir -p build
	$(AUDIT_VENV)/bin/cyclonedx-py environment $(VENV) --output-reproducible --output-file build/parts.cdx.json
	$(AUDIT_VENV)/bin/pip-licenses --python $(BIN)/python --format markdown --output-file build/licences.md
	@$(AUDIT_VENV)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/lock.txt || { echo \
		"make audit: a part has a known flaw, or none could be looked up because the advisories cannot be reached from here" >&2; exit 1; }

lock: ## renew requirements/*.txt after a change of dependencies (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements/lock.txt
	uv pip compile --group audit --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements/audit.txt

schema: setup ## renew seeds/schema, which editors read
	$(BIN)/python -m ipo_data schema --write

zh-hant: setup ## derive Traditional Chinese from Simplified
	$(BIN)/python -m tests.tools.make_traditional

clean: ## remove what make setup and the tests leave behind
	@if [ -e $(VENV)/pyvenv.cfg ]; then rm -rf $(VENV); fi
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
