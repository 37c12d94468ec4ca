"""What the pages of questions to colleagues share."""

from collections.abc import Iterable
from uuid import UUID

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.sparring import Answer, Question
from services.community.domain.sparring_errors import MayBeNames
from services.community.web.dependencies import Dependencies

UNNAMED = "Een collega"


def names_in(refusal: TellsWhoItIs) -> tuple[str, ...]:
    """The words of which the page asks whether they are names."""
    return refusal.names if isinstance(refusal, MayBeNames) else ()


async def who_are(people: Iterable[UUID | None], dependencies: Dependencies) -> dict[UUID | None, str]:
    """What they are called. Another service is asked: never while a unit of work is open."""
    known = [one for one in people if one is not None]
    found = await dependencies.people.read_people(known) if known else {}
    return {person_id: who.name for person_id, who in found.items()}


def asker_of(question: Question) -> UUID | None:
    """Who asks, as colleagues may read it."""
    return None if question.anonymous else question.person_id


def with_names(answers: Iterable[Answer], names: dict[UUID | None, str]) -> list[tuple[Answer, str]]:
    """Each answer with whose it is."""
    return [(one, names.get(one.person_id, UNNAMED)) for one in answers]
