# The commands of this project; each makes what it needs. `exec` lets a signal to make reach the program itself.
.PHONY: demo test check bench run-layer test-layer

FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
PYTHON ?= $(shell for python in python3.12 python3.11 python3 python; do \
	command -v $$python >/dev/null && $$python -c "$(FITS)" 2>/dev/null && echo $$python && break; done)
IN_VENV := .venv/bin/python
RANDOM_KEY = $$(head -c 48 /dev/urandom | base64 -w 0)
INSTALLATION = DATABASE_URL=postgresql://culture_app@localhost/culture REDIS_URL=redis://localhost:6379/0 \
	ALLOWED_HOSTS=culture.example SECRET_KEY=$(RANDOM_KEY) FIELD_KEYS=1:$(RANDOM_KEY) API_KEY_PEPPERS=1:$(RANDOM_KEY)

demo: run-layer
	@exec $(IN_VENV) manage.py demo --end-with-parent

test: test-layer
	@exec $(IN_VENV) -m pytest -n 2 --dist worksteal $(ARGS)

check: test-layer
	@exec $(IN_VENV) -m ruff check .
	@exec $(IN_VENV) -m ruff format --check .
	@exec $(IN_VENV) -m mypy
	@exec $(IN_VENV) -c "from importlinter.cli import lint_imports_command as lint; lint()"
	@exec $(IN_VENV) manage.py makemigrations --check --dry-run
	@exec $(IN_VENV) manage.py collect_messages --check
	@exec env $(INSTALLATION) $(IN_VENV) manage.py check --deploy --fail-level WARNING

bench: test-layer
	@exec $(IN_VENV) -m benchmarks

run-layer test-layer: %-layer:
	@test -n "$(PYTHON)" || { echo "Not started: no Python 3.11 or 3.12 with venv was found; install one, or name it: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@exec $(PYTHON) requirements/install.py $*
