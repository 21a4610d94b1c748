#!/bin/sh
# Installs Gazette from this folder without a network, and builds the empty city that lies in content/.
# 在没有网络的机器上安装本程序，并生成 content/ 中的空白网站。
# Needed are Linux on x86-64 and Python 3.11; and Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b
# libharfbuzz-subset0) for the PDF documents. 需要 Linux（x86-64）和 Python 3.11；生成 PDF 还需要 Pango。
set -eu
cd "$(dirname "$0")"
fail() { echo "gazette: $1" >&2; exit 1; }

[ "$(uname -sm)" = "Linux x86_64" ] || fail "this kit is for Linux on x86-64. 本安装包只适用于 Linux（x86-64）。"
python=
for name in python3.11 python3; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
[ -n "$python" ] || fail "this kit needs Python 3.11. 本安装包需要 Python 3.11。"
sha256sum --quiet --check kit.sha256 || fail "a file is not as it was packed: copy the archive again. 有文件已损坏：请重新复制安装包。"

# pip runs from its own wheel: the machine needs none
rm -rf .venv
"$python" -m venv --without-pip .venv
set -- wheels/pip-*.whl
for lock in tools/locks/pip.lock requirements.lock requirements-sign.lock requirements-office.lock requirements-publish.lock; do
  .venv/bin/python "$1/pip" install --quiet --disable-pip-version-check --no-index --find-links wheels \
    --only-binary :all: --require-hashes -r "$lock" || fail "$lock could not be installed. 无法安装 $lock 中的软件包。"
done
.venv/bin/python build.py --version

if .venv/bin/python -c 'import ctypes; [ctypes.CDLL(n) for n in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0")]' 2>/dev/null; then
  .venv/bin/python build.py
else
  echo "gazette: Pango is missing, so that no PDF documents can be made. 缺少 Pango，暂不能生成 PDF。" >&2
  .venv/bin/python build.py --no-pdf
fi
echo "Open output/index.html; what to write is in docs/editing.md. 请打开 output/index.html；编写方法见 docs/editing.zh.md。"
