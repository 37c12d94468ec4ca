"""All that community keeps of somebody by their own doing, for themselves: in one file, in plain words."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.community.domain.card import CardField, Consent, Viewer
from services.community.domain.hosting import TurnState
from services.community.handlers.cards import show_own
from services.community.ports import CommunityUnit


async def show_all_of(person_id: UUID, unit: CommunityUnit) -> Mapping[str, Any]:
    """The card with its photo's name, all consents ever given, mails, training, and what they proposed and follow."""
    own = (await show_own(person_id, unit))[Viewer.OWNER]
    training = (await unit.trainings.read_each([person_id])).get(person_id)
    code = await unit.card_codes.find_of_person(person_id)
    return {
        "person": str(person_id),
        "card": {name.value: list(own.values[name]) for name in CardField if name in own.values},
        "consents": [_consent(one) for one in await unit.cards.list_consents(person_id)],
        "mails": [
            {
                "from": str(one.from_person_id),
                "to": str(one.person_id),
                "sentAt": one.sent_at.isoformat(),
                "words": one.words,
            }
            for one in await unit.card_mails.list_of_person(person_id)
        ],
        "training": {"validUntil": training.valid_until.isoformat()} if training else None,
        "codeMadeAt": code.made_at.isoformat() if code else None,
        **await _of_gatherings(person_id, unit),
    }


async def _of_gatherings(person_id: UUID, unit: CommunityUnit) -> Mapping[str, Any]:
    follower = await unit.followers.find_of_person(person_id)
    signature = await unit.signatures.get(person_id)
    expert = await unit.experts.get(person_id)
    return {
        "topics": [
            {"title": one.title, "speaker": one.speaker, "proposedAt": one.proposed_at.isoformat(), "state": one.state}
            for one in await unit.topics.list_of_person(person_id)
        ],
        "asksAsExpert": [
            {"askedAt": one.asked_at.isoformat(), "state": one.state, "thanks": one.thanks}
            for one in await unit.expert_asks.list_of_person(person_id)
        ],
        "asksToHost": [
            {"gathering": str(one.gathering_id), "state": one.state}
            for one in await unit.turns.list_of_person(person_id, frozenset(TurnState))
        ],
        "wantsToBeAskedAsExpert": expert is not None,
        "followsThemes": sorted(follower.themes) if follower else [],
        "signedVision": signature.version if signature else None,
    }


def _consent(consent: Consent) -> Mapping[str, str]:
    return {
        "field": consent.field.value,
        "audience": consent.audience.name.lower(),
        "textVersion": consent.text_version,
        "givenAt": consent.given_at.isoformat(),
        "givenBy": str(consent.given_by),
    }
