# The two commands of the README are `make drill` and `make test`. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: drill test act gh conformance conformance-data oracle rules rules-page style bench lock clean

# Ends with a sentence where a program is missing: `$(call needs,program,what it is for)`.
needs = @command -v $(1) > /dev/null || { echo "$(2), and there is no $(1) on the PATH"; exit 1; }

drill: $(VENV)/drill.done
	$(BIN)/irp drill $(SCENARIO)

test: $(VENV)/test.done
	$(BIN)/python -m pytest -n auto $(FLAGS) $(TESTS)

# Every test, with the checks for which something has to be fetched, and a table of what was held against what.
FETCHED := $(addprefix $(VENV)/,clients.done fuzz.done) \
	$(addprefix build/conformance/,recordings.done fixtures.done octokit.done oracle.done emulate.done bin/act)
conformance: gh $(FETCHED)
	$(MAKE) test FLAGS=--conformance

# Nothing here fetches it: it is said before minutes of fetching and testing.
gh:
	$(call needs,gh,GitHub's command line (Debian: apt-get install gh) is one of the clients that are tried)

# Needs npm. The packages are named with their versions in tools/conformance/stamps.py.
conformance-data: $(VENV)/test.done build/conformance/recordings.done
	$(call needs,npm,what GitHub describes itself by is fetched with npm)
	cd build/conformance && npm pack --silent @octokit/openapi@23.0.2 @octokit/graphql-schema@15.26.1 @octokit/webhooks-examples@7.6.1
	$(BIN)/python -m tools.conformance build/conformance

# Needs Node 20 and npm. Asks GitHub's own packages what our workflow files and some thousand expressions mean.
oracle: $(VENV)/test.done build/conformance/oracle.done
	$(call needs,node,GitHub's packages run in Node 20)
	$(BIN)/python -m tools.oracle

# Needs npm. A folder under build/conformance with what is in a lock, which holds hashes and no addresses; nothing of the
# packages runs while they are installed.
define installed
build/conformance/$(1).done: $(2)/package.json $(2)/package-lock.json
	$(call needs,npm,what $(2)/package.json names is installed with npm)
	mkdir -p build/conformance/$(1)
	cp $$^ build/conformance/$(1)
	cd build/conformance/$(1) && npm ci --silent --ignore-scripts --no-audit --no-fund
	touch $$@
endef

# GitHub's own reader of workflow files; scenarios that its client libraries are tested with, of which nothing is run; one
# of these libraries; and another stand-in, which is Apache-2.0.
$(eval $(call installed,oracle,tools/oracle))
$(eval $(call installed,fixtures,tests/conformance/recorded))
$(eval $(call installed,octokit,tests/conformance/clients/octokit))
$(eval $(call installed,emulate,tests/conformance/emulate))

# Recorded traffic with the real GitHub. It is LGPL, and read where it is.
build/conformance/recordings.done: requirements/recordings.txt $(VENV)/test.done
	mkdir -p build/conformance
	rm -f build/conformance/pygithub-*
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes -r requirements/recordings.txt -d build/conformance
	touch $@

# A workflow runner that we did not write, for the checks and for `irp drill --runner act`. Needs Go, and no Docker.
act: build/conformance/bin/act $(VENV)/drill.done

build/conformance/bin/act: tools/act/go.mod tools/act/go.sum
	$(call needs,go,nektos/act is built with Go)
	cd tools/act && GOBIN=$(CURDIR)/build/conformance/bin go install -mod=readonly github.com/nektos/act
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

$(VENV)/clients.done: requirements/clients.txt $(VENV)/test.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/clients.txt
	touch $@

$(VENV)/fuzz.done: requirements/fuzz.txt $(VENV)/test.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	touch $@

# Needs uv. Writes names, versions and hashes only: no address of any registry.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in --extra drill -o requirements/drill.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in --extra drill --group test --group style -o requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras --constraint requirements/test.txt --group clients -o requirements/clients.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --constraint requirements/test.txt --group fuzz -o requirements/fuzz.txt

clean:
	rm -rf $(VENV) build dist
