"""Node and npm as scripts that leave the traces of the real ones within milliseconds."""

from pathlib import Path

from api.bundle import Frontend

# `npm ci` replaces node_modules as a whole; What a test puts beside it makes it fail or slow.
_NPM = """#!/bin/sh
echo "npm $*" >>calls
[ -e fail-npm ] && { echo 'npm error network unreachable'; exit 1; }
rm -rf node_modules && mkdir node_modules
[ -e slow-npm ] && sleep "$(cat slow-npm)"
: >node_modules/installed
"""
_NODE = """#!/bin/sh
case $1 in --version) echo "${NODE_SAYS:-v20.19.0}"; exit ;; esac
echo "node $*" >>calls
while [ $# -gt 0 ]; do
    [ "$1" = --outDir ] && out=$2
    shift
done
mkdir -p "$out/assets" && echo half >"$out/assets/index.js"
[ -e slow-build ] && sleep "$(cat slow-build)"
[ -e fail-build ] && { echo 'src/main.ts: syntax error'; exit 1; }
cat src/main.ts >"$out/assets/index.js" && cp index.html "$out/"
env >env
"""


def make_tools(folder: Path) -> Path:
    """A folder for PATH with both."""
    folder.mkdir()
    for name, text in (("npm", _NPM), ("node", _NODE)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def make_frontend(root: Path) -> Frontend:
    """A checkout with just enough of a page in it."""
    frontend = Frontend(root)
    for name, text in {
        "frontend/src/main.ts": "one",
        "frontend/index.html": "<!--head-->",
        "frontend/package.json": "{}",
        "frontend/package-lock.json": "{}",
        "frontend/requirements-node.lock": "nothing-there==1 --hash=sha256:" + "0" * 64,
        "frontend/openapi.json": "{}",
        "api/places/data/regions.csv": "code",
        "api/places/data/aliases.csv": "alias",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return frontend


def calls_of(frontend: Frontend) -> list[str]:
    """The tools that ran since the last time this was asked, in order."""
    calls = frontend.folder / "calls"
    lines = calls.read_text().splitlines() if calls.exists() else []
    calls.unlink(missing_ok=True)
    return [line.split()[0] for line in lines]
