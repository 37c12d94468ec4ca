"""A city of the demo: a folder with the city's file, its invented social map and people, and what its stories tell."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from deploy.demo.city import DEFAULT
from deploy.demo.stories.invented import Stories, read_stories
from deploy.install.errors import OperatorError
from shared.kernel.city import City
from shared.kernel.city.file import read_city

CITIES: Final = Path(__file__).parent
CITY_FILE, MAP_FILE, STORIES_FILE = "city.toml", "map.json", "stories.toml"
KNOWLEDGE_FILE: Final = "knowledge.toml"


class NoSuchCity(OperatorError):
    """There is no city of this name; the message lists those that there are."""


@dataclass(frozen=True)
class DemoCity:
    """The city that `file` describes; what was invented for it, if anything was, stands beside that file."""

    name: str
    file: Path

    @property
    def folder(self) -> Path:
        """Where everything of this city stands."""
        return self.file.parent

    @property
    def map_file(self) -> Path:
        """Its social map and its people."""
        return self.folder / MAP_FILE

    @property
    def has_map(self) -> bool:
        """Whether anything was invented for it; otherwise its social map is empty until somebody imports one."""
        return self.map_file.is_file()

    @cached_property
    def city(self) -> City:
        """The city itself. Raises CityInvalid."""
        return read_city(self.file)

    @property
    def sender(self) -> str:
        """From whom its mails come."""
        return f"schakel@{self.folder.name}.example"

    @cached_property
    def stories(self) -> Stories:
        """What its children need. Raises NoStories."""
        return read_stories(self.folder / STORIES_FILE)


def known_cities() -> list[str]:
    """Those that ship with Schakel."""
    return sorted(file.parent.name for file in CITIES.glob(f"*/{CITY_FILE}"))


def demo_city(chosen: str = DEFAULT) -> DemoCity:
    """By its name, or by the city.toml of somebody's own. Raises NoSuchCity."""
    if chosen in known_cities():
        return DemoCity(chosen, CITIES / chosen / CITY_FILE)
    file = Path(chosen)
    if file.is_file():
        return DemoCity(str(file.resolve()), file.resolve())
    raise NoSuchCity(f"there is no city {chosen!r}: choose {' or '.join(known_cities())}, or name a city.toml")


def demo_of(city: City) -> DemoCity | None:
    """The city of the demo that this one is; None: somebody's own, for which nothing was invented."""
    return next((demo for demo in map(demo_city, known_cities()) if demo.city.name == city.name), None)
