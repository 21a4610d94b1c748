#!/bin/sh
# Writes requirements.lock and requirements-dev.lock from pyproject.toml, with hashes and without the index's address.
set -eu
cd "$(dirname "$0")/.."
python3 -m venv .cache/lock
.cache/lock/bin/python -m pip install --quiet uv
compile() {
  .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url "$@"
}
compile pyproject.toml -o requirements.lock
compile --extra dev --extra cluster -c requirements.lock pyproject.toml -o requirements-dev.lock
