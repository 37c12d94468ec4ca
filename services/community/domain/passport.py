"""A skills passport: owned by one person, who says what they can, where they learned it and an example, and asks others
for a word. An endorsement: asked → given | refused, and given → withdrawn by whoever gave it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, SkillNotFound
from shared.events.base import Event
from shared.events.skills import EndorsementAsked

MOST_SKILLS: Final = 30
MOST_ASKED: Final = 3
# So few people say who they are.
FEWEST_TOLD: Final = 10
ROUNDED_TO: Final = 5


class Source(StrEnum):
    """Where somebody learned it."""

    LEARNING = "by-learning"
    WORK = "at-work"
    LIFE = "in-life"


class EndorsementState(StrEnum):
    """Where a question for a word stands."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Helped(StrEnum):
    """What somebody says of the passport itself."""

    YES = "yes"
    A_BIT = "a-bit"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Somebody who is asked for a word, by their name and address; `on`: the day of the answer."""

    id: UUID
    name: str
    email: str = field(repr=False)
    state: EndorsementState = EndorsementState.ASKED
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """What somebody can, in their own words."""

    id: UUID
    name: str
    source: Source
    example: str
    endorsements: tuple[Endorsement, ...] = ()

    @property
    def given(self) -> list[Endorsement]:
        """The words that stand."""
        return [one for one in self.endorsements if one.state is EndorsementState.GIVEN]


@dataclass(slots=True)
class Passport:
    """Of one person."""

    person_id: UUID
    on_since: datetime
    skills: tuple[Skill, ...] = ()
    helped: Helped | None = None

    def describe(self, skill: Skill) -> None:
        """One more. Raises NotInThisState."""
        if len(self.skills) >= MOST_SKILLS:
            raise NotInThisState(f"Er staan al {MOST_SKILLS} dingen in je paspoort. Haal er eerst een weg.")
        self.skills = (*self.skills, skill)

    def drop(self, skill_id: UUID) -> None:
        """Not any more, with its endorsements. Raises SkillNotFound."""
        self._skill(skill_id)
        self.skills = tuple(one for one in self.skills if one.id != skill_id)

    def ask(self, skill_id: UUID, endorsement: Endorsement, at: datetime) -> list[Event]:
        """Somebody else gets a mail. Raises SkillNotFound or NotInThisState."""
        skill = self._skill(skill_id)
        if len(skill.endorsements) >= MOST_ASKED:
            raise NotInThisState(f"Je kunt hiervoor {MOST_ASKED} mensen vragen. Haal er eerst een weg.")
        self._put(replace(skill, endorsements=(*skill.endorsements, endorsement)))
        return [EndorsementAsked(subject=endorsement.id, occurred_at=at, person_id=self.person_id)]

    def forget(self, endorsement_id: UUID) -> None:
        """The person takes a question, or what came of it, out. Raises SkillNotFound."""
        skill, _ = self.find(endorsement_id)
        kept = tuple(one for one in skill.endorsements if one.id != endorsement_id)
        self._put(replace(skill, endorsements=kept))

    def answer(self, endorsement_id: UUID, on: date, *, agrees: bool) -> None:
        """Of whoever was asked; a yes can be taken back, and a no becomes a yes. Raises SkillNotFound."""
        skill, found = self.find(endorsement_id)
        no = EndorsementState.REFUSED if found.state is EndorsementState.ASKED else EndorsementState.WITHDRAWN
        said = replace(found, state=EndorsementState.GIVEN if agrees else no, on=on)
        theirs = tuple(said if one.id == endorsement_id else one for one in skill.endorsements)
        self._put(replace(skill, endorsements=theirs))

    def find(self, endorsement_id: UUID) -> tuple[Skill, Endorsement]:
        """One, with what it is about. Raises SkillNotFound."""
        for skill in self.skills:
            for one in skill.endorsements:
                if one.id == endorsement_id:
                    return skill, one
        raise SkillNotFound

    def _skill(self, skill_id: UUID) -> Skill:
        found = next((one for one in self.skills if one.id == skill_id), None)
        if found is None:
            raise SkillNotFound
        return found

    def _put(self, skill: Skill) -> None:
        self.skills = tuple(skill if one.id == skill.id else one for one in self.skills)


@dataclass(frozen=True, slots=True)
class PilotReport:
    """How the pilot goes, of nobody; None: fewer than `FEWEST_TOLD`."""

    people: int | None
    with_skills: int | None
    with_endorsements: int | None
    helped: dict[Helped, int | None]


def report_of(passports: Iterable[Passport]) -> PilotReport:
    """Counts of people, rounded; what is small is not told."""
    known = list(passports)
    return PilotReport(
        _shown(len(known)),
        _shown(sum(bool(one.skills) for one in known)),
        _shown(sum(any(skill.given for skill in one.skills) for one in known)),
        {said: _shown(sum(one.helped is said for one in known)) for said in Helped},
    )


def _shown(number: int) -> int | None:
    return None if number < FEWEST_TOLD else ROUNDED_TO * round(number / ROUNDED_TO)
