"""What notify asks when it mails somebody who is asked for a word: where it goes, and what it opens."""

from uuid import UUID

from services.community.handlers.passport import prepare_endorsement_letter
from services.community.ports import CommunityUnit
from services.community.web.reaches_of_passport import PASSPORT
from shared.events.follow_letters import FollowLetterAnswer


async def endorsement_letter(endorsement_id: UUID, public_url: str, unit: CommunityUnit) -> FollowLetterAnswer:
    """Or that it is no longer needed."""
    letter = await prepare_endorsement_letter(endorsement_id, unit)
    if letter is None:
        return FollowLetterAnswer(state="no-longer-needed")
    link = f"{public_url}{PASSPORT}/bevestigen/{letter.token}"
    return FollowLetterAnswer(state="deliver", address=letter.email, link=link)
