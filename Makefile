# GNU make and a POSIX shell. Needs python3 (3.11 or newer) with venv, and git; everything
# else is installed into .venv, pinned with hashes.
#
#   PYTHON=python3.12 make test     another Python; .venv is then made anew with it

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two pips in one .venv get in each other's way.
.NOTPARALLEL:
.PHONY: help serve site publish preview comment check due lagkoll issues test lock bench mutants clean FORCE

# Not from the environment, where the name is common: what lies there is removed at times.
VENV := .venv
TESTPROCESSER ?= 2
LAGLISTA ?= docs/hjalp/lagandringar.csv
PYTHON3 = $(or $(PYTHON),python3)
BIN = $(VENV)/bin

# Settings in the user's environment that would reach past .venv, or stop pip in it.
unexport PYTHONPATH PYTHONHOME
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

# A .venv works only where it was made and with the Python that made it: not in a copy of the
# folder, and not after an upgrade of the system's Python. Its stamp therefore names both, and
# a stamp that names something else doesn't count.
VISA_VERSION := import sys; print("%d.%d" % sys.version_info[:2])
VERSION := $(shell $(or $(PYTHON),$(BIN)/python) -c '$(VISA_VERSION)' 2>/dev/null)
NYCKEL := $(abspath $(VENV)) $(VERSION)
BEROENDEN := $(VENV)/.beroenden
TESTBEROENDEN := $(VENV)/.testberoenden
PAKET := $(VENV)/.paket

PIP_INSTALL = $(BIN)/python -m pip install -qq
ELLER_FEL = || { echo 'Installationen gick inte. Kontrollera nätet och kör kommandot igen.' >&2; exit 1; }

help: ## Visar den här listan
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

serve: $(PAKET) ## Visar planen på http://127.0.0.1:8000 och följer ändringar
	@exec $(BIN)/ska serve

# The date of the build is that of the last commit, so that two builds of it are alike. Without
# git, or without commits, the command decides.
DATERAT = : "$${SOURCE_DATE_EPOCH:=$$(git log -1 --format=%ct 2>/dev/null || true)}"; \
	if [ -n "$$SOURCE_DATE_EPOCH" ]; then export SOURCE_DATE_EPOCH; else unset SOURCE_DATE_EPOCH; fi;

site: $(PAKET) ## Bygger webbplatsen i site/
	@$(DATERAT) exec $(BIN)/ska site

# Of the shell, not of make: what a branch is called is never run.
export BASE ?= main
preview: $(PAKET) ## Bygger webbplatsen med förslaget i forhandsvisning/ (BASE=main)
	@$(DATERAT) exec $(BIN)/ska preview -- "$$BASE"

publish: $(PAKET) ## Lägger ut planen och tidigare utgåvor i publicerat/
	@exec $(BIN)/ska publish publicerat

check: $(PAKET) ## Kontrollerar planen i plan/
	@$(BIN)/ska check

due: $(PAKET) ## Visar det som någon behöver se över
	@$(BIN)/ska due

# In a workflow the answer is shown on the run's own page too.
lagkoll: $(PAKET) ## Visar vad i planen som lagändringarna i LAGLISTA berör
	@$(BIN)/ska lagkoll $(LAGLISTA)
	@test -z "$$GITHUB_STEP_SUMMARY" || \
	$(BIN)/ska lagkoll --format markdown $(LAGLISTA) >> "$$GITHUB_STEP_SUMMARY"

issues: $(PAKET) ## Håller ett ärende per roll om det aktuellt i GitHub
	@$(BIN)/ska issues

comment: $(PAKET) ## Håller kommentaren till ett ändringsförslag aktuell i GitHub
	@exec $(BIN)/ska comment -- "$$BASE"

# Each process takes tests that lie together, which share what they are made ready with, and helps
# with the others' when its own are done.
test: $(TESTBEROENDEN) $(PAKET) ## Kör alla tester
	@SKA_CHROMIUM="$$($(BIN)/python tests/browser/chromium.py </dev/null)" && export SKA_CHROMIUM && \
	$(BIN)/ruff check -q . && \
	$(BIN)/ruff format -q --check . && \
	$(BIN)/mypy --strict --no-error-summary src && \
	exec $(BIN)/python -m pytest -n $(TESTPROCESSER) --dist worksteal \
	--cov --cov-report=term:skip-covered </dev/null

bench: $(TESTBEROENDEN) $(PAKET) ## Mäter hur snabbt kontroll och bygge går
	@SKA_CHROMIUM="$$($(BIN)/python tests/browser/chromium.py </dev/null)" && export SKA_CHROMIUM; \
	exec $(BIN)/python -m bench

mutants: $(TESTBEROENDEN) $(PAKET) ## Prövar om testerna märker ändringar i koden
	@exec $(BIN)/python -m bench.strength

UV_COMPILE = UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile --quiet --upgrade \
	--universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links

lock: $(TESTBEROENDEN) ## Förnyar de låsta versionerna i requirements*.txt
	@$(UV_COMPILE) pyproject.toml requirements.in -o requirements.txt
	@$(UV_COMPILE) requirements-dev.in -o requirements-dev.txt
	@$(UV_COMPILE) bench/requirements.in -o bench/requirements.txt

clean: ## Tar bort .venv, site/ och allt annat som kan göras om
	@rm -rf $(VENV) site forhandsvisning .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* tests/browser/bilder
	@find . -name .git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

# The stamps. Each is written when its work is done, so that what was interrupted is done again.
# A change of the requirements makes .venv anew: what is no longer asked for should not linger.
ifneq ($(NYCKEL),$(shell cat $(BEROENDEN) 2>/dev/null))
$(BEROENDEN): FORCE
endif

$(BEROENDEN): requirements.txt
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'Python 3.11 eller nyare behövs: installera python3 och python3-venv, eller peka ut en nyare Python, till exempel PYTHON=python3.12 make.' >&2; exit 1; }
	@$(PYTHON3) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo 'Pythons venv saknas: installera paketet python3-venv (apt install python3-venv).' >&2; exit 1; }
	@echo 'Sätter upp $(VENV); första gången tar det någon minut.' >&2
	@$(PYTHON3) -m venv --clear $(VENV) $(ELLER_FEL)
	@$(PIP_INSTALL) --require-hashes -r requirements.txt $(ELLER_FEL)
	@printf '%s %s\n' '$(abspath $(VENV))' "$$($(BIN)/python -c '$(VISA_VERSION)')" > $(BEROENDEN)

$(TESTBEROENDEN): requirements-dev.txt $(BEROENDEN)
	@echo 'Installerar det som testerna behöver.' >&2
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.txt $(ELLER_FEL)
	@touch $@

$(PAKET): pyproject.toml $(BEROENDEN)
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e . $(ELLER_FEL)
	@touch $@

FORCE:
