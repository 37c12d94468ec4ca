"""The demo's invented city in a Compose run: `python -m deploy.demo.compose_city FILE_WITH_API_KEY`. Safe to repeat."""

import asyncio
import os
import sys
from pathlib import Path

from deploy.demo.first_start import load_the_city
from deploy.install.deployments import NoDeployment, from_environ
from shared.kernel.settings import with_files


async def main(api_key: str) -> None:
    """Load it, once the workers run."""
    found = from_environ(with_files(os.environ))
    if found is None:
        raise NoDeployment("no database is named in the environment")
    await load_the_city(found, api_key, _tell)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_text().strip()))
