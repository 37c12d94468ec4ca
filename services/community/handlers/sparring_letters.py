"""What notify asks when it mails a colleague a question."""

from dataclasses import dataclass
from uuid import UUID

from services.community.domain.sparring import Ask, AskState
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.sparring_answers import ANSWER_LINK
from services.community.ports import CommunityUnit


@dataclass(frozen=True, slots=True)
class SparringLetter:
    """All that such a mail needs."""

    token: str
    question: str


async def link_to(ask: Ask, unit: CommunityUnit) -> str:
    """What opens the page where this person answers."""
    return (await unit.links.mint(ANSWER_LINK, ask.id, ask.person_id, unit.now + LINK_LASTS)).token


async def prepare_sparring_letter(ask_id: UUID, unit: CommunityUnit) -> SparringLetter | None:
    """None: there is nothing to answer any more."""
    ask = await unit.asks.get(ask_id)
    question = await unit.questions.read(ask.question_id) if ask else None
    if ask is None or question is None or ask.state is not AskState.SENT or not question.is_open:
        return None
    return SparringLetter(await link_to(ask, unit), question.text)
