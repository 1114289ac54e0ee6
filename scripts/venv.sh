#!/usr/bin/env bash
# Sees that .venv holds what the lock files say: `scripts/venv.sh site` to build, `scripts/venv.sh dev` to test too.
# Does nothing when it does already. The stamp is a digest of the files, not their times: a branch that changes
# a lock file, a restored backup and a moved folder are all noticed.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
want=${1:?say which: site or dev}

digest() { { cat pyproject.toml "$@"; pwd -P; } | cksum; }
site=$(digest requirements.lock requirements-build.lock)
dev=$(digest requirements-dev.lock)

works() { .venv/bin/python -c '' 2>/dev/null && grep -qF "$(pwd -P)/.venv" .venv/pyvenv.cfg; }
if works && [ "$(cat ".venv/.ready-$want" 2>/dev/null)" = "${!want}" ]; then exit 0; fi

give_up() { echo >&2; printf '%s\n' "$@" >&2; exit 1; }

if ! works; then
    command -v "$python" >/dev/null ||
        give_up "There is no '$python' here. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "Yearround needs Python 3.11 or newer; '$python' is $("$python" -V 2>&1)." \
            "If a newer one is installed, name it: make PYTHON=python3.12"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        give_up "'$python' cannot make virtual environments: its module venv or ensurepip is missing." \
            "On Debian and Ubuntu: apt install python3-venv"
    echo "Making .venv with $("$python" -V) ..."
    "$python" -m venv --clear .venv
fi

pip() {
    .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input "$@" ||
        give_up "The parts could not be installed into .venv: pip says why above." \
            "If the network is missing, connect and run the same command again; what is done stays done." \
            "If a checksum differs, do not go on: the part is not the one that was locked."
}
rm -f .venv/.ready-*
if [ "$want" = dev ]; then locks=(requirements-dev.lock); else locks=(requirements.lock requirements-build.lock); fi
for lock in "${locks[@]}"; do
    echo "Installing what $lock says into .venv ..."
    pip install --require-hashes -r "$lock"
done
pip install --no-deps --no-build-isolation --editable .
# What develops can build as well: the dev lock holds the other two.
printf '%s\n' "$site" >.venv/.ready-site
if [ "$want" = dev ]; then printf '%s\n' "$dev" >.venv/.ready-dev; fi
