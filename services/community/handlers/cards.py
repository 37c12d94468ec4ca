"""Cards: written, carried with a photo, confirmed each year, read by whom their owner chose, and taken away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.community.domain.card import (
    ASKED_AGAIN_AFTER,
    Audience,
    Card,
    CardField,
    Consent,
    ShownCard,
    Viewer,
    card_for,
)
from services.community.domain.card_errors import NotInTheNetwork, PhotoNotFound
from services.community.domain.training import Training
from services.community.handlers.examples import refuse_telltale
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.ports import CommunityUnit
from services.community.ports.cards import Photo
from shared.access.members import Member
from shared.events.base import Role
from shared.kernel.city import City

# What somebody writes in words, by its name on the form.
FREE_TEXT: Final[Mapping[CardField, str]] = {CardField.ASK_ME: "askMe", CardField.LIVED: "lived"}
DESK: Final = frozenset({Role.COORDINATOR, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody of the network as one viewer sees them; who it is, matching tells. `training`: of a trusted person."""

    person_id: UUID
    roles: tuple[Role, ...]
    organisation_ids: frozenset[UUID]
    card: ShownCard
    training: Training | None = None


def viewer_of(roles: Collection[Role]) -> Viewer:
    """As what somebody of the network looks at the cards of others."""
    return Viewer.COORDINATOR if DESK & set(roles) else Viewer.NETWORK


def names_of_city(city: City) -> list[str]:
    """The names that may stand in a text: they tell of nobody who it is."""
    return [city.name, *(words for _, words in (*city.districts.options, *city.languages.options))]


async def list_faces(viewer: Viewer, unit: CommunityUnit, role: Role | None = None) -> list[Face]:
    """Everybody who is in the network now, or who is this in it; by id."""
    asked = [role] if role else list(Role)
    found = {one.person_id: one for each in asked for one in await unit.members.list_with_role(each)}
    cards = await unit.cards.read_each(found)
    trainings = await unit.trainings.read_each(found)
    return [_face(found[one], viewer, cards.get(one), trainings.get(one)) for one in sorted(found)]


async def show_face(person_id: UUID, viewer: Viewer, unit: CommunityUnit) -> Face:
    """One of them. Raises NotInTheNetwork."""
    member = await unit.members.read(person_id)
    if member is None or not member.standing:
        raise NotInTheNetwork
    training = (await unit.trainings.read_each([person_id])).get(person_id)
    return _face(member, viewer, await unit.cards.read(person_id), training)


async def show_own(person_id: UUID, unit: CommunityUnit) -> dict[Viewer, ShownCard]:
    """What each viewer reads of this person's card, the owner first."""
    card = await unit.cards.read(person_id)
    return {viewer: card_for(viewer, person_id, card) for viewer in sorted(Viewer)}


async def list_seen_by(person_id: UUID, unit: CommunityUnit) -> dict[CardField, Audience]:
    """Who reads each field now."""
    card = await unit.cards.read(person_id)
    return {name: card.audience_of(name) if card else Audience.NOBODY for name in CardField}


async def write_card(
    person_id: UUID,
    wrote: Mapping[CardField, tuple[str, ...]],
    seen_by: Mapping[CardField, Audience],
    unit: CommunityUnit,
) -> None:
    """All of it but the photo; from this moment each reads what they may read now. Raises TellsWhoItIs."""
    for name, of in FREE_TEXT.items():
        refuse_telltale(of, " ".join(wrote.get(name, ())), names_of_city(unit.city))
    card = await _own(person_id, unit)
    consents = card.write(wrote, seen_by, unit.now)
    await unit.cards.save(card, consents)


async def carry_photo(person_id: UUID, photo: Photo, seen_by: Audience, unit: CommunityUnit) -> None:
    """In place of the one before."""
    await _carry(person_id, photo, seen_by, unit)


async def drop_photo(person_id: UUID, unit: CommunityUnit) -> None:
    """Nobody sees it, and it is kept nowhere."""
    if await unit.cards.read(person_id) is not None:
        await _carry(person_id, None, Audience.NOBODY, unit)


async def show_photo(name: str, viewer: Viewer, viewer_id: UUID | None, unit: CommunityUnit) -> Photo:
    """For whom its owner chose, and its owner. Raises PhotoNotFound."""
    found = await unit.cards.find_photo(name)
    if found is None:
        raise PhotoNotFound
    whose, photo = found
    sees = Viewer.OWNER if whose == viewer_id else viewer
    try:
        face = await show_face(whose, sees, unit)
    except NotInTheNetwork:
        raise PhotoNotFound from None
    if face.card.one(CardField.PHOTO) != name:
        raise PhotoNotFound
    return photo


async def confirm_card(person_id: UUID, unit: CommunityUnit) -> None:
    """It is right, says its owner, and may be read for another year."""
    card = await unit.cards.get(person_id)
    if card is not None:
        card.confirm(unit.now)
        await unit.cards.save(card)


async def ask_about_cards(unit: CommunityUnit) -> None:
    """Those that their owners did not look at for a year."""
    for person_id in await unit.cards.list_unasked(unit.now - ASKED_AGAIN_AFTER, FORGOTTEN_AT_ONCE):
        card = await unit.cards.get(person_id)
        if card is not None:
            unit.outbox.append(*card.ask_again(unit.now))
            await unit.cards.save(card)


async def remove_card(person_id: UUID, unit: CommunityUnit) -> None:
    """Nobody reads any of it, and what is printed counts no more."""
    await unit.cards.remove(person_id)
    await unit.card_codes.withdraw(person_id)


async def let_card_go(person_id: UUID, unit: CommunityUnit) -> None:
    """Of somebody who left: the card, what they wrote others and were written, and their training."""
    await remove_card(person_id, unit)
    await unit.card_mails.forget_of_person(person_id)
    await unit.trainings.remove(person_id)


async def _own(person_id: UUID, unit: CommunityUnit) -> Card:
    return await unit.cards.get(person_id) or Card(person_id, unit.now)


async def _carry(person_id: UUID, photo: Photo | None, seen_by: Audience, unit: CommunityUnit) -> None:
    card = await _own(person_id, unit)
    consents: list[Consent] = card.carry(photo.digest if photo else "", seen_by, unit.now)
    await unit.cards.save(card, consents)
    await unit.cards.keep_photo(person_id, photo)


def _face(member: Member, viewer: Viewer, card: Card | None, training: Training | None) -> Face:
    roles = tuple(dict.fromkeys(one.role for one in member.standing))
    organisations = frozenset(one.organisation_id for one in member.standing)
    is_trusted = Role.TRUSTED_PERSON in roles
    shown = card_for(viewer, member.person_id, card)
    return Face(member.person_id, roles, organisations, shown, training if is_trusted else None)
