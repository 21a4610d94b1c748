#!/bin/sh
# Writes the lock files (requirements*.lock) from pyproject.toml, with hashes and without the index's address.
set -eu
cd "$(dirname "$0")/.."
python3 -m venv .cache/lock
.cache/lock/bin/python -m pip install --quiet uv
compile() {
  .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url "$@"
}
compile pyproject.toml -o requirements.lock
compile --extra sign -c requirements.lock pyproject.toml -o requirements-sign.lock
compile --extra dev --extra cluster --extra sign -c requirements-sign.lock -c requirements.lock pyproject.toml -o requirements-dev.lock
