"""The invented children whose stories are told, as a city's `stories.toml` describes them."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from deploy.demo.stories.world import World
from deploy.install.errors import OperatorError


class NoStories(OperatorError):
    """Nobody invented stories for this city; the message names the file that is missing or wrong."""


class Invented(BaseModel):
    """An invented child and family, and what they need; codes are the city's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    first_name: str
    last_name: str
    contact_name: str
    address: str
    years: int
    district: str
    language: str
    category: str
    urgency: str
    story: str

    def request(self, world: World) -> dict[str, Any]:
        """As the school's system sends it."""
        today = world.today()
        return {
            "child": {
                "firstName": self.first_name,
                "lastName": self.last_name,
                "birthDate": today.replace(year=today.year - self.years, day=1).isoformat(),
            },
            "family": {
                "contactName": self.contact_name,
                "phone": "06 12345678",
                "address": self.address,
                "language": self.language,
                "interpreterNeeded": self.language != world.city.language,
            },
            "district": self.district,
            "story": self.story,
            "consent": {
                "givenBy": "guardian",
                "givenOn": (today - timedelta(days=1)).isoformat(),
                "textVersion": next(iter(world.city.consent.texts)),
                "name": self.contact_name,
            },
            "needs": [self._need()],
        }

    def inventory(self, world: World) -> dict[str, Any]:
        """What ambassador and family found together."""
        return {
            "context": self.story,
            "discussedOn": (world.today() - timedelta(days=1)).isoformat(),
            "needs": [self._need()],
        }

    def _need(self) -> dict[str, Any]:
        return {"category": self.category, "urgency": self.urgency, "horizon": "short", "beneficiary": "child"}


class Stories(BaseModel):
    """Three children, by what becomes of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_says_yes: Invented
    second_says_yes: Invented
    nobody_can: Invented


def read_stories(file: Path) -> Stories:
    """Raises NoStories."""
    try:
        return Stories.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise NoStories(f"{file} cannot be read ({error.strerror}), and without it there is no story to play") from None
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise NoStories(f"{file} does not hold three stories: {error}") from None
