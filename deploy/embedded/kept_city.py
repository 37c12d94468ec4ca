"""Which city a data folder is of: chosen at its first start, and the same ever after."""

from pathlib import Path
from typing import Final

from deploy.demo.city import DEFAULT
from deploy.demo.city.demo_city import DemoCity, demo_city, known_cities
from deploy.install.errors import OperatorError

FILE: Final = "city.txt"


class FolderOfAnotherCity(OperatorError):
    """Another city was chosen for this folder before; the message says how to have both."""


class CityFileGone(OperatorError):
    """The file of this folder's city is not where it was; the message says what to do."""


def city_of(folder: Path) -> DemoCity:
    """The city of this folder; of one that nobody has chosen one for, the demo's usual city.

    A file of somebody's own is not read: commands that need no city do without it.
    """
    kept = _kept(folder) or DEFAULT
    return demo_city(kept) if kept in known_cities() else DemoCity(kept, Path(kept))


def choose_city(folder: Path, wanted: str | None) -> DemoCity:
    """The wanted city, or the one that was chosen before; from now on it is that of this folder.

    Raises NoSuchCity, CityInvalid, CityFileGone, or FolderOfAnotherCity for another one than before.
    """
    kept = _kept(folder)
    if _is_gone(kept) and not wanted:
        say_where = f"put it back, or say where it is now: schakel up --city FILE --data {folder}"
        raise CityFileGone(f"{folder} is of {kept}, which is not there: {say_where}")
    chosen = demo_city(wanted) if wanted else city_of(folder)
    # A file of somebody's own may be moved; whether it knows the codes that are stored is looked at besides.
    if _is_gone(kept) and chosen.name not in known_cities():
        kept = ""
    if kept and kept != chosen.name:
        raise FolderOfAnotherCity(
            f"{folder} is of {kept}, not of {chosen.name}: leave --city out, or choose another folder with --data"
        )
    # One that cannot be read is refused before it is remembered, and before anything runs.
    _ = chosen.city
    if not kept:
        (folder / FILE).write_text(f"{chosen.name}\n", encoding="utf-8")
    return chosen


def _is_gone(kept: str) -> bool:
    return Path(kept).is_absolute() and not Path(kept).exists()


def _kept(folder: Path) -> str:
    try:
        return (folder / FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
