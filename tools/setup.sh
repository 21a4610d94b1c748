#!/bin/sh
# Makes .venv with the locked packages, and the system packages where it may: setup.sh site|test|sign|office|publish
# It says in one line what is missing where it cannot install it.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-site}

missing() { echo "gazette: $1" >&2; exit 1; }
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
install_system() {
  if [ ! -e .cache/apt-updated ]; then
    mkdir -p .cache
    apt-get update -qq && : > .cache/apt-updated
  fi
  # nothing that is installed here is to be started as a service of the machine (servers, mostly)
  no_services=
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    no_services=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' > "$no_services" && chmod +x "$no_services"
  fi
  installed=0
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || installed=1
  [ -z "$no_services" ] || rm -f "$no_services"
  return "$installed"
}
listed() { sed -n "s/^$1: //p" tools/packages.txt; }

# Python 3.11 or later, with venv
python=
for name in python3 python3.13 python3.12 python3.11; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  may_install || missing "Python 3.11 or later is needed. 需要 Python 3.11 或更高版本。"
  install_system python3 python3-venv
  python=python3
fi
if [ ! -x .venv/bin/python ]; then
  if ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    may_install || missing "Python's venv module is needed (Debian: apt install python3-venv). 需要 Python 的 venv 模块。"
    install_system python3-venv
    "$python" -m venv .venv
  fi
fi

# Python packages, exactly the locked ones, and none that would have to be built: what builds a package is not locked
install() {
  stamp=.venv/installed-$(basename "$1")
  cmp -s "$1" "$stamp" && return
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r "$1" \
    || missing "the Python packages of $1 could not be installed, or one is not to be had ready-made (as a wheel) for this system and Python. 无法安装 $1 中的 Python 软件包，或其中某个没有适用于本系统和 Python 版本的现成安装包（wheel）。"
  cp "$1" "$stamp"
}
lock=requirements.lock
[ "$purpose" = test ] && lock=requirements-dev.lock
[ "$purpose" = sign ] && lock=requirements-sign.lock
[ "$purpose" = office ] && lock=requirements-office.lock
[ "$purpose" = publish ] && lock=requirements-publish.lock
install tools/locks/pip.lock
# Python 3.11 brings along an old setuptools, with known holes; nothing here needs one
if [ -n "$(find .venv/lib -maxdepth 3 -name 'setuptools-*.dist-info' 2>/dev/null)" ]; then
  .venv/bin/python -m pip uninstall --quiet --yes setuptools
fi
install "$lock"

# Pango, which sets the type of the bulletins
if ! .venv/bin/python -c 'import ctypes; [ctypes.CDLL(n) for n in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0")]' 2>/dev/null; then
  case $(uname) in
    Darwin) missing "Pango is needed: brew install pango. 需要 Pango。" ;;
  esac
  # shellcheck disable=SC2046
  may_install && install_system $(listed site) \
    || missing "Pango is needed (Debian: apt install $(listed site)). 需要 Pango。"
fi

# What the tests use beside it: a browser, OpenSSL, LibreOffice's spreadsheets, a server for SSH, and Java (17 or later,
# with its compiler) for the validator of the bulletins
tested() {
  # shellcheck disable=SC2046
  if may_install; then install_system $(listed "$1"); else
    echo "gazette: the tests $2 will be skipped: $(listed "$1") is not installed" >&2
  fi
}
if [ "$purpose" = test ]; then
  command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || tested test "of the pages in a browser"
  command -v openssl >/dev/null 2>&1 || tested signature "of signatures by another tool"
  command -v soffice >/dev/null 2>&1 || tested office "of workbooks that another program saved"
  { command -v rsync && command -v busybox && PATH=$PATH:/usr/sbin command -v sshd; } >/dev/null 2>&1 || tested servers "of publishing to a server"
  { PATH=$PATH:/usr/sbin command -v nginx && PATH=$PATH:/usr/sbin command -v apache2 && command -v faketime; } >/dev/null 2>&1 \
    || tested webservers "of what web servers need, and of the operations guide"
  command -v javac >/dev/null 2>&1 || tested validator "of the bulletins against PDF/UA and PDF/A"
  # axe, the Nu checker and Lighthouse, exactly the locked ones
  command -v npm >/dev/null 2>&1 || tested judges "of accessibility and of the HTML"
  if command -v npm >/dev/null 2>&1 && ! cmp -s tools/judges/package-lock.json .cache/judges/installed; then
    mkdir -p .cache/judges
    cp tools/judges/package.json tools/judges/package-lock.json .cache/judges/
    (cd .cache/judges && npm ci --silent --ignore-scripts --no-audit --no-fund) \
      || missing "the packages of tools/judges could not be installed. 无法安装 tools/judges 中的软件包。"
    cp tools/judges/package-lock.json .cache/judges/installed
  fi
fi
