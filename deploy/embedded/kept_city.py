"""Which city a data folder is of: chosen at its first start, and the same ever after."""

from pathlib import Path
from typing import Final

from deploy.demo.city import DEFAULT
from deploy.demo.city.demo_city import DemoCity, demo_city, known_cities
from deploy.install.errors import OperatorError

FILE: Final = "city.txt"


class FolderOfAnotherCity(OperatorError):
    """Another city was chosen for this folder before; the message says how to have both."""


def city_of(folder: Path) -> DemoCity:
    """The city of this folder; of one that nobody has chosen one for, the demo's usual city.

    A file of somebody's own is not read: commands that need no city do without it.
    """
    kept = _kept(folder) or DEFAULT
    return demo_city(kept) if kept in known_cities() else DemoCity(kept, Path(kept))


def choose_city(folder: Path, wanted: str | None) -> DemoCity:
    """The wanted city, or the one that was chosen before; from now on it is that of this folder.

    Raises NoSuchCity, CityInvalid, or FolderOfAnotherCity for another one than before.
    """
    chosen = demo_city(wanted) if wanted else city_of(folder)
    kept = _kept(folder)
    if kept and kept != chosen.name:
        raise FolderOfAnotherCity(
            f"{folder} is of {kept}, not of {chosen.name}: leave --city out, or choose another folder with --data"
        )
    # One that cannot be read is refused before it is remembered, and before anything runs.
    _ = chosen.city
    if not kept:
        (folder / FILE).write_text(f"{chosen.name}\n", encoding="utf-8")
    return chosen


def _kept(folder: Path) -> str:
    try:
        return (folder / FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
