# System packages on Debian and its kin; sourced by setup.sh.  Elsewhere nothing is touched.
# shellcheck shell=sh

# For what was asked for, these can be done without: says what will be lacking, and goes on.
want_packages() { # English loss, Chinese loss, package…
    loss_en=$1 loss_zh=$2
    shift 2
    if ! { has dpkg-query && has apt-get; }; then return 0; fi
    missing=
    for package in "$@"; do
        is_there "$package" || missing="$missing $package"
    done
    if [ "$missing" ]; then
        # shellcheck disable=SC2086 # a list of package names
        install_packages $missing || say "Going on: $loss_en" "继续：$loss_zh"
    fi
}

is_there() {
    case "$1" in
        # Any Chinese face will do, wherever it came from.
        fonts-*) [ "$(fc-list :lang=zh-cn family 2>/dev/null)" ] && return 0 ;;
    esac
    case "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null)" in
        *' installed') return 0 ;;
        *) return 1 ;;
    esac
}

# Installs, or says why not and which command an administrator can run.
install_packages() {
    if ! may_install; then
        say "Missing system packages, and no right to install them here. An administrator can run:" \
            "缺少系统软件包，而当前用户无权安装。请管理员执行："
        printf '    sudo apt-get install -y --no-install-recommends %s\n' "$*"
        return 1
    fi
    say "Installing system packages: $*" "正在安装系统软件包：$*"
    said=$(mktemp)
    if apt_get update && apt_get install --no-install-recommends "$@"; then
        rm -f "$said"
        return 0
    fi
    tail -n 5 "$said"
    rm -f "$said"
    say "apt-get refused: see above. Once that is mended, an administrator can run:" \
        "apt-get 未能安装，原因见上。排除后请管理员执行："
    printf '    sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "$*"
    return 1
}

may_install() {
    [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }
}

apt_get() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@"
    if [ "$(id -u)" != 0 ]; then set -- sudo -n "$@"; fi
    "$@" </dev/null >>"$said" 2>&1
}
