# Two commands do all the set-up: `make chat` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help install cluster chat test check audit format lock sample bench

help:
	@echo "make chat     talk to the bot in your browser (no token, account or network)"
	@echo "make test     run all tests"
	@echo "make cluster  install what a deployment on more than one machine needs besides"
	@echo "make check    format, lint, types, import contracts, unused and missing packages"
	@echo "make audit    known vulnerabilities of what it runs on (asks an advisory database)"
	@echo "make format   rewrite the code in the house format"
	@echo "make lock     write requirements/*.txt anew from pyproject.toml (needs uv)"
	@echo "make sample   write the sample client list anew"
	@echo "make bench    measure speed and memory, side by side with others: one table"

.venv/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed; this is ' + sys.version.split()[0] + '. Try: make PYTHON=python3.11 $(MAKECMDGOALS)' if sys.version_info < (3, 11) else 0)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Klantkompas needs; the first time this takes a minute or two."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

.venv/cluster.stamp: .venv/run.stamp requirements/cluster.txt
	@$(PIP) install --require-hashes -r requirements/cluster.txt
	@touch $@

install: .venv/run.stamp

cluster: .venv/cluster.stamp

chat: install
	@$(BIN)/klantkompas chat

# Dozens of tests start the bot: it is compiled once, also where one asked Python to keep nothing.
test: .venv/dev.stamp
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: .venv/dev.stamp
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry --no-ansi .

audit: .venv/dev.stamp
	@$(BIN)/python scripts/check_vulnerabilities.py

format: .venv/dev.stamp
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --group build pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --extra cluster -c requirements/run.txt pyproject.toml -o requirements/cluster.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --extra cluster --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

sample: install
	@$(BIN)/python scripts/make_sample.py

bench: .venv/dev.stamp
	@for script in answers uploads memory large_file cluster; do \
		$(BIN)/python benchmarks/bench_$$script.py > /dev/null || exit 1; done
	@$(BIN)/python benchmarks/measured.py
