# The environment in .venv, from requirements.lock, by uv or by plain pip; sourced by setup.sh.
# shellcheck shell=sh

make_environment() {
    stamp=.venv/.made-from
    if venv_runs && [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint)" ]; then return 0; fi
    rm -f "$stamp"
    uv_runs && with=uv || with=pip
    choose_python
    say "Making .venv from requirements.lock ($python, $with)" \
        "正在按 requirements.lock 创建 .venv（$python，$with）"
    if ! "make_with_$with"; then
        say "The environment could not be made: see above. Is a Python package index in reach?" \
            "虚拟环境创建失败，原因见上。请确认能够访问 Python 软件包索引。" >&2
        exit 1
    fi
    fingerprint >"$stamp"
}

# Nothing is done again while nothing has changed that the environment was made from.
fingerprint() {
    printf '%s %s\n' "$(pwd)" "$(cat requirements.lock setup.cfg pyproject.toml | cksum)"
}

# An environment of another Python than the one asked for is none.
venv_runs() {
    [ "$(real_python .venv/bin/python)" ] || return 1
    [ -z "${PYTHON:-}" ] || [ "$(installation .venv/bin/python)" = "$(installation "$PYTHON")" ]
}

installation() {
    "$1" -c 'import sys; print(sys.base_prefix, sys.version_info)' 2>/dev/null || true
}

uv_runs() {
    has uv && uv --version >/dev/null 2>&1
}

# Prints where a Python really is, if it runs and is new enough: a name on PATH may be a shim
# that leads nowhere.
real_python() {
    "$1" -c 'import sys
if sys.version_info >= (3, 11): print(getattr(sys, "_base_executable", sys.executable))' \
        2>/dev/null || true
}

find_python() {
    if [ "${PYTHON:-}" ]; then
        real_python "$PYTHON"
        return
    fi
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        python=$(real_python "$name")
        if [ "$python" ]; then break; fi
    done
    printf '%s' "$python"
}

choose_python() {
    python=$(find_python)
    if [ "$python" ] || [ "${PYTHON:-}" ]; then
        :
    elif [ "$with" = uv ]; then
        python=3.13 # which uv fetches
    elif has apt-get && ! has python3 && install_packages python3 python3-venv; then
        python=$(find_python)
    fi
    if [ "$python" ]; then return 0; fi
    {
        say "No Python 3.11 or newer was found. Install one and run this again:" \
            "没有找到 Python 3.11 或更新的版本。请安装后重新执行："
        say "    on Debian 12, Ubuntu 24.04 and newer:  sudo apt-get install -y python3 python3-venv" \
            "    Debian 12、Ubuntu 24.04 及更新系统：sudo apt-get install -y python3 python3-venv"
        say "    or name one that is elsewhere:  make setup PYTHON=/path/to/python3.12" \
            "    或指定其他位置的 Python：make setup PYTHON=/路径/python3.12"
    } >&2
    exit 1
}

make_with_uv() {
    { venv_runs || { rm -rf .venv && uv venv --quiet --python "$python" .venv; }; } &&
        uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock &&
        uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
}

make_with_pip() {
    if ! { venv_runs && venv_pip --version >/dev/null 2>&1; }; then
        need_venv_module
        rm -rf .venv && "$python" -m venv .venv || return 1
    fi
    venv_pip install --quiet --require-hashes -r requirements.lock &&
        venv_pip install --quiet --no-deps --no-build-isolation -e .
}

venv_pip() {
    .venv/bin/python -m pip --disable-pip-version-check "$@"
}

# Debian keeps the part of Python that makes environments in a package of its own.
need_venv_module() {
    if has_venv_module; then return 0; fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if has apt-get && install_packages "python$version-venv" && has_venv_module; then return 0; fi
    say "$python cannot make environments: its venv module is missing. Install that, or uv." \
        "$python 缺少 venv 模块，无法创建虚拟环境。请安装该模块或 uv。" >&2
    exit 1
}

has_venv_module() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}
