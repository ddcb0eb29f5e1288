# Everything starts here: `make demo`, `make test`, `make check`, `make serve`.
# Needs Python 3.11 to 3.13, git and make; uv is used when it is there.

VENV ?= .venv
BIN := $(VENV)/bin
RECORD ?= demo.db
UV := $(shell command -v uv 2>/dev/null)
# The first Python of a version that the project runs on.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
export OMP_NUM_THREADS ?= 1

ifneq ($(UV),)
NEW_VENV = $(UV) venv --quiet --python "$(PYTHON)" $(VENV)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
NEW_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: demo test check serve format lock clean services

demo: $(VENV)/.run
	$(BIN)/onrecord demo

serve: $(VENV)/.run
	test -f $(RECORD) || $(BIN)/onrecord demo
	$(BIN)/onrecord serve $(RECORD)

test: $(VENV)/.dev services
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check src tests benchmarks training fuzzing
	$(BIN)/ruff check src tests benchmarks training fuzzing
	$(BIN)/mypy
	$(BIN)/python -m onrecord.evaluate.floors

format: $(VENV)/.dev
	$(BIN)/ruff format src tests benchmarks training fuzzing
	$(BIN)/ruff check --fix src tests benchmarks training fuzzing

# Pages are tested in real Chromium, records on a real server of PostgreSQL; where these can't be
# installed, the tests that need them say so and skip.
services:
	@sh tests/install_services.sh

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra test --extra check --universal --python-version 3.11 --no-header --no-annotate -q -o requirements-dev.lock

$(VENV)/.run: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "OnRecord needs Python 3.11, 3.12 or 3.13"; exit 1; }
	test -x $(BIN)/python || $(NEW_VENV)
	$(INSTALL) -r requirements.lock
	$(INSTALL) --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(INSTALL) -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
