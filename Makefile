# The workshop. `make` alone says what can be done here; every target sets up what it needs.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
export PYTHON

bin := .venv/bin
# Where newsletters of real texts stand, outside the repository; the quality tier reads them.
export CORPUS ?=

.PHONY: help
help: ## say what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: site
site: ready-site ## build the newsletter into site/ and the digest into outbox/
	@$(bin)/yearround build
	@$(bin)/yearround digest
	@echo "Open site/index.html in a browser; the digest lies in outbox/ as .eml, .html and .txt."

.PHONY: serve
serve: ready-site ## show the newsletter in a browser, and again at every save
	@$(bin)/yearround serve

.PHONY: test
test: ready-dev ready-browser ## run the tests a fresh machine can run, in a real browser too
	@$(bin)/pytest

.PHONY: check
check: ready-dev ## check style, formatting, types and the house (who may import whom)
	@$(bin)/ruff check
	@$(bin)/ruff format --check
	@$(bin)/mypy
	@$(bin)/pytest tests/house

.PHONY: agree
agree: ready-dev ready-browser ## accept what is built now as the new golden files, and show what changed
	@YEARROUND_AGREE=1 $(bin)/pytest -k golden
	@git status --short -- 'tests/*golden*' tests/broken docs/problems.md
	@git --no-pager diff --stat -- 'tests/*golden*' tests/broken docs/problems.md
	@echo "Look at every difference (git diff -- 'tests/*golden*' tests/broken) before you commit it: the golden files are what we promise."

.PHONY: quality
quality: ready-dev ready-browser ## run what needs Debian, root or Node; CORPUS=DIR adds real texts from outside
	@if compgen -G 'tests/quality/test_*.py' >/dev/null; then $(bin)/pytest tests/quality; \
	else echo "tests/quality holds no tests yet: nothing was run."; fi

.PHONY: nightly
nightly: ready-dev ready-browser ## run the property tests at length (1,000 examples each), edit 1,000 times and kill 200 builds
	@HYPOTHESIS_PROFILE=nightly $(bin)/pytest -m hypothesis
	@HYPOTHESIS_PROFILE=nightly $(bin)/pytest tests/deliver/test_kills.py tests/journeys/test_kills.py tests/journeys/test_incremental.py tests/plan/test_suppression.py

.PHONY: bench
bench: ready-dev ## time builds of 10,000 stories beside Hugo and Pelican (installs them elsewhere; takes half an hour)
	@$(bin)/python -m tests.bench

.PHONY: shots
shots: ready-dev ready-browser ## take pictures of the built pages: those of the README, and contact sheets into shots/
	@$(bin)/python -m tests.shots

.PHONY: mail-shots
mail-shots: ready-dev ready-browser ## take pictures of the digest in Thunderbird and Chromium into shots/mail/ (needs Debian and root, or both installed)
	@$(bin)/python -m tests.mail_shots

.PHONY: components
components: ready-dev ## show every component of the theme in docs/components.html
	@$(bin)/python -m tests.components

.PHONY: vendor
vendor: ready-dev ## bring the front-end releases that docs/parts.md names, and verify those that are here (needs npm)
	@$(bin)/python scripts/vendor.py

# Pins that still fit stay as they are. Each lock is bound by those before it, so .venv never hears two opinions.
.PHONY: lock
lock: compile := $(bin)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
lock: ## write the lock files anew from pyproject.toml (delete them first to take newer releases)
	@[ -x $(bin)/uv ] || scripts/venv.sh dev
	@$(compile) pyproject.toml -o requirements.lock
	@$(compile) --group build -c requirements.lock -o requirements-build.lock
	@$(compile) pyproject.toml --group dev -c requirements.lock -c requirements-build.lock -o requirements-dev.lock

.PHONY: ready-site ready-dev ready-browser
ready-site ready-dev: ready-%:
	@scripts/venv.sh $*

# Before pytest, so that a browser being installed is seen and not taken for a test that hangs.
ready-browser: ready-dev
	@echo "Browser: $$($(bin)/python -m tests.browser)"
