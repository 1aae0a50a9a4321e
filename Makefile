# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make app    install what is pinned, then serve on http://localhost:8501
#   make test   the same install plus a headless browser when none is found, then every check and test
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

.PHONY: help setup app check test bench lock zh-hant schema clean

help:
	@grep -E '^#   |^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

$(VENV)/.installed: requirements/lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; found %d.%d. Name another with: make PYTHON=python3.12 …" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
	@touch $@

setup: $(VENV)/.installed ## install the pinned packages into .venv

app: setup ## serve the dashboard on port 8501 (PORT=… for another)
	$(BIN)/streamlit run app.py --server.port $(PORT)

check: setup ## lint, types, contracts, seeds: under 30 seconds
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m ipo_data check

test: check ## every check and test
	@sh tests/browser/find_or_install_browser.sh
	$(BIN)/python -m pytest

bench: setup ## time loading and page reruns against yardsticks in the same run
	$(BIN)/python -m tests.bench

lock: ## renew requirements/lock.txt (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --output-file requirements/lock.txt

zh-hant: setup ## derive Traditional Chinese from Simplified
	$(BIN)/python -m tests.tools.make_traditional

schema: setup ## renew seeds/schema for editors
	$(BIN)/python -m ipo_data schema --write

clean: ## remove what make setup and the tests leave behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
