"""What a partner may read of a family before it says yes: nothing by which one family can be told from the others."""

from dataclasses import dataclass

from services.matching.domain.referral_state import AFTER_MEETING, ReferralState


@dataclass(frozen=True, slots=True)
class Alike:
    """How many families a partner cannot tell apart by district and age band, this one among them.

    Of those: how many are of the same school, speak the same language at home, and both.
    """

    school: int
    language: int
    both: int


@dataclass(frozen=True, slots=True)
class Told:
    """Which facts about the family the partner reads besides what is needed, for whom, where and how soon."""

    school: bool
    language: bool


def told_to_partner(state: ReferralState, alike: Alike, at_least: int) -> Told:
    """All after its yes. Before it, what so many families share: the language first, which says who can help."""
    if state is ReferralState.ACCEPTED or state in AFTER_MEETING:
        return Told(school=True, language=True)
    language = alike.language >= at_least
    return Told(school=(alike.both if language else alike.school) >= at_least, language=language)
