#!/bin/sh
# Makes kit/gazette-kit.tar.gz: the program, its packages and an empty city, to install on a machine without a network
# (Linux on x86-64 with Python 3.11). It has to be made on such a machine, with a network and a clean clone.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -c 'import platform, sys; sys.exit((sys.version_info[:2], platform.system(), platform.machine()) != ((3, 11), "Linux", "x86_64"))' \
  || { echo "gazette: the kit is made with Python 3.11 under Linux on x86-64. 请在 Linux（x86-64）上用 Python 3.11 制作安装包。" >&2; exit 1; }
rm -rf kit
mkdir -p kit/gazette-kit/wheels
# what is in Git, and nothing that lies about beside it
git archive HEAD build.py gazette templates docs examples tools/locks/pip.lock README.md README.zh.md CHANGELOG.md LICENSE \
  requirements.lock requirements-sign.lock requirements-office.lock requirements-publish.lock | tar -x -C kit/gazette-kit
git archive HEAD content/words.yaml | tar -x -C kit/gazette-kit
for lock in tools/locks/pip.lock requirements.lock requirements-sign.lock requirements-office.lock requirements-publish.lock; do
  .venv/bin/python -m pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
    --dest kit/gazette-kit/wheels -r "$lock"
done
# the city to begin with, its words as a file of its own
cp -rL kit/gazette-kit/examples/empty/content kit/city
rm -rf kit/gazette-kit/content kit/gazette-kit/examples/empty
mv kit/city kit/gazette-kit/content
rm kit/gazette-kit/examples/linjiang/content/words.yaml
cp kit/gazette-kit/content/words.yaml kit/gazette-kit/examples/linjiang/content/words.yaml
cp tools/install.sh kit/gazette-kit/install.sh
(cd kit/gazette-kit && find . -type f ! -name kit.sha256 -exec sha256sum {} + | LC_ALL=C sort -k2 > kit.sha256)
tar -C kit --sort=name --owner=0 --group=0 --numeric-owner -czf kit/gazette-kit.tar.gz gazette-kit
rm -rf kit/gazette-kit
echo "kit/gazette-kit.tar.gz ($(du -h kit/gazette-kit.tar.gz | cut -f1))"
