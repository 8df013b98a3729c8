# Two commands on a fresh machine: `make demo` and `make test`. Each installs what it needs, once.
# Settings: PYTHON=python3.12 VENV=/somewhere DEMO=folder PYTEST_ARGS="-k store" BENCH=--full

PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo
PYTEST_ARGS ?= -n 2
BENCH ?=
BIN := $(VENV)/bin
# A stamp is newer than the files that it stands for when there is nothing to do.
STAMPS := $(VENV)/.entente
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format coverage bench train evaluate lock licences wheel clean check-browser

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(STAMPS)/package ## Build a graph from the samples, ask it a question, write the map and the Gephi file
	@mkdir -p $(DEMO)
	@echo "1/4  Reading samples/articles into $(DEMO)/graph"
	@$(BIN)/kg build samples/articles -g $(DEMO)/graph
	@echo "2/4  Asking: who signed what with whom on semiconductors?"
	@$(BIN)/kg query -g $(DEMO)/graph signed-in-sector
	@echo "3/4  Drawing the map"
	@$(BIN)/kg view -g $(DEMO)/graph -o $(DEMO)/map.html --title "Cooperation in the sample articles"
	@echo "4/4  Writing the Gephi file"
	@$(BIN)/kg export -g $(DEMO)/graph -o $(DEMO)/network.gexf
	@echo "Graph:       $(abspath $(DEMO))/graph"
	@echo "Map:         $(abspath $(DEMO))/map.html      (open it in a browser; it needs no network)"
	@echo "Gephi file:  $(abspath $(DEMO))/network.gexf"

test: lint check-browser ## Run every check: lint, types, tests
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(STAMPS)/tools ## Check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(STAMPS)/tools ## Put the code into its standard form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

coverage: $(STAMPS)/tools ## Run the tests and print what they do not reach
	@$(BIN)/python -m pytest $(PYTEST_ARGS) --cov --cov-report=term-missing:skip-covered

bench: $(STAMPS)/tools ## Measure speed and memory against the bare spaCy pipeline, and print the ratios
	@$(BIN)/python tools/bench.py $(BENCH)

train: $(STAMPS)/tools ## Learn the shipped models anew from the training gold
	@for script in tools/train*.py; do echo "$$script"; $(BIN)/python $$script || exit 1; done

evaluate: $(STAMPS)/tools ## Measure on the development gold; write EVALUATION.md and the figures of the ratchet
	@$(BIN)/python tools/evaluate_all.py

lock: $(STAMPS)/tools ## Resolve the dependencies of setup.cfg anew and write the two lock files
	@$(LOCK) setup.cfg -o requirements.txt
	@$(LOCK) setup.cfg --extra dev -c requirements.txt -o requirements-dev.txt
	@echo "Locked. Now run: make licences"

licences: $(STAMPS)/tools ## Write docs/LICENCES.md from the installed packages
	@$(BIN)/python tools/licences.py

wheel: $(STAMPS)/tools ## Build the wheel, install it elsewhere and run kg from another folder
	@bash tools/wheel_smoke.sh $(BIN)/python

clean: ## Remove the virtual environment, the demo and all that was built
	@rm -rf $(VENV) $(DEMO) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

check-browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	 echo "Chromium is missing, so the browser tests are skipped: apt-get install chromium adds them."

$(STAMPS)/python:
	@command -v $(PYTHON) >/dev/null || { \
	 echo "$(PYTHON) is missing: apt-get install python3 python3-venv, or name one with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	 echo "Python 3.11 or newer is needed; $(PYTHON) is older or does not run: name another with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	 echo "$(PYTHON) cannot make virtual environments: apt-get install python3-venv." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/locked: requirements.txt | $(STAMPS)/python
	@echo "Installing the locked dependencies into $(VENV); the first time takes a minute or two."
	@$(PIP) install -qq --require-hashes -r requirements.txt
	@touch $@

$(STAMPS)/package: setup.cfg pyproject.toml $(STAMPS)/locked
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/tools: requirements-dev.txt $(STAMPS)/package
	@echo "Installing the locked tools for checks into $(VENV)."
	@$(PIP) install -qq --require-hashes -r requirements-dev.txt
	@touch $@
