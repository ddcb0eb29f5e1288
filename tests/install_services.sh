#!/bin/sh
# Installs what tests need beside Python from Debian's packages, when it is missing and that is
# allowed: Chromium with its driver, Java for the checker of HTML, PostgreSQL for records on a server.
# Where it is not, the tests that need it say so and skip; with ONRECORD_REQUIRE_SERVICES=1 they fail.
set -u
wanted=""
for command in chromium chromedriver java; do
    command -v $command >/dev/null || wanted="chromium chromium-driver default-jre-headless"
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
if [ -z "$wanted" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "not there, and no apt-get to install it with: $wanted"
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "not there, and no right to install it: $wanted"
        exit 0
    fi
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # several packages
if ! { $as_root apt-get update -qq &&
    $as_root apt-get install -y -qq --no-install-recommends $wanted; } >/dev/null; then
    echo "could not be installed: $wanted"
fi
exit 0
