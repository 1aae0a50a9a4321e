#!/bin/sh
# Finds a headless browser for the page tests and prints its path; installs one where that is possible.
#
# Looks for $BROWSER_PATH, then for the usual names of Chromium and its relatives. If there is none and this is root on a
# system with apt-get, installs one, and a font with Chinese characters if no such font is there. Otherwise says what to
# install. Prints nothing if no browser could be had: the page tests are then skipped, but under CI it is an error.
set -u

say() { printf '%s\n' "$*" >&2; }

starts() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1 </dev/null; }

find_browser() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable chrome; do
        path=$(command -v "$name") && starts "$path" && printf '%s\n' "$path" && return 0
    done
    return 1
}

has_chinese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install() {
    say "Installing $* …"
    { DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
        DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$@"; } >&2 </dev/null
}

if [ -n "${BROWSER_PATH:-}" ]; then
    starts "$BROWSER_PATH" && printf '%s\n' "$BROWSER_PATH" && exit 0
    say "BROWSER_PATH is set to '$BROWSER_PATH', which does not start. Correct it or unset it."
    exit 1
fi

missing=""
browser=$(find_browser) || missing="chromium-headless-shell"
has_chinese_font || missing="$missing fonts-noto-cjk fontconfig"

if [ -n "$missing" ] && may_install; then
    # shellcheck disable=SC2086 # package names are separate words
    install $missing || say "The installation failed."
    browser=$(find_browser)
fi

if ! has_chinese_font; then
    say "No font with Chinese characters was found; on Debian: apt-get install fonts-noto-cjk fontconfig"
fi
if [ -z "$browser" ]; then
    say "No headless browser was found. Install one, e.g. on Debian as root:"
    say "    apt-get update && apt-get install chromium-headless-shell fonts-noto-cjk"
    say "or install Chromium or Chrome and name its program: BROWSER_PATH=… make test"
    if [ -n "${CI:-}" ]; then exit 1; fi
    say "The page tests that need one are skipped."
    exit 0
fi
printf '%s\n' "$browser"
