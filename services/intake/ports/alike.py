"""Whether many families look like an example."""

from typing import Protocol

from services.intake.domain.alike import AlikeSearch


class AlikeFamilies(Protocol):
    """The families that look alike; how many they are is told to nobody.

    Each counts once. Not whoever withdrew or whose case stands still for safety, nor the younger of two requests that
    may be of one child.
    """

    async def are_at_least(self, number: int, search: AlikeSearch) -> bool:
        """Whether so many families have this shape: a case of theirs has all of it."""
