# `make run` and `make test` need Python 3.11 or later with venv. uv is used when it is there, never required.

PYTHON ?= python3
ARGS ?=
VENV := .venv
# Named after where this folder is, so that a moved checkout is installed anew.
PLACE := $(shell pwd | cksum | cut -d' ' -f1)
RUN := $(VENV)/.run-$(PLACE)
DEV := $(VENV)/.dev-$(PLACE)
HAVE_UV := $(shell command -v uv 2>/dev/null)

ifneq ($(HAVE_UV),)
CREATE = uv venv --quiet --clear --python '>=3.11' $(VENV)
INSTALL = uv pip install --quiet --python $(VENV)
else
CREATE = $(PYTHON) -m venv --clear $(VENV)
INSTALL = $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check
endif

# Pictures are in all colours, whatever terminal they are made in.
IN_COLOUR = env -u NO_COLOR -u TEXTUAL_THEME TERM=xterm-256color COLORTERM=truecolor

# What is drawn, measured and broken is the program as it comes, without anybody's own settings.
screenshot moving faults bench bench-learning bench-examples samples-table test-extras: export CHARRNN_SETTINGS =

.PHONY: samples samples-table faults run build test test-browser test-extras test-lowest lint types format screenshot moving bench bench-learning bench-examples bench-peers clean

run: $(RUN)
	@$(VENV)/bin/charrnn-tui $(ARGS)

test: $(DEV)
	@$(VENV)/bin/python -P -m pytest --numprocesses=auto $(ARGS)

# The program in a real browser, with the network closed.
test-browser: $(DEV)
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then \
	  $(VENV)/bin/python -P -m pytest -p no:cacheprovider --override-ini=addopts=--import-mode=prepend tests/browser $(ARGS); \
	else echo "make test-browser needs Debian's packages chromium and chromium-driver: apt-get install chromium chromium-driver" >&2; exit 1; fi

# Each extra alone, in an environment of its own: ARGS names some of them.
test-extras:
	@$(PYTHON) tests/extras.py $(ARGS)

# The source archive, and a wheel made of it, in dist/.
build: $(DEV)
	@rm -rf dist build
ifneq ($(HAVE_UV),)
	@uv build --quiet
else
	@$(INSTALL) build
	@$(VENV)/bin/python -m build --outdir dist . > /dev/null
endif
	@ls dist

# The same tests with the oldest versions that pyproject.toml allows.
test-lowest:
	@$(PYTHON) -m venv --clear .venv-lowest
	@sed -n '/^dependencies/,/^]/s/^ *"\([a-z]*\)>=\([0-9.]*\)",$$/\1==\2/p' pyproject.toml > .venv-lowest/lowest.txt
	@.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --constraint .venv-lowest/lowest.txt --editable '.[dev]'
	@.venv-lowest/bin/python -P -m pytest --numprocesses=auto $(ARGS)

lint: $(DEV)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: $(DEV)
	@$(VENV)/bin/mypy .types/charrnn

format: $(DEV)
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

screenshot: $(DEV)
	@$(IN_COLOUR) $(VENV)/bin/python -P tests/screenshot.py docs

# The README's moving picture: ten seconds of a real run, drawn by tests/moving.py without a screen (docs/learning.svg).
moving: $(DEV)
	@$(IN_COLOUR) $(VENV)/bin/python tests/moving.py docs

# Many times each, for minutes: kills, disks, mutated files, keys.
faults: $(DEV)
	@failed=0; for fault in kills disks files keys; do echo "$$fault:"; \
	  $(VENV)/bin/python tests/faults/$$fault.py || failed=1; done; exit $$failed

# Peers are measured where they are installed: make bench-peers gets PyTorch, JAX and numba.
bench: $(DEV)
	@$(VENV)/bin/python tests/benchmarks/step.py $(ARGS)
	@echo; $(VENV)/bin/python tests/benchmarks/cells.py
	@echo; $(VENV)/bin/python tests/benchmarks/screen.py
	@echo; $(VENV)/bin/python tests/benchmarks/watchers.py
	@echo; $(VENV)/bin/python -P tests/benchmarks/views.py
	@echo; $(VENV)/bin/python tests/benchmarks/growth.py
	@echo; $(VENV)/bin/python tests/benchmarks/visitors.py

# What a minute teaches: ARGS names a text. With PyTorch (make bench-peers) it takes ten minutes.
bench-learning: $(DEV)
	@$(VENV)/bin/python tests/benchmarks/learning.py $(ARGS)

# What is right of the built-in examples: half an hour.
bench-examples: $(DEV)
	@$(VENV)/bin/python tests/benchmarks/examples.py $(ARGS)
	@echo; $(VENV)/bin/python tests/benchmarks/example_experiments.py

# The texts that are made by a rule; and what networks make of all of them (some minutes).
samples: $(DEV)
	@$(VENV)/bin/python -P samples/make.py

samples-table: $(DEV)
	@$(VENV)/bin/python tests/benchmarks/samples.py

bench-peers: $(DEV)
	@$(INSTALL) --editable '.[bench]'

clean:
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(RUN): pyproject.toml
	@if [ -z "$(HAVE_UV)" ]; then $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "charrnn-tui needs Python 3.11 or later: try make PYTHON=python3.12, or install uv" >&2; exit 1; }; fi
	@echo "Setting up $(VENV) (once)"
	@$(CREATE)
	@$(INSTALL) --editable .
	@touch $@

$(DEV): $(RUN)
	@echo "Installing what the tests need (once)"
	@$(INSTALL) --editable '.[dev]'
	@touch $@
