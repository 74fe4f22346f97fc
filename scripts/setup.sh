#!/bin/sh
# What running and testing share: system packages, a Python, the environment in .venv.
#
#   sh scripts/setup.sh          what running needs
#   sh scripts/setup.sh tests    what the tests need on top
#
# Says what it does, asks nothing, does nothing twice.  PYTHON=PATH names the Python to use.
set -eu
cd "$(dirname "$0")/.."

case "${LC_ALL:-${LC_MESSAGES:-${LANGUAGE:-${LANG:-}}}}" in
    zh*) chinese=yes ;;
    *) chinese= ;;
esac

say() { # English, Chinese
    if [ "$chinese" ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# shellcheck source=scripts/system_packages.sh
. scripts/system_packages.sh
# shellcheck source=scripts/environment.sh
. scripts/environment.sh

want_packages \
    "PDFs cannot be printed, or lack Chinese letters; checking needs none of this." \
    "暂时不能打印 PDF，或缺少中文字体；检查材料不受影响。" \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fonts-noto-cjk
if [ "${1:-}" = tests ]; then
    want_packages "tests that compare with these tools are skipped." "需要这些工具的测试将跳过。" \
        poppler-utils jpeginfo pngcheck
fi
make_environment
say "Ready: .venv/bin/correctionkit" "就绪：.venv/bin/correctionkit"
