# The two commands of the README are `make drill` and `make test`. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: drill test conformance conformance-data rules rules-page style bench lock clean

drill: $(VENV)/drill.done
	$(BIN)/irp drill $(SCENARIO)

test: $(VENV)/test.done
	$(BIN)/python -m pytest -n auto $(FLAGS) $(TESTS)

# Every test, with the checks for which something has to be fetched, and a table of what was held against what.
conformance: $(VENV)/test.done build/conformance/recordings.done
	$(MAKE) test FLAGS=--conformance

# Needs npm. The packages are named with their versions in tools/conformance/stamps.py.
conformance-data: $(VENV)/test.done build/conformance/recordings.done
	cd build/conformance && npm pack --silent @octokit/openapi@23.0.2 @octokit/graphql-schema@15.26.1 @octokit/webhooks-examples@7.6.1
	$(BIN)/python -m tools.conformance build/conformance

# Recorded traffic with the real GitHub. It is LGPL, and read where it is.
build/conformance/recordings.done: requirements/recordings.txt $(VENV)/test.done
	mkdir -p build/conformance
	rm -f build/conformance/pygithub-*
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes -r requirements/recordings.txt -d build/conformance
	touch $@

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
