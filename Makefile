# What a person does twice. Each target sets up what it needs, and takes seconds when all is there.
# make letter PYTHON=/path/to/python3.12 chooses the interpreter of a new virtual environment.

SHELL := /bin/sh
export VENV ?= .venv
bin := $(VENV)/bin
LETTER ?= alibaba-2026/senate-banking
inputs := pyproject.toml constraints.txt tools/setup

.DEFAULT_GOAL := help
.PHONY: help letter test check bench docs constraints clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

letter: $(VENV)/.set-up-for-letter ## Build the specimen letter and say where it is (LETTER= for all)
	@$(bin)/reportgen build $(LETTER)

test: $(VENV)/.set-up-for-test ## Run every test (PYTEST="-m 'not slow'" chooses)
	@$(bin)/pytest -n auto --dist worksteal $(PYTEST)

check: $(VENV)/.set-up-for-test ## Look at style, types and the direction of imports
	@$(bin)/ruff check
	@$(bin)/ruff format --check
	@$(bin)/mypy
	@$(bin)/lint-imports --no-logo

bench: $(VENV)/.set-up-for-bench ## Measure, with the machine and the versions
	@$(bin)/python -m tests.benchmarks

docs: $(VENV)/.set-up-for-test ## Make again what docs/ and the schemas derive from the code
	@$(bin)/python tools/docs.py

constraints: $(VENV)/.set-up-for-test ## Take the newest versions of all packages into constraints.txt
	@$(bin)/python -m venv --clear .cache/newest
	@.cache/newest/bin/python -m pip install --quiet --editable '.[dev]'
	@grep '^#' constraints.txt > .cache/constraints.txt
	@.cache/newest/bin/python -m pip freeze --exclude-editable >> .cache/constraints.txt
	@mv .cache/constraints.txt constraints.txt

clean: ## Remove what can be made again: not the archive, not the virtual environment
	@rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	@find output -mindepth 1 -maxdepth 1 ! -name README.md ! -name archive -exec rm -rf {} +
	@find reportgen tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# What has been set up is remembered, until one of the files that say what to set up changes.
$(VENV)/.set-up-for-letter: $(inputs)
	@tools/setup letter
	@touch $@

$(VENV)/.set-up-for-test: $(inputs)
	@tools/setup test
	@touch $@ $(VENV)/.set-up-for-letter

# Typst is what builds are measured against; without it the other measures are still taken.
$(VENV)/.set-up-for-bench: $(VENV)/.set-up-for-test
	@echo 'set-up: installing Typst, to compare with' >&2
	@$(bin)/python -m pip install --quiet --editable '.[bench]' --constraint constraints.txt \
	  || echo 'set-up: Typst cannot be had; measuring without it' >&2
	@touch $@
