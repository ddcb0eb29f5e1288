#!/bin/sh
# Installs Chromium and its driver from Debian's packages when they are missing and that is allowed.
# Where it is not, the browser tests say so and skip; with ONRECORD_REQUIRE_BROWSER=1 they fail.
set -u
if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "no Chromium, and no apt-get to install it with"
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "no Chromium, and no right to install it"
        exit 0
    fi
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
if ! { $as_root apt-get update -qq &&
    $as_root apt-get install -y -qq --no-install-recommends chromium chromium-driver; } >/dev/null; then
    echo "Chromium could not be installed"
fi
exit 0
