"""The list of referrals: who sees which, and what waits for the reader."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from uuid import UUID

from services.matching.domain.case import NeedState
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from shared.events.base import Role
from shared.events.referral_codes import Party


class Attention(IntEnum):
    """Why a referral stands where it stands: the first one first."""

    FAMILY_DECIDES = 0
    WAITS = 1
    NONE = 2


class Order(StrEnum):
    """How the list is sorted. `waiting`: what waits for the reader first, then the newest."""

    WAITING = "waiting"
    NEWEST = "newest"
    OLDEST = "oldest"
    ANSWER_BY = "answer-by"


@dataclass(frozen=True, slots=True)
class WaitsForReader:
    """When the next word is the reader's."""

    states: frozenset[ReferralState] = frozenset()
    told_by: Party | None = None
    """Accepted, and this side said that they met: the reader is the other one."""
    decides: bool = False
    """Help stopped, and the reader says what the family wants."""
    ambassador_id: UUID | None = None
    """Only of the families of this ambassador; None: of all that the reader sees."""

    def attention(self, referral: Referral, need: NeedState | None) -> Attention:
        """Whether this one waits for the reader."""
        if self.ambassador_id not in (None, referral.ambassador_id):
            return Attention.NONE
        if self.decides and referral.state is ReferralState.FAILED and need is NeedState.FAMILY_DECIDES:
            return Attention.FAMILY_DECIDES
        told = referral.state is ReferralState.ACCEPTED and referral.met_said_by is self.told_by is not None
        return Attention.WAITS if told or referral.state in self.states else Attention.NONE


def waits_for(role: Role, person_id: UUID) -> WaitsForReader:
    """What waits for a person with this role."""
    if role is Role.PARTNER:
        return WaitsForReader(frozenset({ReferralState.ACTIVATED}), Party.AMBASSADOR)
    if role is Role.AMBASSADOR:
        states = frozenset({ReferralState.ON_HOLD, ReferralState.DELIVERED})
        return WaitsForReader(states, Party.PARTNER, decides=True, ambassador_id=person_id)
    return WaitsForReader(decides=True)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody looks for: a number, or a name of a partner, or kinds of help. Any of them is enough."""

    code: str = ""
    """The beginning of the referral's number, or of the case's code for whoever is no partner."""
    name: str = ""
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReferralQuery:
    """A question to the list. What is empty does not filter."""

    waits: WaitsForReader = field(default_factory=WaitsForReader)
    school_id: UUID | None = None
    partner_id: UUID | None = None
    case_id: UUID | None = None
    words: Words | None = None
    category: str = ""
    states: frozenset[ReferralState] = frozenset()
    only_waiting: bool = False
    order: Order = Order.WAITING
    page: int = 1
    per_page: int = 50


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One line of the list."""

    referral: Referral
    partner: str
    school: str
    attention: Attention


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One page, and how many there are in all."""

    lines: tuple[ReferralLine, ...]
    total: int
