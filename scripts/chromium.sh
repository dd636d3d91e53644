#!/bin/sh
# Installs the distribution's Chromium for the browser tests where that is allowed; else they are skipped by name.
for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "No Chromium here: the browser tests will be skipped."
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if apt-get -q update >"$log" 2>&1 && apt-get -qy install --no-install-recommends chromium >>"$log" 2>&1 </dev/null; then
    echo "Installed $(chromium --version 2>/dev/null || echo Chromium)."
else
    tail -n 5 "$log"
    echo "Chromium could not be installed: the browser tests will be skipped."
fi
rm -f "$log"
