"""The demo's invented city in a Compose run: `python -m deploy.demo.compose_city FILE_WITH_API_KEY`. Safe to repeat."""

import asyncio
import os
import sys
from pathlib import Path

from deploy.demo.city.demo_city import demo_of
from deploy.demo.first_start import load_the_city
from deploy.install.deployments import NoDeployment, from_environ
from deploy.install.errors import OperatorError
from shared.kernel.city.file import CityInvalid
from shared.kernel.settings import with_files


async def main(api_key: str) -> None:
    """Load what was invented for the city that SCHAKEL_CITY names, once the workers run."""
    found = from_environ(with_files(os.environ))
    if found is None:
        raise NoDeployment("no database is named in the environment")
    if demo := demo_of(found.city):
        await load_the_city(found, demo.map_file, api_key, _tell)
    else:
        _tell(f"nothing was invented for {found.city.name}: the social map stays empty until `schakel map import`")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    try:
        asyncio.run(main(Path(sys.argv[1]).read_text().strip()))
    except (OperatorError, CityInvalid) as problem:
        sys.exit(str(problem))
