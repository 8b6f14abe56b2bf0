# The two commands of the README are `make drill` and `make test`. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: drill test rules rules-page style bench lock clean

drill: $(VENV)/drill.done
	$(BIN)/irp drill $(SCENARIO)

test: $(VENV)/test.done
	$(BIN)/python -m pytest -n auto

# Takes each command, gate, clock and fact out in turn: a test that cites its rule has to miss it.
rules: $(VENV)/test.done
	$(BIN)/python -m tools.rules

rules-page: $(VENV)/test.done
	$(BIN)/python -m tools.rules --page

style: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github

bench: $(VENV)/test.done
	$(BIN)/python -m benchmarks

# A hash-checked install: what is not in the lock is not installed.
$(VENV)/drill.done: requirements/drill.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "irp-actions needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/drill.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/drill.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

# Needs uv. Writes names, versions and hashes only: no address of any registry.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in --extra drill -o requirements/drill.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in --extra drill --group test --group style -o requirements/test.txt

clean:
	rm -rf $(VENV) build dist
