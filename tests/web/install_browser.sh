#!/bin/sh
# Installs Chromium with its driver, and Java for the checker of HTML, from Debian's packages when
# they are missing and that is allowed.
# Where it is not, the browser tests say so and skip; with ONRECORD_REQUIRE_BROWSER=1 they fail.
set -u
if command -v chromium >/dev/null && command -v chromedriver >/dev/null && command -v java >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "no Chromium or no Java, and no apt-get to install it with"
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "no Chromium or no Java, and no right to install it"
        exit 0
    fi
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
if ! { $as_root apt-get update -qq &&
    $as_root apt-get install -y -qq --no-install-recommends \
        chromium chromium-driver default-jre-headless; } >/dev/null; then
    echo "Chromium or Java could not be installed"
fi
exit 0
